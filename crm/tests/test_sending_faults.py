"""What vendors and networks do to a reply on its way, and what becomes of it."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta
from email.utils import format_datetime

import httpx
import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from booms.core.errors import Conflict
from crm.models import Channel, Delivery, InboundMessage, Reply
from crm.services import sending
from crm.services.deliveries import reply_status_note
from crm.services.sending import deliveries_sweep, reply_send, reply_send_again
from crm.tests.doubles import hang, meta_error, ok, reset, status, twilio_error
from crm.tests.factories import make_supervisor
from crm.tests.outbox import make_sending_channel, queued_reply
from crm.vendors import http

pytestmark = pytest.mark.django_db

META, TWILIO, SMS, API = (
    Channel.Kind.WHATSAPP_META,
    Channel.Kind.WHATSAPP_TWILIO,
    Channel.Kind.SMS_TWILIO,
    Channel.Kind.API,
)
RETRY, REFUSED, UNKNOWN, ACCEPTED = (Delivery.Outcome(word) for word in ("retry", "refused", "unknown", "accepted"))


@pytest.fixture
def impatient(monkeypatch):
    """Half a second is long for these tests."""
    clients = [http.make_client(trust_env=False) for _ in range(2)]
    for client in clients:
        client.timeout = httpx.Timeout(0.3)
    monkeypatch.setattr("crm.vendors.meta.sending.vendor_client", lambda: clients[0])
    monkeypatch.setattr("crm.vendors.twilio.sending.vendor_client", lambda: clients[0])
    monkeypatch.setattr("crm.vendors.callback.sending._client", lambda: clients[1])
    yield
    for client in clients:
        client.close()


def send(reply):
    reply_send(reply_id=reply.pk)
    reply.refresh_from_db()
    return reply.deliveries.order_by("-number").first()


def jobs(reply):
    return ProcrastinateJob.objects.filter(status="todo", queueing_lock=f"reply:{reply.pk}")


def take_job(reply):
    """As a worker does before it sends."""
    return jobs(reply).delete()


def later(**time):
    """As if what was written had been written so much earlier."""
    earlier = timedelta(**time)
    for model, names in (
        (Delivery, ("created_at", "finished_at")),
        (Reply, ("created_at", "updated_at", "status_at")),
    ):
        for row in model.objects.all():
            moved = {name: getattr(row, name) - earlier for name in names if getattr(row, name)}
            model.objects.filter(pk=row.pk).update(**moved)


@pytest.mark.parametrize(
    ("kind", "step", "failure"),
    [
        (META, status(500), "unavailable"),
        (META, meta_error(131016, http=500), "unavailable"),
        (META, meta_error(130429), "rate_limited"),
        (META, meta_error(131056), "rate_limited"),
        (META, meta_error(80007), "rate_limited"),
        (META, meta_error(2, http=503), "unavailable"),
        (TWILIO, status(503), "unavailable"),
        (TWILIO, twilio_error(20429, http=429), "rate_limited"),
        (SMS, status(500, b"<html>"), "unavailable"),
        (API, status(500), "unavailable"),
        (API, status(429), "rate_limited"),
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


AMBIGUOUS = [
    reset(accept=True),
    reset(),
    hang(0.6),
    status(504),
    ok(body=b"<html>"),
    ok(body={"messages": []}),
]


@pytest.mark.parametrize("kind", [META, TWILIO, SMS])
@pytest.mark.parametrize("step", AMBIGUOUS)
def test_what_may_have_been_sent_is_not_sent_again_and_ends_before_a_human(vendors, impatient, kind, step):
    reply = queued_reply(make_sending_channel(kind))
    take_job(reply)
    vendors.play(step)

    assert send(reply).outcome == UNKNOWN
    assert send(reply).number == 1
    assert reply.status == Reply.Status.QUEUED
    assert deliveries_sweep() == 0
    later(minutes=2, seconds=1)
    deliveries_sweep()
    reply.refresh_from_db()

    assert (reply.status, reply.failure) == (Reply.Status.FAILED, "unknown")
    assert reply.failure_reason.startswith("It is not known whether the message arrived.")
    assert len(vendors.requests) == 1
    assert not jobs(reply).exists()


@pytest.mark.parametrize(("kind", "vendor"), [(META, "meta"), (SMS, "twilio")])
def test_the_vendors_word_settles_what_was_not_known(vendors, kind, vendor):
    reply = queued_reply(make_sending_channel(kind))
    vendors.play(reset(accept=True))
    send(reply)
    note = {"vendor": vendor, "vendor_id": vendors.accepted[0].id, "reply_id": str(reply.pk), "at": timezone.now()}

    assert reply_status_note(status="delivered", **note)
    later(minutes=5)
    deliveries_sweep()

    reply.refresh_from_db()
    assert (reply.status, reply.vendor_id) == (Reply.Status.DELIVERED, vendors.accepted[0].id)
    assert reply.deliveries.get().outcome == ACCEPTED


@pytest.mark.parametrize("kind", [META, SMS])
def test_an_attempt_whose_worker_died_is_not_made_again(vendors, kind):
    reply = queued_reply(make_sending_channel(kind))
    take_job(reply)
    Delivery.objects.create(reply=reply, number=1)

    reply_send(reply_id=reply.pk)
    later(seconds=61)
    assert deliveries_sweep() == 0
    assert reply.deliveries.get().outcome == UNKNOWN
    later(seconds=61)
    deliveries_sweep()

    reply.refresh_from_db()
    assert (reply.status, reply.failure) == (Reply.Status.FAILED, "unknown")
    assert vendors.requests == []


def test_a_callback_whose_worker_died_is_sent_again(vendors):
    reply = queued_reply(make_sending_channel(API, vendors))
    take_job(reply)
    Delivery.objects.create(reply=reply, number=1)
    later(seconds=61)
    deliveries_sweep()
    assert jobs(reply).count() == 1
    assert send(reply).outcome == ACCEPTED


def test_a_queued_reply_that_lost_its_job_is_found(vendors):
    reply = queued_reply(make_sending_channel(META))
    later(seconds=61)
    assert deliveries_sweep() == 0  # its job is still in the queue
    take_job(reply)
    assert deliveries_sweep() == 1
    assert jobs(reply).count() == 1


def test_what_a_vendor_says_before_our_own_commit_stands(vendors, monkeypatch):
    reply = queued_reply(make_sending_channel(META))

    def called(message):
        outcome = original(message)
        note = {"vendor": "meta", "vendor_id": outcome.vendor_id, "reply_id": str(reply.pk), "at": timezone.now()}
        assert reply_status_note(status="read", **note)
        return outcome

    original = sending.attempt
    monkeypatch.setattr(sending, "attempt", called)
    delivery = send(reply)
    assert reply.status == Reply.Status.READ
    assert delivery.outcome == ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_sends_and_nobody_holds_a_connection(vendors, monkeypatch):
    reply = queued_reply(make_sending_channel(META))
    barrier, faults, checked_out = threading.Barrier(6), [], []

    def called(message):
        checked_out.append(connection.connection)
        return original(message)

    def work():
        try:
            barrier.wait(10)
            reply_send(reply_id=reply.pk)
        except Exception as error:  # noqa: BLE001 (shown by the assertion)
            faults.append(error)
        finally:
            connection.close()

    original = sending.attempt
    monkeypatch.setattr(sending, "attempt", called)
    vendors.seconds = 0.2
    threads = [threading.Thread(target=work) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]

    assert faults == []
    assert checked_out == [None]
    assert len(vendors.requests) == 1
    assert Delivery.objects.count() == 1
    reply.refresh_from_db()
    assert reply.status == Reply.Status.SENT


@pytest.mark.django_db(transaction=True)
def test_an_outcome_is_stored_though_the_database_goes_away_meanwhile(vendors, monkeypatch):
    reply = queued_reply(make_sending_channel(META))
    monkeypatch.setattr(sending, "STORE_PAUSES", (0.01, 0.01))

    def called(message):
        outcome = original(message)
        connection.ensure_connection()
        with psycopg.connect(**parameters, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        return outcome

    parameters = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in ("dbname", "user", "password", "host", "port")
    }
    original = sending.attempt
    monkeypatch.setattr(sending, "attempt", called)
    assert send(reply).outcome == ACCEPTED
    assert reply.status == Reply.Status.SENT


def test_replies_of_a_conversation_go_out_in_order_whichever_job_comes_first(vendors):
    channel = make_sending_channel(META)
    first, second = (queued_reply(channel, text=text, text_out=f"To {text}") for text in ("one", "two"))
    other = queued_reply(channel, client_id="34600999888", text_out="To somebody else")
    for reply in (first, second, other):
        take_job(reply)

    vendors.play(status(500))
    send(second)
    assert vendors.requests == []
    send(first)
    send(second)
    send(other)
    assert [request.text for request in vendors.accepted] == ["To somebody else"]
    assert not jobs(second).exists()

    send(first)
    assert jobs(second).count() == 1
    send(second)
    assert vendors.texts("CRM-001") == ["To one", "To two"]


def test_a_reply_that_is_given_up_lets_the_next_one_go(vendors):
    channel = make_sending_channel(META)
    first, second = (queued_reply(channel, text=text) for text in ("one", "two"))
    take_job(second)
    vendors.play(meta_error(131026))
    send(first)
    assert jobs(second).count() == 1
    assert send(second).outcome == ACCEPTED


def test_a_reply_of_which_nothing_is_known_holds_up_no_other(vendors):
    channel = make_sending_channel(META)
    first, second = (queued_reply(channel, text=text) for text in ("one", "two"))
    for reply in (first, second):
        take_job(reply)
    vendors.play(reset(accept=True))
    send(first)
    assert jobs(second).count() == 1
    assert send(second).outcome == ACCEPTED
    first.refresh_from_db()
    assert first.status == Reply.Status.QUEUED


def test_the_next_reply_waits_no_longer_than_an_attempt_may_take_for_one_whose_worker_died(vendors):
    channel = make_sending_channel(META)
    first, second = (queued_reply(channel, text=text) for text in ("one", "two"))
    for reply in (first, second):
        take_job(reply)
    Delivery.objects.create(reply=first, number=1)
    send(second)
    assert vendors.requests == []
    later(seconds=46)
    deliveries_sweep()
    assert jobs(second).count() == 1
    assert send(second).outcome == ACCEPTED


@pytest.mark.parametrize("ahead", [timedelta(seconds=20), -timedelta(seconds=20)])
def test_machines_whose_clocks_differ_send_what_may_have_arrived_once_all_the_same(vendors, ahead):
    reply = queued_reply(make_sending_channel(META))
    take_job(reply)
    Reply.objects.update(status_at=timezone.now() + ahead, updated_at=timezone.now() - timedelta(minutes=5))
    vendors.play(reset(accept=True))
    for _attempt in range(3):
        send(reply)
        deliveries_sweep()
    later(minutes=3)
    deliveries_sweep()
    reply.refresh_from_db()
    assert (reply.status, reply.failure) == (Reply.Status.FAILED, "unknown")
    assert len(vendors.requests) == 1


def test_attempts_are_counted_whatever_the_clocks_say(vendors):
    reply = queued_reply(make_sending_channel(META))
    Reply.objects.update(status_at=timezone.now() + timedelta(seconds=20))
    vendors.play(*[status(503)] * 9)
    for _attempt in range(9):
        take_job(reply)
        send(reply)
    assert (reply.status, reply.deliveries.count()) == (Reply.Status.FAILED, 8)
    Delivery.objects.update(created_at=timezone.now() + timedelta(seconds=20))
    reply_send_again(run_id=reply.run_id, supervisor=make_supervisor())
    take_job(reply)
    assert send(reply).outcome == RETRY
    assert jobs(reply).get().scheduled_at < timezone.now() + timedelta(seconds=7)


def test_replies_go_out_in_the_order_of_their_runs_whatever_the_clocks_say(vendors):
    channel = make_sending_channel(META)
    first, second = (queued_reply(channel, text=text, text_out=f"To {text}") for text in ("one", "two"))
    Reply.objects.filter(pk=second.pk).update(created_at=first.created_at - timedelta(seconds=9))
    for reply in (second, first, second):
        send(reply)
    assert vendors.texts("CRM-001") == ["To one", "To two"]


def test_two_replies_of_a_conversation_are_never_on_their_way_at_once(vendors):
    channel = make_sending_channel(META)
    first, second = (queued_reply(channel, text=text) for text in ("one", "two"))
    Reply.objects.filter(pk=first.pk).update(status=Reply.Status.RETURNED)
    Delivery.objects.create(reply=second, number=1)
    Reply.objects.filter(pk=first.pk).update(status=Reply.Status.QUEUED)
    send(first)
    assert vendors.requests == []


def test_a_supervisor_has_a_failed_reply_sent_again_once_however_often_they_ask(vendors):
    supervisor, reply = make_supervisor(), queued_reply(make_sending_channel(META))
    take_job(reply)
    vendors.play(reset())
    send(reply)
    later(minutes=3)
    deliveries_sweep()

    for _press in range(2):
        again = reply_send_again(run_id=reply.run_id, supervisor=supervisor)
        assert (again.status, again.failure) == (Reply.Status.QUEUED, "")
    assert jobs(reply).count() == 1
    deliveries_sweep()

    assert send(reply).number == 2
    assert reply.status == Reply.Status.SENT
    with pytest.raises(Conflict, match="not failed"):
        reply_send_again(run_id=reply.run_id, supervisor=supervisor)


def test_a_reply_whose_window_is_closed_cannot_be_sent_again(vendors):
    reply = queued_reply(make_sending_channel(TWILIO))
    vendors.play(twilio_error(21211))
    send(reply)
    InboundMessage.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(Conflict, match="closed on"):
        reply_send_again(run_id=reply.run_id, supervisor=make_supervisor())
    reply.refresh_from_db()
    assert reply.status == Reply.Status.FAILED


def test_news_of_an_attempt_that_failed_does_not_fail_the_next_one(vendors):
    supervisor, reply = make_supervisor(), queued_reply(make_sending_channel(META))
    send(reply)
    first = reply.vendor_id
    failed = {"vendor": "meta", "vendor_id": first, "reply_id": str(reply.pk), "status": "failed", "at": timezone.now()}
    assert reply_status_note(failure="131026", reason="Undeliverable", **failed)
    reply_send_again(run_id=reply.run_id, supervisor=supervisor)

    assert reply_status_note(failure="131026", **failed)
    reply.refresh_from_db()
    assert reply.status == Reply.Status.QUEUED
    send(reply)
    assert reply.vendor_id != first
    assert reply_status_note(failure="131026", **failed)
    reply.refresh_from_db()
    assert reply.status == Reply.Status.SENT
