"""One decision wins; what follows from it happens once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from booms.core.errors import Conflict, InvalidInput, NotFound
from crm import selectors, services
from crm.models import Channel, Decision, Reply, Run, RunStatus
from crm.tests.factories import make_supervisor, pending_run, receive
from crm.tests.outbox import waiting_case

pytestmark = pytest.mark.django_db


def test_an_approval_sends_the_ready_draft(supervisor):
    run = pending_run(reply="We are on it. Thank you for your patience.")
    run = services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    assert run.status == RunStatus.APPROVED_AND_EXECUTED
    assert run.reply.text == "We are on it. Thank you for your patience."
    assert run.reply.author == Reply.Author.AGENT
    assert run.decision.kind == Decision.Kind.APPROVED
    assert [t.to_status for t in run.transitions.all()] == ["pending_approval", "approving", "approved_and_executed"]


def test_an_edited_approval_sends_the_edited_text(supervisor):
    run = pending_run()
    run = services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True, reply="  My own words.  ")
    assert run.reply.text == "My own words."
    assert run.reply.author == Reply.Author.SUPERVISOR
    assert run.decision.kind == Decision.Kind.EDITED


def test_an_unchanged_text_is_no_edit(supervisor):
    run = pending_run(reply="As it is.")
    services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True, reply="As it is.")
    assert Decision.objects.get().kind == Decision.Kind.APPROVED


def test_an_approval_without_a_draft_has_one_made(supervisor):
    run = pending_run(text="Where is my parcel? This is unacceptable.")
    Run.objects.filter(pk=run.pk).update(draft="")
    run = services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    assert run.status == RunStatus.APPROVED_AND_EXECUTED
    assert len(run.reply.text) > 20


def test_a_rejection_sends_nothing_and_keeps_its_reason(supervisor):
    run = pending_run()
    run = services.decision_make(run_id=run.pk, supervisor=supervisor, approved=False, reason="Wrong tone")
    assert run.status == RunStatus.REJECTED
    assert not Reply.objects.exists()
    assert Decision.objects.get().reason == "Wrong tone"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_rejection_without_a_reason_is_refused(supervisor, reason):
    run = pending_run()
    with pytest.raises(InvalidInput) as refusal:
        services.decision_make(run_id=run.pk, supervisor=supervisor, approved=False, reason=reason)
    assert refusal.value.loc == ("body", "reason")
    assert Run.objects.get().status == RunStatus.PENDING_APPROVAL


def test_a_second_decision_is_refused_with_who_and_when(supervisor):
    run = pending_run()
    services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    other = make_supervisor("other")
    with pytest.raises(Conflict) as refusal:
        services.decision_make(run_id=run.pk, supervisor=other, approved=False, reason="No")
    assert "supervisor" in str(refusal.value)
    assert refusal.value.state["decided_by"] == "supervisor"
    assert refusal.value.state["decided_at"]
    assert Reply.objects.count() == 1


def test_an_unknown_case_is_not_found(supervisor):
    with pytest.raises(NotFound):
        services.decision_make(run_id=supervisor.pk, supervisor=supervisor, approved=True)


def test_a_run_that_is_still_worked_on_cannot_be_decided(supervisor):
    receipt = receive()
    with pytest.raises(Conflict, match="worked on"):
        services.decision_make(run_id=receipt.run_id, supervisor=supervisor, approved=True)


def test_a_draft_that_changed_since_it_was_read_is_not_approved(supervisor):
    run = pending_run()
    digest = selectors.draft_digest(run)
    Run.objects.filter(pk=run.pk).update(draft="Something else.")
    with pytest.raises(Conflict, match="changed"):
        services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True, draft_digest=digest)


def test_a_new_message_of_the_conversation_makes_what_was_read_old(supervisor):
    run = pending_run()
    digest = selectors.draft_digest(run)
    receive(text="And another thing!")
    with pytest.raises(Conflict, match="changed"):
        services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True, draft_digest=digest)


def test_the_right_digest_is_accepted(supervisor):
    run = pending_run()
    run = services.decision_make(
        run_id=run.pk, supervisor=supervisor, approved=True, draft_digest=selectors.draft_digest(run)
    )
    assert run.status == RunStatus.APPROVED_AND_EXECUTED


def test_a_case_claimed_by_another_cannot_be_decided_until_the_claim_ends(supervisor):
    run = pending_run()
    services.case_claim(run_id=run.pk, user=make_supervisor("other"))
    with pytest.raises(Conflict, match="other has claimed"):
        services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    Run.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True).claimed_by is None


def test_a_claim_is_renewed_by_its_holder_and_refused_to_others(supervisor):
    run, other = pending_run(), make_supervisor("other")
    first = services.case_claim(run_id=run.pk, user=supervisor).claimed_until
    assert services.case_claim(run_id=run.pk, user=supervisor).claimed_until > first
    with pytest.raises(Conflict):
        services.case_claim(run_id=run.pk, user=other)
    with pytest.raises(Conflict):
        services.case_release(run_id=run.pk, user=other)
    services.case_release(run_id=run.pk, user=supervisor)
    services.case_release(run_id=run.pk, user=supervisor)
    assert services.case_claim(run_id=run.pk, user=other).claimed_by == other


def test_an_approval_left_in_the_middle_is_finished_by_a_worker_once(supervisor):
    run = pending_run()
    from crm.services.decisions import _decide

    _decide(run.pk, supervisor, approved=True, reason="", reply="", draft_digest="")
    Run.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    services.run_continue(run_id=run.pk)
    services.run_continue(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == RunStatus.APPROVED_AND_EXECUTED
    assert Reply.objects.count() == 1


def test_the_database_takes_one_decision_a_case_and_never_changes_it(supervisor):
    run = pending_run()
    services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(run=run, supervisor=supervisor, kind="approved", draft_digest="x")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Decision.objects.update(reason="changed")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Decision.objects.all().delete()


def test_an_approval_on_a_channel_that_sends_queues_the_reply_with_its_job(supervisor):
    run = waiting_case(Channel.Kind.WHATSAPP_META)
    run = services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    assert run.status == RunStatus.APPROVED_AND_EXECUTED
    assert run.reply.status == Reply.Status.QUEUED
    assert ProcrastinateJob.objects.filter(queueing_lock=f"reply:{run.reply.pk}", status="todo").count() == 1


@pytest.mark.parametrize("kind", [Channel.Kind.WHATSAPP_META, Channel.Kind.WHATSAPP_TWILIO])
def test_outside_whatsapps_window_a_case_cannot_be_approved_but_rejected(supervisor, kind):
    run = waiting_case(kind, sent_at=timezone.now() - timedelta(hours=24, minutes=1))
    with pytest.raises(Conflict, match=r"closed on .* opens when the customer writes again") as refusal:
        services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    assert refusal.value.state["window_closed_at"] < timezone.now()
    assert not Reply.objects.exists()
    run = services.decision_make(run_id=run.pk, supervisor=supervisor, approved=False, reason="Too late")
    assert run.status == RunStatus.REJECTED


@pytest.mark.parametrize("kind", [Channel.Kind.API, Channel.Kind.SMS_TWILIO])
def test_other_channels_have_no_window(supervisor, kind):
    run = waiting_case(kind, sent_at=timezone.now() - timedelta(days=3))
    run = services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True)
    assert run.status == RunStatus.APPROVED_AND_EXECUTED


def test_a_reply_longer_than_its_channel_carries_is_refused_before_it_is_decided(supervisor):
    run = waiting_case(Channel.Kind.SMS_TWILIO)
    with pytest.raises(InvalidInput, match="1600") as refusal:
        services.decision_make(run_id=run.pk, supervisor=supervisor, approved=True, reply="x" * 1601)
    assert refusal.value.loc == ("body", "reply")
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_supervisors_at_once_one_wins_and_the_customer_is_answered_once():
    people = [make_supervisor(f"supervisor-{number}") for number in range(6)]
    run = pending_run()
    barrier, won, lost, faults = threading.Barrier(len(people)), [], [], []

    def decide(person):
        try:
            barrier.wait(10)
            won.append(services.decision_make(run_id=run.pk, supervisor=person, approved=True))
        except Conflict as refusal:
            lost.append(refusal)
        except Exception as error:  # noqa: BLE001 (shown by the assertion)
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[person]) for person in people]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert faults == []
    assert len(won) == 1
    assert len(lost) == len(people) - 1
    assert all(refusal.state["decided_by"] == str(won[0].decision.supervisor) for refusal in lost)
    assert Reply.objects.count() == Decision.objects.count() == 1
