"""Replies of a conversation go out one after the other, each once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from crm.models import Delivery, Reply
from crm.services import sending
from crm.services.sending import deliveries_sweep, reply_send
from crm.tests.doubles import meta_error, reset, status
from crm.tests.outbox import (
    ACCEPTED,
    META,
    jobs,
    later,
    make_sending_channel,
    queued_reply,
    send,
    take_job,
)

pytestmark = pytest.mark.django_db


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
