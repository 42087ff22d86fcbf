"""A reply that may have arrived is not sent again, unless that cannot make it arrive twice."""

from __future__ import annotations

from datetime import timedelta

import httpx
import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from crm.models import Delivery, Reply
from crm.services import sending
from crm.services.deliveries import reply_status_note
from crm.services.sending import deliveries_sweep, reply_send, reply_send_again
from crm.tests.doubles import hang, ok, reset, status
from crm.tests.factories import make_supervisor
from crm.tests.outbox import (
    ACCEPTED,
    API,
    META,
    RETRY,
    SMS,
    TWILIO,
    UNKNOWN,
    jobs,
    later,
    make_sending_channel,
    queued_reply,
    send,
    take_job,
)
from crm.vendors import http

pytestmark = pytest.mark.django_db


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


AMBIGUOUS = [
    reset(accept=True),
    reset(),
    hang(0.6),
    status(502),
    status(504, b"<html>"),
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
