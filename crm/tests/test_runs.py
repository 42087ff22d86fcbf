"""Runs are worked on by whoever holds their lease, and found again when that one dies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.customer_message.state import Action, Rule
from agents.providers import registry
from agents.providers.fake import FakeProvider
from crm import services
from crm.models import Conversation, Reply, Run, RunStatus
from crm.services import runs
from crm.services.leases import lease_take
from crm.services.runs import run_settle
from crm.tests.factories import ANGRY, receive, result

pytestmark = pytest.mark.django_db


def end_leases():
    Run.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def test_a_settled_run_keeps_its_result_and_gives_its_lease_back():
    receipt = receive()
    calm = result(action=Action.SEND_STANDARD_RESPONSE, rule=Rule.STANDARD, note="")
    run = run_settle(run_id=receipt.run_id, lease_token=receipt.lease_token, result=calm)
    assert run.status == RunStatus.PROCESSED
    assert run.lease_token is None
    assert run.reply.text == calm.reply
    assert Conversation.objects.get().language == "en"


def test_a_case_gets_a_draft_and_no_reply():
    receipt = receive()
    run = run_settle(run_id=receipt.run_id, lease_token=receipt.lease_token, result=result())
    assert run.status == RunStatus.PENDING_APPROVAL
    assert run.draft
    assert not Reply.objects.exists()


def test_a_result_that_comes_after_its_lease_went_to_another_is_dropped():
    receipt = receive()
    end_leases()
    token = lease_take(receipt.run_id)
    late = run_settle(run_id=receipt.run_id, lease_token=receipt.lease_token, result=result(note="late"))
    assert late.status == RunStatus.RECEIVED
    settled = run_settle(run_id=receipt.run_id, lease_token=token, result=result(note="in time"))
    assert settled.supervisor_note == "in time"
    assert (
        run_settle(run_id=receipt.run_id, lease_token=token, result=result(note="again")).supervisor_note == "in time"
    )


def test_a_lease_is_taken_by_one_and_only_when_it_is_free():
    receipt = receive()
    assert lease_take(receipt.run_id) is None
    end_leases()
    assert lease_take(receipt.run_id) is not None
    assert lease_take(receipt.run_id) is None


def test_the_sweep_queues_abandoned_runs_once():
    receive(text="one", client_id="CRM-001")
    receive(text="two", client_id="CRM-002")
    assert services.runs_sweep() == 0
    end_leases()
    assert services.runs_sweep() == 2
    assert services.runs_sweep() == 0
    assert ProcrastinateJob.objects.filter(task_name="crm.run_continue").count() == 2


def test_the_sweep_leaves_a_queued_run_alone_until_its_time_is_over():
    receive(in_background=True)
    ProcrastinateJob.objects.all()
    assert services.runs_sweep() == 0
    Run.objects.update(updated_at=timezone.now() - timedelta(minutes=2))
    assert services.runs_sweep() == 0  # its job is still in the queue


def test_an_abandoned_run_is_taken_up_and_finished():
    receipt = receive(text="Could you tell me your opening hours, please?")
    end_leases()
    services.run_continue(run_id=receipt.run_id)
    run = Run.objects.get()
    assert run.status == RunStatus.PROCESSED
    assert run.attempts == 2
    services.run_continue(run_id=receipt.run_id)
    assert Reply.objects.count() == 1


def test_a_message_that_keeps_killing_its_worker_is_put_before_a_human():
    receipt = receive(text="Could you tell me your opening hours, please?")
    Run.objects.update(attempts=runs.MOST_ATTEMPTS, leased_until=timezone.now() - timedelta(seconds=1))
    services.run_continue(run_id=receipt.run_id)
    run = Run.objects.get()
    assert run.status == RunStatus.PENDING_APPROVAL
    assert run.rule == Rule.ANALYSIS_FAILED
    assert run.degraded == ["pipeline"]


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_model_is_called():
    held = []

    def answer(request):
        held.append(connection.connection is not None)
        return ANGRY if request.schema else "We are sorry. Our team is looking into it."

    receipt = receive(text="This is unacceptable.")
    with registry.override(openai=FakeProvider(answer)):
        run = services.run_process(run_id=receipt.run_id, lease_token=receipt.lease_token)
    assert run.status == RunStatus.PENDING_APPROVAL
    assert len(held) >= 2
    assert not any(held)


def test_a_draft_is_grounded_in_the_accounts_strategy_and_says_so():
    from crm.tests.factories import make_channel
    from stages.tests.factories import client_of, complete_by_examples, make_consultant, stage_of
    from stages.tests.factories import make_account as make_onboarded

    user = make_consultant()
    account = make_onboarded(user, language="en")
    complete_by_examples(client_of(user), stage_of(account, 1))
    asked = []

    def answer(request):
        asked.append(request)
        return ANGRY if request.schema else "We are sorry. Our team is looking into it."

    receipt = receive(make_channel(account=account), text="This is unacceptable.")
    with registry.override(openai=FakeProvider(answer)):
        run = services.run_process(run_id=receipt.run_id, lease_token=receipt.lease_token)
    assert run.sources == [{"kind": "strategy", "version": "1.1"}]
    drafting = next(request for request in asked if request.purpose == "crm.drafter")
    assert "<brand>" in drafting.messages[0].content
    assert "Norte Software" in drafting.messages[0].content
