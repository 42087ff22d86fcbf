"""Which status may follow which; what happened stays on record."""

from __future__ import annotations

import itertools

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from booms.core.errors import InvalidTransition
from crm.models import Run, RunStatus, RunTransition
from crm.tests.factories import pending_run, receive
from crm.transitions import TABLE, run_transition

pytestmark = pytest.mark.django_db

PAIRS = list(itertools.product(RunStatus.values, repeat=2))


def run_in(status: str) -> Run:
    """A run put into a status behind the machine's back, with all that the database's rules ask of it."""
    run = pending_run()
    Run.objects.filter(pk=run.pk).update(status=status)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[1] in TABLE[pair[0]]])
def test_an_allowed_transition_is_made_and_recorded(before, after):
    run = run_in(before)
    run_transition(run, after, reason="because")
    run.refresh_from_db()
    assert run.status == after
    record = run.transitions.last()
    assert (record.from_status, record.to_status, record.reason) == (before, after, "because")


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[1] not in TABLE[pair[0]]])
def test_any_other_transition_is_refused_and_changes_nothing(before, after):
    run = run_in(before)
    records = run.transitions.count()
    with pytest.raises(InvalidTransition) as refusal:
        run_transition(run, after)
    assert refusal.value.state["status"] == before
    run.refresh_from_db()
    assert run.status == before
    assert run.transitions.count() == records


def test_every_status_has_its_line_in_the_table():
    assert set(TABLE) == set(RunStatus.values)


def test_the_record_of_a_transition_can_be_neither_changed_nor_deleted():
    run = pending_run()
    record = run.transitions.get()
    with pytest.raises(ProgrammingError), transaction.atomic():
        RunTransition.objects.filter(pk=record.pk).update(reason="never")
    with pytest.raises(ProgrammingError), transaction.atomic():
        record.delete()


@pytest.mark.parametrize(
    "values",
    [
        {"status": "unheard_of"},
        {"lease_token": None},
        {"status": "processed", "lease_token": None, "leased_until": None},
        {"status": "rejected"},
    ],
)
def test_the_database_itself_refuses_a_run_that_breaks_the_rules(values):
    receipt = receive()
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=receipt.run_id).update(**values)
