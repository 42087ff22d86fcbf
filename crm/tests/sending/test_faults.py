"""What vendors and networks answer, and what becomes of the reply."""

from __future__ import annotations

import socket
from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.utils import timezone

from crm.models import Reply
from crm.tests.doubles import meta_error, reset, status, twilio_error
from crm.tests.outbox import (
    ACCEPTED,
    API,
    META,
    REFUSED,
    RETRY,
    SMS,
    TWILIO,
    jobs,
    make_sending_channel,
    queued_reply,
    send,
    take_job,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "step", "failure"),
    [
        (META, status(500), "unavailable"),
        (META, meta_error(131016, http=500), "unavailable"),
        (META, meta_error(130429), "rate_limited"),
        (META, meta_error(131056), "rate_limited"),
        (META, meta_error(80007), "rate_limited"),
        (META, meta_error(2, http=503), "unavailable"),
        (META, meta_error(131016, http=502), "unavailable"),
        (TWILIO, status(503), "unavailable"),
        (TWILIO, twilio_error(20429, http=429), "rate_limited"),
        (SMS, status(500, b"<html>"), "unavailable"),
        (API, status(500), "unavailable"),
        (API, status(429), "rate_limited"),
        (API, status(502), "unavailable"),
        (API, status(504), "unavailable"),
        (API, reset(), "unavailable"),
        (API, reset(accept=True), "unavailable"),
    ],
)
def test_a_passing_fault_is_tried_again_and_the_customer_answered_once(vendors, kind, step, failure):
    reply = queued_reply(make_sending_channel(kind, vendors))
    take_job(reply)
    vendors.play(step)

    assert send(reply).outcome == RETRY
    assert reply.status == Reply.Status.QUEUED
    wait = jobs(reply).get().scheduled_at - timezone.now()
    assert timedelta(seconds=4) < wait < timedelta(seconds=7)

    assert send(reply).outcome == ACCEPTED
    assert reply.status == Reply.Status.SENT
    assert {request.headers.get("webhook-id") for request in vendors.requests} in ({None}, {str(reply.pk)})
    assert len({request.text for request in vendors.accepted}) == 1
    assert [delivery.number for delivery in reply.deliveries.order_by("number")] == [1, 2]


def test_a_connection_that_is_refused_is_tried_again(vendors, settings):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.CHANNELS = {**settings.CHANNELS, "META_BASE_URL": f"http://127.0.0.1:{unused.getsockname()[1]}"}
        reply = queued_reply(make_sending_channel(META))
        take_job(reply)
        delivery = send(reply)
    assert (delivery.outcome, delivery.reason) == (RETRY, "The connection was refused or could not be made.")
    assert jobs(reply).exists()


@pytest.mark.parametrize("kind", [META, TWILIO, API])
@pytest.mark.parametrize("given", ["seconds", "date"])
def test_the_pause_that_a_vendor_asks_for_is_kept(vendors, kind, given):
    in_ten_minutes = format_datetime(timezone.now() + timedelta(minutes=10), usegmt=True)
    reply = queued_reply(make_sending_channel(kind, vendors))
    take_job(reply)
    vendors.play(status(429, Retry_After="600" if given == "seconds" else in_ten_minutes))
    send(reply)
    wait = jobs(reply).get().scheduled_at - timezone.now()
    assert timedelta(seconds=590) < wait < timedelta(seconds=601)


def test_pauses_grow_and_after_the_last_the_reply_is_given_up_in_sight(vendors):
    reply = queued_reply(make_sending_channel(META))
    vendors.play(*[status(503)] * 9)
    waits = []
    for _attempt in range(8):
        take_job(reply)
        send(reply)
        waits += [job.scheduled_at - timezone.now() for job in jobs(reply)]
    assert len(waits) == 7
    assert waits[:-1] == sorted(waits[:-1])
    assert max(waits) < timedelta(minutes=76)
    assert timedelta(hours=2.5) < sum(waits, timedelta()) < timedelta(hours=4)
    assert (reply.status, reply.failure) == (Reply.Status.FAILED, "unavailable")
    assert reply.failure_reason.startswith("Given up after 8 attempts.")
    assert not jobs(reply).exists()
    assert len(vendors.requests) == 8


