"""Replies go out: one attempt after another, each known before the vendor is called, none made twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks.webhooks import Webhook

from crm.models import Channel, Delivery, InboundMessage, Reply
from crm.services.sending import reply_send
from crm.tests.conftest import ACCESS_TOKEN, ACCOUNT_SID, AUTH_TOKEN
from crm.tests.doubles import basic
from crm.tests.outbox import make_sending_channel, queued_reply

pytestmark = pytest.mark.django_db

KINDS = [*Channel.Kind]


def waiting_jobs(reply):
    return ProcrastinateJob.objects.filter(task_name="crm.reply_send", status="todo", queueing_lock=f"reply:{reply.pk}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_is_queued_with_its_job_and_sent_once(vendors, kind):
    reply = queued_reply(make_sending_channel(kind, vendors))
    assert reply.status == Reply.Status.QUEUED
    assert waiting_jobs(reply).count() == 1

    reply_send(reply_id=reply.pk)
    reply_send(reply_id=reply.pk)

    reply.refresh_from_db()
    assert reply.status == Reply.Status.SENT
    assert [request.text for request in vendors.accepted] == [reply.text]
    delivery = Delivery.objects.get()
    assert (delivery.number, delivery.outcome) == (1, Delivery.Outcome.ACCEPTED)
    assert delivery.finished_at


def test_meta_is_told_whose_reply_it_is(vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.WHATSAPP_META, vendors), client_id="34600111222")
    reply_send(reply_id=reply.pk)
    (request,) = vendors.requests
    assert request.path == "/v23.0/1055501234/messages"
    assert request.headers["authorization"] == f"Bearer {ACCESS_TOKEN}"
    assert request.data == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "34600111222",
        "type": "text",
        "text": {"body": reply.text, "preview_url": False},
        "biz_opaque_callback_data": str(reply.pk),
    }
    reply.refresh_from_db()
    assert reply.vendor_id == request.id


@pytest.mark.parametrize(
    ("kind", "prefix"), [(Channel.Kind.WHATSAPP_TWILIO, "whatsapp:"), (Channel.Kind.SMS_TWILIO, "")]
)
def test_twilio_is_told_where_to_report(vendors, kind, prefix):
    reply = queued_reply(make_sending_channel(kind, vendors), client_id="+34600111222")
    reply_send(reply_id=reply.pk)
    (request,) = vendors.requests
    assert request.path == f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
    assert request.headers["authorization"] == basic(ACCOUNT_SID, AUTH_TOKEN)
    assert request.data == {
        "From": f"{prefix}+14155238886",
        "To": f"{prefix}+34600111222",
        "Body": reply.text,
        "StatusCallback": f"https://booms.example/api/v1/webhook/twilio?reply={reply.pk}",
    }


def test_a_callback_is_signed_and_tells_what_the_run_would(vendors):
    channel = make_sending_channel(Channel.Kind.API, vendors)
    reply = queued_reply(channel, client_id="CRM-7", message_id="m-1", text_out="Ábrelo & listo 🎉")
    reply_send(reply_id=reply.pk)
    (request,) = vendors.requests
    assert request.path == "/callback"
    assert request.headers["webhook-id"] == str(reply.pk)
    told = Webhook(channel.callback_secret).verify(request.body, request.headers)
    assert told["type"] == "reply.created"
    assert told["data"]["run_id"] == str(reply.run_id)
    assert told["data"]["client_id"] == "CRM-7"
    assert told["data"]["message_ids"] == ["m-1"]
    assert told["data"]["status"] == "processed"
    assert told["data"]["execution_result"] == "Ábrelo & listo 🎉"


def test_an_api_channel_without_a_callback_address_sends_nothing(vendors):
    channel = make_sending_channel(Channel.Kind.API, vendors, callback_url="")
    reply = queued_reply(channel)
    assert reply.status == Reply.Status.RETURNED
    assert not waiting_jobs(reply).exists()
    reply_send(reply_id=reply.pk)
    assert vendors.requests == []


def test_an_answer_given_in_the_webhooks_response_is_not_sent_again(vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.API, vendors), in_response=True)
    assert reply.status == Reply.Status.RETURNED
    assert not waiting_jobs(reply).exists()


def test_outside_the_window_nothing_is_sent(vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.WHATSAPP_META, vendors))
    InboundMessage.objects.update(sent_at=timezone.now() - timedelta(hours=24, seconds=1))
    reply_send(reply_id=reply.pk)
    reply.refresh_from_db()
    assert (reply.status, reply.failure) == (Reply.Status.FAILED, "window_closed")
    assert "writes again" in reply.failure_reason
    assert vendors.requests == []
