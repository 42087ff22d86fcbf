"""What became of a reply, as supervisors' programs see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.tokens import CONSULTANT, SUPERVISOR, token_pair
from crm.models import Channel, InboundMessage
from crm.services.sending import reply_send
from crm.tests.doubles import status, twilio_error
from crm.tests.factories import make_supervisor, pending_run
from crm.tests.outbox import make_sending_channel, queued_reply, waiting_case

pytestmark = pytest.mark.django_db
CASES = "/api/v1/supervisor/cases"


def client_of(user, scope=SUPERVISOR):
    return APIClient(headers={"Authorization": f"Bearer {token_pair(user, scope)['access_token']}"})


@pytest.fixture
def client():
    return client_of(make_supervisor())


def case(client, run_id):
    return client.get(f"{CASES}/{run_id}").json()


def test_a_case_tells_how_far_its_reply_has_got_and_what_was_tried(client, vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.SMS_TWILIO))
    assert case(client, reply.run_id)["delivery"]["status"] == "queued"
    vendors.play(status(503), twilio_error(21610, "Unsubscribed"))
    for _attempt in range(2):
        reply_send(reply_id=reply.pk)
    told = case(client, reply.run_id)["delivery"]
    assert (told["status"], told["failure"], told["reason"]) == ("failed", "opted_out", "21610: Unsubscribed")
    assert [(one["number"], one["outcome"], one["status_code"]) for one in told["attempts"]] == [
        (1, "retry", 503),
        (2, "refused", 400),
    ]
    assert told["at"].endswith("Z")
    assert all(one["started_at"] <= one["finished_at"] for one in told["attempts"])


def test_a_case_without_a_reply_or_a_window_says_so(client):
    told = case(client, pending_run().pk)
    assert told["delivery"] is told["reply_window"] is told["superseded_by"] is None


def test_a_case_on_whatsapp_says_until_when_it_can_be_answered(client):
    reply = queued_reply(make_sending_channel(Channel.Kind.WHATSAPP_TWILIO))
    assert case(client, reply.run_id)["reply_window"]["is_open"] is True
    InboundMessage.objects.update(sent_at=timezone.now() - timedelta(days=2))
    assert case(client, reply.run_id)["reply_window"]["is_open"] is False


def test_a_failed_reply_is_sent_again_and_only_that(client, vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.SMS_TWILIO))
    vendors.play(twilio_error(21211))
    reply_send(reply_id=reply.pk)
    for _press in range(2):
        answer = client.post(f"{CASES}/{reply.run_id}/send-again")
        assert (answer.status_code, answer.json()["delivery"]["status"]) == (200, "queued")
    reply_send(reply_id=reply.pk)
    answer = client.post(f"{CASES}/{reply.run_id}/send-again")
    assert answer.status_code == 409
    assert answer.json()["state"] == {"delivery": "sent"}
    assert len(vendors.accepted) == 1


def test_what_has_no_reply_is_not_found(client):
    assert client.post(f"{CASES}/{pending_run().pk}/send-again").status_code == 404


def test_strangers_send_nothing_again(vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.SMS_TWILIO))
    address = f"{CASES}/{reply.run_id}/send-again"
    assert APIClient().post(address).status_code == 401
    assert client_of(make_supervisor(), CONSULTANT).post(address).status_code in (401, 403)


def test_an_approval_outside_the_window_is_a_conflict_that_says_what_can_be_done(client):
    run = waiting_case(Channel.Kind.WHATSAPP_META, sent_at=timezone.now() - timedelta(hours=30))
    answer = client.post("/api/v1/supervisor/decide", {"run_id": str(run.pk), "approved": True})
    assert answer.status_code == 409
    assert "when the customer writes again" in answer.json()["detail"]
    assert "window_closed_at" in answer.json()["state"]