@pytest.mark.parametrize(
    ("kind", "step", "failure", "reason"),
    [
        (META, meta_error(131047, "More than 24 hours have passed"), "window_closed", "24"),
        (META, meta_error(131026, "Undeliverable"), "undeliverable", "131026: Undeliverable"),
        (META, meta_error(190, http=401), "unauthorized", "190"),
        (META, meta_error(100), "refused", "100"),
        (META, status(403), "unauthorized", "HTTP 403"),
        (META, status(302, Location="http://127.0.0.1/"), "refused", "HTTP 302"),
        (META, status(400, {"error": "odd"}), "refused", "HTTP 400"),
        (META, status(400, ["odd"]), "refused", "HTTP 400"),
        (META, status(400, b"\x00\xff" + b"x" * 200_000), "refused", "HTTP 400"),
        (META, status(400, {"error": {"code": 100, "message": "nul \x00 and \ud800"}}), "refused", "100: nul"),
        (TWILIO, twilio_error(63016, "Failed to send freeform message"), "window_closed", "63016: Failed"),
        (SMS, twilio_error(21610, "Attempt to send to unsubscribed recipient"), "opted_out", "21610"),
        (SMS, twilio_error(21211, "Invalid 'To' Phone Number"), "bad_recipient", "Invalid 'To'"),
        (SMS, twilio_error(20003, "Authenticate", http=401), "unauthorized", "Authenticate"),
        (API, status(401, b"who are you?"), "refused", "HTTP 401 who are you?"),
        (API, status(307, Location="http://127.0.0.1/"), "refused", "HTTP 307"),
        (API, status(410), "refused", "HTTP 410"),
    ],
)  # fmt: skip
def test_a_refusal_is_the_end_and_says_why(vendors, kind, step, failure, reason):
    reply = queued_reply(make_sending_channel(kind, vendors))
    take_job(reply)
    vendors.play(step)
    delivery = send(reply)
    assert (delivery.outcome, reply.status, reply.failure) == (REFUSED, Reply.Status.FAILED, failure)
    assert reason in reply.failure_reason
    assert delivery.status_code == step.status
    assert not jobs(reply).exists()
    assert len(vendors.requests) == 1


@pytest.mark.parametrize(
    ("kind", "absent", "named"),
    [
        (META, ["META_ACCESS_TOKEN"], "META_ACCESS_TOKEN"),
        (TWILIO, ["TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID"], "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
        (SMS, ["TWILIO_AUTH_TOKEN"], "TWILIO_AUTH_TOKEN"),
    ],
)
def test_without_its_secrets_a_channel_says_so_and_sends_nothing(vendors, settings, kind, absent, named):
    settings.CHANNELS = {**settings.CHANNELS, **dict.fromkeys(absent, "")}
    reply = queued_reply(make_sending_channel(kind))
    send(reply)
    assert (reply.status, reply.failure) == (Reply.Status.FAILED, "not_configured")
    assert named in reply.failure_reason
    assert vendors.requests == []


def test_a_token_that_is_no_header_line_is_a_refusal_and_is_shown_to_nobody(vendors, settings):
    settings.CHANNELS = {**settings.CHANNELS, "META_ACCESS_TOKEN": "secret\nsecret"}
    reply = queued_reply(make_sending_channel(META))
    send(reply)
    assert reply.failure == "not_configured"
    assert "secret" not in reply.failure_reason


@pytest.mark.parametrize("secret", ["whsec_", "whsec_a", "whsec_ñ"])
def test_a_callback_that_cannot_be_signed_is_not_sent(vendors, secret):
    reply = queued_reply(make_sending_channel(API, vendors, callback_secret=secret))
    send(reply)
    assert reply.failure == "not_configured"
    assert vendors.requests == []


def test_a_text_longer_than_the_channel_carries_is_not_cut_but_refused(vendors):
    reply = queued_reply(make_sending_channel(SMS), text_out="x" * 1601)
    send(reply)
    assert (reply.status, reply.failure) == (Reply.Status.FAILED, "too_long")
    assert vendors.requests == []
