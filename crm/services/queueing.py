"""Runs that a worker is to take up are jobs, deferred in the transaction that needs them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from booms.jobs.deferring import job_defer
from crm.models import Run, RunStatus

TASK, QUEUE = "crm.run_continue", "runs"


def run_continue_defer(run_id: UUID, *, at: datetime | None = None) -> bool:
    """Have a worker take up the run, now or `at` a time, as part of the caller's transaction; False: it will anyway."""
    return job_defer(TASK, queue=QUEUE, queueing_lock=f"run:{run_id}", at=at, run_id=str(run_id))


@transaction.atomic
def run_leave_to_worker(*, run_id: UUID) -> None:
    """Nobody's request waits for the run any more: from now on it is a run in the background.

    One that is being worked on stays what it is: whoever works on it may have a request waiting.
    """
    now = timezone.now()
    unbegun = Run.objects.filter(pk=run_id, status=RunStatus.RECEIVED, work_at__isnull=True, lease_token__isnull=True)
    unbegun.update(work_at=now, updated_at=now)
    run_continue_defer(run_id)
