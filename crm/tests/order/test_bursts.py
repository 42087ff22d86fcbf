"""Messages that come in a burst are answered together."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from crm import services
from crm.models import Channel, InboundMessage, Reply, Run, RunStatus
from crm.services.inbound import MOST_WINDOWS
from crm.services.leases import lease_take
from crm.tests.factories import make_channel, receive
from crm.tests.order.playing import at_once, end_windows, model, queued, work_off

pytestmark = pytest.mark.django_db(transaction=True)


def bot(quiet_ms=5000):
    return Channel.objects.create(kind=Channel.Kind.API, address=f"quiet-{quiet_ms}", quiet_ms=quiet_ms)


def test_a_burst_is_one_run_that_answers_all():
    channel = bot()
    receipts = [receive(channel, text=text, in_background=True) for text in ("Hello", "my parcel", "is late")]
    assert len({receipt.run_id for receipt in receipts}) == 1
    assert all(receipt.created and receipt.lease_token is None for receipt in receipts)
    assert queued().count() == 1
    end_windows()
    with model() as serving:
        work_off()
    assert serving.analysed == ["Hello\n\nmy parcel\n\nis late"]
    assert Reply.objects.count() == 1


def test_a_burst_that_really_takes_its_time_is_answered_after_it():
    channel = bot(quiet_ms=250)
    with model() as serving:
        receive(channel, text="one", in_background=True)
        services.run_continue(run_id=Run.objects.get().pk)
        assert serving.analysed == []
        receive(channel, text="two", in_background=True)
        work_off()
        receive(channel, text="three", in_background=True)
        work_off()
    assert serving.analysed == ["one\n\ntwo", "three"]


def test_each_message_is_waited_for_anew_but_not_for_ever():
    channel, quiet = bot(), timedelta(milliseconds=5000)
    receive(channel, text="one", in_background=True)
    run = Run.objects.get()
    assert timedelta(seconds=4) < run.work_at - timezone.now() <= quiet
    Run.objects.update(work_at=timezone.now() + timedelta(seconds=1))
    receive(channel, text="two", in_background=True)
    assert Run.objects.get().work_at - timezone.now() > timedelta(seconds=4)
    Run.objects.update(created_at=timezone.now() - (MOST_WINDOWS - 0.2) * quiet)
    receive(channel, text="three", in_background=True)
    run.refresh_from_db()
    assert run.messages.count() == 3
    before = run.work_at
    Run.objects.update(created_at=timezone.now() - 2 * MOST_WINDOWS * quiet)
    receive(channel, text="four", in_background=True)
    assert Run.objects.get().work_at == before


def test_a_job_that_comes_before_the_end_of_a_window_is_put_back_to_it():
    channel = bot()
    receipt = receive(channel, in_background=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    services.run_continue(run_id=receipt.run_id)
    run = Run.objects.get()
    assert run.attempts == 0
    assert abs(queued().get().scheduled_at - run.work_at) < timedelta(milliseconds=1)


def test_a_message_after_work_began_is_a_run_of_its_own():
    channel = bot(quiet_ms=0)
    first = receive(channel, text="one", in_background=True)
    assert lease_take(first.run_id)
    second = receive(channel, text="two", in_background=True)
    assert second.run_id != first.run_id
    assert list(Run.objects.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_no_message_joins_a_run_that_a_request_waits_for():
    channel = bot()
    receive(channel, text="one")
    waiting = receive(channel, text="two")
    later = receive(channel, text="three", in_background=True)
    assert later.run_id != waiting.run_id


def test_the_same_delivery_twice_within_a_burst_is_there_once():
    channel = bot()
    sent_at = timezone.now()
    deliver = partial(receive, channel, text="Hello", sent_at=sent_at, message_id="m-1", in_background=True)
    receipts = at_once(*[deliver] * 6)
    assert len({receipt.run_id for receipt in receipts}) == 1
    assert sum(receipt.created for receipt in receipts) == 1
    assert (InboundMessage.objects.count(), Run.objects.count(), queued().count()) == (1, 1, 1)


def test_a_burst_from_many_threads_is_one_run_with_every_message():
    channel = bot()
    at_once(*[partial(receive, channel, text=f"part {number}", in_background=True) for number in range(12)])
    run = Run.objects.get()
    assert run.messages.count() == 12
    assert run.conversation.run_count == 1


def test_a_burst_is_due_when_its_most_urgent_message_is_and_needs_a_human_if_one_does():
    channel = bot()
    early = timezone.now() - timedelta(hours=1)
    receive(channel, text="one", in_background=True)
    receive(channel, text="two", sent_at=early, must_escalate="unreadable_content", in_background=True)
    receive(channel, text="three", in_background=True)
    run = Run.objects.get()
    assert run.sla_due_at == early + timedelta(hours=2)
    assert run.must_escalate == "unreadable_content"
    end_windows()
    with model():
        work_off()
    assert Run.objects.get().status == RunStatus.PENDING_APPROVAL


def test_the_windows_of_two_clients_have_nothing_to_do_with_each_other():
    channel = bot()
    receive(channel, client_id="client-1", in_background=True)
    receive(channel, client_id="client-2", in_background=True)
    receive(make_channel(address="elsewhere"), client_id="client-1", in_background=True)
    assert Run.objects.count() == 3
