"""A message that comes while an earlier one is worked on makes its draft stale; one more run answers all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agents.models import ModelCall
from crm import services
from crm.models import Channel, Reply, Run, RunStatus
from crm.services.handling import message_handle
from crm.services.leases import lease_take
from crm.services.queueing import run_leave_to_worker
from crm.services.superseding import MOST_FOLDED
from crm.tests.factories import ANGRY, make_account, make_channel, receive
from crm.tests.order.playing import CALM, REPLY, Thread, end_leases, model, wait_until, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def channel():
    return Channel.objects.create(kind=Channel.Kind.API, address="quick", quiet_ms=0)


def written(channel, text, **fields):
    return receive(channel, text=text, in_background=True, **fields)


def runs():
    return list(Run.objects.order_by("position"))


def test_a_message_during_a_run_makes_its_draft_stale_and_one_more_run_answers_both(channel):
    with model() as serving:
        serving.hold()
        written(channel, "Where is my parcel?")
        worker = Thread(work_off)
        serving.wait_until_asked()
        written(channel, "Number 12, I mean.", message_id="m-2")
        serving.let_go()
        worker.result()
    first, second = runs()
    assert serving.analysed == ["Where is my parcel?", "Where is my parcel?\n\nNumber 12, I mean."]
    assert (first.status, second.status) == (RunStatus.SUPERSEDED, RunStatus.PROCESSED)
    assert first.superseded_by == second
    assert first.draft == REPLY
    assert not first.messages.exists()
    assert Reply.objects.get().run == second
    assert [step.run_id for step in first.steps.all()]


def test_a_delivery_of_a_folded_message_again_finds_the_run_that_answers_it(channel):
    sent_at = timezone.now()
    first = written(channel, "one", message_id="m-1", sent_at=sent_at)
    token = lease_take(first.run_id)
    second = written(channel, "two")
    services.run_process(run_id=first.run_id, lease_token=token)
    again = written(channel, "one", message_id="m-1", sent_at=sent_at)
    assert not again.created
    assert again.run_id == second.run_id


def test_who_never_stops_writing_is_answered_all_the_same(channel):
    """Each run is overtaken by a message, and after so many foldings its reply goes out."""
    waiting = written(channel, "message 0").run_id
    for number in range(1, 3 * (MOST_FOLDED + 1)):
        token = lease_take(waiting)
        following = written(channel, f"message {number}").run_id
        services.run_process(run_id=waiting, lease_token=token)
        waiting = following
    statuses = [run.status for run in runs()[:-1]]
    period = [RunStatus.SUPERSEDED] * MOST_FOLDED + [RunStatus.PROCESSED]
    assert statuses == (period * 3)[: len(statuses)]
    answered = Run.objects.filter(status=RunStatus.PROCESSED)
    assert {run.messages.count() for run in answered} == {MOST_FOLDED + 1}


def test_an_answer_that_a_webhook_waits_for_is_not_taken_away(channel):
    with model() as serving:
        serving.hold()
        waiting = Thread(message_handle, channel=channel, client_id="CRM-001", text="one", sent_at=timezone.now())
        serving.wait_until_asked()
        written(channel, "two")
        serving.let_go()
        answer = waiting.result()
        work_off()
    assert answer.status == RunStatus.PROCESSED
    assert answer.reply.text == REPLY
    assert [run.status for run in runs()] == [RunStatus.PROCESSED] * 2


def test_a_repetition_that_gives_up_waiting_does_not_take_the_first_one_s_answer_away(channel):
    first = receive(channel, text="one")
    run_leave_to_worker(run_id=first.run_id)
    written(channel, "two")
    run = services.run_process(run_id=first.run_id, lease_token=first.lease_token, in_response=True)
    assert run.status == RunStatus.PROCESSED


def test_a_background_run_is_not_folded_into_one_that_a_request_waits_for(channel):
    first = written(channel, "one")
    token = lease_take(first.run_id)
    second = receive(channel, text="two")
    assert second.lease_token is None
    services.run_process(run_id=first.run_id, lease_token=token)
    services.run_process(run_id=second.run_id, lease_token=lease_take(second.run_id), in_response=True)
    assert [run.status for run in runs()] == [RunStatus.PROCESSED] * 2


def test_a_run_whose_request_gave_up_may_be_folded(channel):
    first = written(channel, "one")
    token = lease_take(first.run_id)
    second = receive(channel, text="two")
    run_leave_to_worker(run_id=second.run_id)
    services.run_process(run_id=first.run_id, lease_token=token)
    work_off()
    assert [run.status for run in runs()] == [RunStatus.SUPERSEDED, RunStatus.PROCESSED]


def test_what_needed_a_human_goes_on_needing_one(channel):
    angry_then_calm = {"This is a disgrace.": ANGRY}
    with model(analysis=lambda text: angry_then_calm.get(text, CALM)):
        first = written(channel, "This is a disgrace.")
        token = lease_take(first.run_id)
        second = written(channel, "What are your opening hours?")
        services.run_process(run_id=first.run_id, lease_token=token)
        token = lease_take(second.run_id)
        third = written(channel, "Thank you.")
        services.run_process(run_id=second.run_id, lease_token=token)
        services.run_process(run_id=third.run_id, lease_token=lease_take(third.run_id))
    assert [run.status for run in runs()] == [RunStatus.SUPERSEDED] * 2 + [RunStatus.PENDING_APPROVAL]
    last = runs()[-1]
    assert last.must_escalate == "earlier_message"
    assert last.messages.count() == 3
    assert set(Run.objects.filter(status=RunStatus.SUPERSEDED).values_list("superseded_by", flat=True)) == {last.pk}


def test_the_run_that_follows_is_due_when_the_folded_one_was(channel):
    first = written(channel, "one", sent_at=timezone.now() - timedelta(minutes=30))
    due = Run.objects.get().sla_due_at
    token = lease_take(first.run_id)
    written(channel, "two")
    services.run_process(run_id=first.run_id, lease_token=token)
    assert runs()[1].sla_due_at == due


def test_a_crash_after_the_second_message_answers_both_once(channel):
    first = written(channel, "one")
    assert lease_take(first.run_id)  # and its worker dies
    written(channel, "two")
    end_leases()
    services.runs_sweep()
    with model() as serving:
        work_off(workers=2)
    assert serving.analysed == ["one", "one\n\ntwo"]
    assert Reply.objects.count() == 1


def test_an_account_deleted_while_its_message_is_worked_on_leaves_the_customer_an_answer():
    channel = make_channel(account=make_account())
    with model() as serving:
        serving.hold()
        waiting = Thread(message_handle, channel=channel, client_id="c", text="Hello?", sent_at=timezone.now())
        serving.wait_until_asked()
        wait_until(ModelCall.objects.exists)  # the early draft's
        channel.account.delete()
        serving.let_go()
        run = waiting.result()
    assert run.status in (RunStatus.PROCESSED, RunStatus.PENDING_APPROVAL)
    assert Channel.objects.get(pk=channel.pk).account is None
