"""What became of a reply, on the case page, in the queue and in the admin."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from crm import selectors
from crm.models import Channel, Decision, Delivery, InboundMessage, Reply, Run, RunStatus
from crm.reply_selectors import reply_window, unreached_replies
from crm.services.deliveries import reply_status_note
from crm.services.sending import reply_send
from crm.tests.doubles import meta_error, status
from crm.tests.factories import make_supervisor, make_user, receive
from crm.tests.outbox import make_sending_channel, queued_reply, waiting_case

pytestmark = pytest.mark.django_db
META = Channel.Kind.WHATSAPP_META


def url(run_id, name="crm_case"):
    return reverse(f"admin:{name}", args=[run_id])


def failed_reply(vendors, channel=None, **fields):
    reply = queued_reply(channel or make_sending_channel(META), **fields)
    vendors.play(meta_error(131026, "Message undeliverable"))
    reply_send(reply_id=reply.pk)
    reply.refresh_from_db()
    ProcrastinateJob.objects.all().delete()
    return reply


def test_the_page_tells_how_far_a_reply_has_got(browser, vendors):
    reply = queued_reply(make_sending_channel(META))
    assert "Waiting to be sent." in browser.get(url(reply.run_id)).content.decode()
    vendors.play(status(503))
    for _attempt in range(2):
        reply_send(reply_id=reply.pk)
    page = browser.get(url(reply.run_id)).content.decode()
    for text in ("Taken on for delivery.", "not sent, to be tried again", "HTTP 503", "taken on for delivery"):
        assert text in page
    reply.refresh_from_db()
    at = timezone.now()
    reply_status_note(vendor="meta", vendor_id=reply.vendor_id, reply_id=None, status="read", at=at)
    assert "Arrived and read." in browser.get(url(reply.run_id)).content.decode()


def test_a_failed_reply_says_why_and_is_sent_again_once_however_often_the_button_is_pressed(browser, vendors):
    reply = failed_reply(vendors)
    page = browser.get(url(reply.run_id)).content.decode()
    for text in ("could not be delivered to the customer&#x27;s telephone", "131026: Message undeliverable"):
        assert text in page
    assert url(reply.run_id, "crm_case_send_again") in page

    for _press in range(2):
        response = browser.post(url(reply.run_id, "crm_case_send_again"), follow=True)
        assert "The reply is on its way again." in response.content.decode()
    assert ProcrastinateJob.objects.filter(queueing_lock=f"reply:{reply.pk}", status="todo").count() == 1
    assert url(reply.run_id, "crm_case_send_again") not in response.content.decode()

    reply_send(reply_id=reply.pk)
    response = browser.post(url(reply.run_id, "crm_case_send_again"), follow=True)
    assert "The reply has not failed: sent." in response.content.decode()
    assert len(vendors.accepted) == 1


def test_only_those_who_decide_may_send_again(client, vendors):
    reply = failed_reply(vendors)
    address = url(reply.run_id, "crm_case_send_again")
    assert client.post(address)["Location"] == f"/admin/login/?next={address}"
    client.force_login(make_user(is_staff=True))
    assert client.post(address).status_code == HTTPStatus.FORBIDDEN
    client.force_login(make_supervisor())
    assert client.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    reply.refresh_from_db()
    assert reply.status == Reply.Status.FAILED


def test_a_case_without_a_reply_has_nothing_to_send_again(browser):
    assert browser.post(url(waiting_case(META).pk, "crm_case_send_again")).status_code == HTTPStatus.NOT_FOUND


def test_an_open_window_is_shown_with_its_end(browser):
    run = waiting_case(META)
    page = browser.get(url(run.pk)).content.decode()
    assert "WhatsApp takes replies until" in page
    assert "data-closed" not in page


def test_a_closed_window_says_why_nothing_can_be_sent_and_a_decision_is_refused(browser):
    run = waiting_case(META, sent_at=timezone.now() - timedelta(hours=25))
    response = browser.get(url(run.pk))
    assert "window for replies closed on" in response.content.decode()
    assert "data-closed" in response.content.decode()

    form = {"reply": run.draft, "reason": "", "draft_digest": selectors.draft_digest(run), "decision": "approve"}
    response = browser.post(url(run.pk), form)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "It opens again when they write" in response.context["refusal"]
    assert not Decision.objects.exists()
    browser.post(url(run.pk), {**form, "decision": "reject", "reason": "Too late"})
    assert Decision.objects.get().kind == Decision.Kind.REJECTED


def test_a_window_is_counted_from_the_last_message_and_never_from_one_that_lies_ahead():
    run = waiting_case(META, sent_at=timezone.now() - timedelta(hours=25))
    assert not reply_window(run.conversation).is_open
    receive(run.conversation.channel, in_background=True, text="Still there?", sent_at=timezone.now())
    assert reply_window(run.conversation).is_open
    InboundMessage.objects.update(sent_at=timezone.now() + timedelta(days=9))
    assert reply_window(run.conversation).closes_at <= timezone.now() + timedelta(hours=24)


def test_the_form_takes_no_more_than_the_channel_carries(browser):
    run = waiting_case(Channel.Kind.SMS_TWILIO)
    assert 'maxlength="1600"' in browser.get(url(run.pk)).content.decode()
    form = {"reply": "x" * 1601, "draft_digest": selectors.draft_digest(run), "decision": "approve"}
    assert browser.post(url(run.pk), form).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_an_approval_that_is_queued_is_not_called_sent(browser):
    run = waiting_case(META)
    form = {"reply": run.draft, "draft_digest": selectors.draft_digest(run), "decision": "approve"}
    page = browser.post(url(run.pk), form, follow=True).content.decode()
    assert "approved and under way" in page


def test_a_superseded_case_leads_to_the_one_that_follows(browser):
    run = waiting_case(META)
    newer = receive(run.conversation.channel, in_background=True, text="And another thing", client_id="CRM-001")
    Run.objects.filter(pk=run.pk).update(status=RunStatus.SUPERSEDED, superseded_by=newer.run_id)
    page = browser.get(url(run.pk)).content.decode()
    assert url(newer.run_id) in page
    assert "one reply answers both messages" in page


def test_what_was_not_received_is_marked_in_the_conversation_and_for_the_drafter(browser, vendors):
    channel = make_sending_channel(META)
    reply = failed_reply(vendors, channel, text="When do you open?", text_out="At nine.")
    later = queued_reply(channel, text="Hello?", text_out="Sorry, at nine.")
    page = browser.get(url(later.run_id)).content.decode()
    assert "did not reach the customer" in page

    run = selectors.run_for_work(later.run_id)
    told = selectors.customer_message(run, tuple(run.messages.all()))
    assert [exchange.text for exchange in told.history] == [
        "When do you open?",
        "[This did not reach the customer.] At nine.",
    ]
    reply_status_note(
        vendor="meta", vendor_id="wamid.late", reply_id=str(reply.pk), status="delivered", at=timezone.now()
    )
    told = selectors.customer_message(run, tuple(run.messages.all()))
    assert told.history[1].text == "At nine."


def test_the_queue_counts_customers_whom_no_reply_has_reached(browser, vendors):
    channel = make_sending_channel(META)
    etag = browser.get("/admin/queue/results/")["ETag"]
    failed = failed_reply(vendors, channel, client_id="34600000001")
    failed_reply(vendors, channel, client_id="34600000002")
    response = browser.get("/admin/queue/results/", headers={"If-None-Match": etag})
    assert "2 replies did not reach their customers." in response.content.decode()
    assert "/admin/crm/reply/?reached=no" in response.content.decode()

    reply_send(reply_id=queued_reply(channel, client_id="34600000002", text="Hello?").pk)
    assert list(unreached_replies()) == [failed]
    assert "1 reply did not reach its customer." in browser.get("/admin/queue/").content.decode()


def test_the_admin_lists_what_failed_and_sends_it_again(browser, vendors):
    channel = make_sending_channel(META)
    failed = failed_reply(vendors, channel, client_id="34600000001")
    sent = queued_reply(channel, client_id="34600000002", text_out="This one went out.")
    reply_send(reply_id=sent.pk)

    page = browser.get("/admin/crm/reply/?reached=no").content.decode()
    assert "34600000001" in page
    assert "could not be delivered" in page
    assert "This one went out." not in page
    assert browser.get(f"/admin/crm/reply/{failed.pk}/change/")["Location"] == url(failed.run_id)
    assert "Message undeliverable" in browser.get("/admin/crm/delivery/").content.decode()

    page = browser.get("/admin/crm/reply/?status=sent").content.decode()
    assert "This one went out." in page
    assert "34600000001" not in page

    chosen = {"action": "send_again", "_selected_action": [str(failed.pk), str(sent.pk)]}
    page = browser.post("/admin/crm/reply/", chosen, follow=True).content.decode()
    assert "1 reply is on its way again." in page
    assert "1 reply has not failed, or its window is closed." in page
    assert Delivery.objects.count() == 2


def test_replies_are_not_for_everybody(client):
    client.force_login(make_user(is_staff=True))
    assert client.get("/admin/crm/reply/").status_code == HTTPStatus.FORBIDDEN
    assert client.get("/admin/crm/delivery/").status_code == HTTPStatus.FORBIDDEN
