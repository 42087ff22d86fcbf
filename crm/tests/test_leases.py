"""Leases hang on the database's clock, not on this machine's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm import services
from crm.models import Run
from crm.services.leases import LEASE, lease_take, taken_up_at
from crm.tests.factories import receive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", [timedelta(hours=-1), timedelta(hours=1)])
def test_a_machine_whose_clock_is_wrong_takes_up_what_is_due_and_nothing_else(monkeypatch, wrong):
    due, later = receive(client_id="due", in_background=True), receive(client_id="later", in_background=True)
    now = timezone.now()
    Run.objects.filter(pk=due.run_id).update(work_at=now)
    Run.objects.filter(pk=later.run_id).update(work_at=now + timedelta(minutes=1))
    monkeypatch.setattr(timezone, "now", lambda: now + wrong)

    assert lease_take(due.run_id) is not None
    assert lease_take(later.run_id) is None
    assert taken_up_at(later.run_id) == now + timedelta(minutes=1)
    assert now < Run.objects.get(pk=due.run_id).leased_until < now + LEASE + timedelta(minutes=1)
    assert services.runs_sweep() == 0
