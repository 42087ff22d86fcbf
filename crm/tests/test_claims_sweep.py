"""Claims that ran out are taken back; those that are held stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from crm import services
from crm.models import Run
from crm.tests.factories import make_supervisor, pending_run

pytestmark = pytest.mark.django_db


def test_claims_that_ran_out_are_swept_and_others_are_not():
    supervisor = make_supervisor()
    gone, held = (pending_run(client_id=name, text=name) for name in ("gone", "held"))
    for run in (gone, held):
        services.case_claim(run_id=run.pk, user=supervisor)
    assert services.claims_sweep() == 0
    Run.objects.filter(pk=gone.pk).update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert services.claims_sweep() == 1
    assert services.claims_sweep() == 0
    gone, held = Run.objects.get(pk=gone.pk), Run.objects.get(pk=held.pk)
    assert (gone.claimed_by, gone.claimed_until) == (None, None)
    assert held.claimed_by == supervisor


def test_a_sweep_at_the_moment_of_a_renewal_takes_nothing_from_the_supervisor():
    supervisor, run = make_supervisor(), pending_run()
    services.case_claim(run_id=run.pk, user=supervisor)
    Run.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    services.case_claim(run_id=run.pk, user=supervisor)
    assert services.claims_sweep() == 0
    assert services.case_release(run_id=run.pk, user=supervisor).claimed_by is None
