"""Messages of one conversation are worked on one at a time and in order, those of others beside them."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from crm import services
from crm.models import Channel, InboundMessage, Reply, Run, RunStatus
from crm.services.handling import message_handle, run_wait
from crm.services.leases import LEASE, lease_take
from crm.services.queueing import run_continue_defer
from crm.services.runs import run_settle
from crm.tests.factories import make_channel, receive, result
from crm.tests.order.playing import Thread, at_once, end_leases, end_windows, job_do, job_take, model, queued, work_off
from crm.tests.outbox import make_sending_channel, queued_reply

pytestmark = pytest.mark.django_db(transaction=True)


def handle(channel, text, client_id="client-1", **fields):
    return message_handle(channel=channel, client_id=client_id, text=text, sent_at=timezone.now(), **fields)


def positions(status):
    return list(Run.objects.filter(status=status).order_by("position").values_list("position", flat=True))


def test_messages_left_by_a_dead_server_are_worked_off_in_order_and_conversations_beside_each_other():
    channel, clients = make_channel(), [f"client-{number}" for number in range(4)]
    for number in range(5):
        for client in clients:
            receive(channel, client_id=client, text=f"{client} question {number}")
    end_leases()
    Run.objects.update(created_at=timezone.now() - LEASE, updated_at=timezone.now() - 2 * LEASE)
    assert services.runs_sweep() == len(clients)  # the first of each conversation; the others follow from it
    with model(seconds=0.02) as serving:
        work_off(workers=4)
    assert Run.objects.filter(status=RunStatus.PROCESSED).count() == 20
    for client in clients:
        assert [text for text in serving.analysed if client in text] == [f"{client} question {n}" for n in range(5)]
        assert serving.most_at_once[client] == 1
    assert serving.most_at_once["all"] > 1


def test_the_second_message_of_a_waiting_client_has_its_turn_after_the_first():
    channel = make_channel()
    with model() as serving:
        serving.hold()
        first = Thread(handle, channel=channel, text="one")
        serving.wait_until_asked()
        second = Thread(handle, channel=channel, text="two")
        other = Thread(handle, channel=channel, text="elsewhere", client_id="client-2")
        serving.wait_until_asked()
        assert sorted(serving.analysed) == ["elsewhere", "one"]
        serving.let_go()
        runs = [thread.result() for thread in (first, second, other)]
    assert serving.analysed[-1] == "two"
    assert [run.status for run in runs] == [RunStatus.PROCESSED] * 3
    assert set(Reply.objects.values_list("status", flat=True)) == {Reply.Status.RETURNED}


def test_a_request_that_waited_too_long_leaves_its_run_to_a_worker():
    first, second = receive(text="one"), receive(text="two")
    run = run_wait(run_id=second.run_id, seconds=0.2)
    assert run.status == RunStatus.RECEIVED
    assert Run.objects.get(pk=second.run_id).work_at is not None
    work_off()  # too early: the first one is still being worked on
    assert positions(RunStatus.RECEIVED) == [1, 2]
    run_settle(run_id=first.run_id, lease_token=first.lease_token, result=result())
    work_off()
    assert positions(RunStatus.PROCESSED) == [2]


def test_the_turn_of_a_run_is_not_missed_while_its_job_looks_for_it():
    """The job was still queued when the run before was settled, and looked before that was committed."""
    first, second = receive(text="one"), receive(text="two")
    run_continue_defer(second.run_id)
    with transaction.atomic():
        run_settle(run_id=first.run_id, lease_token=first.lease_token, result=result())
        taken = Thread(job_take).result()
        looking = Thread(job_do, number=taken[0], run_id=taken[1])
        looking.join(0.5)
        assert looking.is_alive()  # it waits for the conversation
    looking.result()
    work_off()
    assert Run.objects.get(pk=second.run_id).status != RunStatus.RECEIVED


def test_a_run_whose_waiting_request_died_follows_the_one_before():
    first, second = receive(text="one"), receive(text="two")
    run_settle(run_id=first.run_id, lease_token=first.lease_token, result=result())
    job = queued().get()
    assert job.args == {"run_id": str(second.run_id)}
    assert job.scheduled_at >= Run.objects.get(pk=second.run_id).created_at + LEASE


def test_the_same_delivery_twice_at_once_is_answered_twice_with_one_answer():
    channel, sent_at = make_channel(), timezone.now()
    deliver = partial(
        message_handle, channel=channel, client_id="client-1", text="Hello", sent_at=sent_at, message_id="m-1"
    )
    with model(seconds=0.1) as serving:
        runs = at_once(*[deliver] * 4)
    assert len({run.pk for run in runs}) == 1
    assert {run.status for run in runs} == {RunStatus.PROCESSED}
    assert serving.analysed == ["Hello"]
    assert (InboundMessage.objects.count(), Reply.objects.count()) == (1, 1)


def test_an_expired_lease_is_taken_over_by_one():
    receipt = receive()
    end_leases()
    tokens = at_once(*[partial(lease_take, receipt.run_id)] * 8)
    assert len([token for token in tokens if token]) == 1


def test_a_run_taken_over_is_answered_by_its_new_holder_alone():
    receipt = receive(text="one")
    with model() as serving:
        serving.hold()
        late = Thread(services.run_process, run_id=receipt.run_id, lease_token=receipt.lease_token, in_response=True)
        serving.wait_until_asked()
        end_leases()
        services.runs_sweep()
        taken_over = Thread(work_off)
        serving.wait_until_asked()
        serving.let_go()
        taken_over.result()
        late.result()
    run = Run.objects.get()
    assert (run.status, run.attempts) == (RunStatus.PROCESSED, 2)
    assert Reply.objects.count() == 1
    assert run.transitions.count() == 1


def test_a_worker_that_died_between_the_job_and_the_lease_is_noticed():
    receipt = receive(in_background=True)
    Run.objects.update(work_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    assert job_take() is not None  # and its worker dies
    assert services.runs_sweep() == 0
    Run.objects.update(updated_at=timezone.now() - LEASE, work_at=timezone.now() - LEASE)
    assert services.runs_sweep() == 1
    services.run_continue(run_id=receipt.run_id)
    assert Run.objects.get().status == RunStatus.PROCESSED


def test_a_conversation_has_one_run_worked_on_however_many_workers_look():
    channel = make_channel()
    receipts = [receive(channel, text=f"message {number}") for number in range(6)]
    end_leases()
    tokens = at_once(*[partial(lease_take, receipt.run_id) for receipt in receipts])
    assert [token is not None for token in tokens] == [True] + [False] * 5
    assert Run.objects.filter(lease_token__isnull=False).count() == 1


def test_first_messages_of_a_client_at_the_same_moment_make_one_conversation_in_some_order():
    channel = make_channel()
    receipts = at_once(*[partial(receive, channel, text=f"message {number}") for number in range(8)])
    assert sorted(Run.objects.values_list("position", flat=True)) == list(range(1, 9))
    assert len([receipt for receipt in receipts if receipt.lease_token]) == 1


def test_sweeps_go_before_replies_and_replies_before_runs_however_much_is_queued():
    for number in range(3):
        receive(client_id=f"client-{number}", in_background=True)
    end_windows()
    queued_reply(make_sending_channel(Channel.Kind.WHATSAPP_META))
    app.configure_task("crm.runs_sweep").defer(timestamp=0)
    with connection.cursor() as cursor:
        taken = []
        for _ in range(4):
            cursor.execute("SELECT task_name FROM procrastinate_fetch_job_v2(NULL, NULL)")
            taken.append(cursor.fetchone()[0])
    assert taken == ["crm.runs_sweep", "crm.reply_send", "crm.run_continue", "crm.run_continue"]
