"""Work that waits: runs are queued for a worker, taken up where they were left, and found again when one dies."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from crm.models import Run, RunStatus
from crm.services.decisions import decision_execute
from crm.services.leases import abandoned_runs, lease_take
from crm.services.runs import run_process

logger = logging.getLogger(__name__)

TASK, QUEUE = "crm.run_continue", "runs"
SWEEP_LIMIT = 500


def run_continue(*, run_id: UUID) -> None:
    """Take up a run that waits for work, wherever it was left; nothing happens when somebody works on it."""
    lease_token = lease_take(run_id)
    if lease_token is None:
        return
    status = Run.objects.values_list("status", flat=True).get(pk=run_id)
    if status == RunStatus.APPROVING:
        decision_execute(run_id=run_id, lease_token=lease_token)
    else:
        run_process(run_id=run_id, lease_token=lease_token)


def run_continue_defer(run_id: UUID) -> bool:
    """Have a worker take up the run, as part of the caller's transaction; False when it is queued already."""
    try:
        # A savepoint: a job that is queued already must not abort the caller's transaction.
        with transaction.atomic():
            task = app.configure_task(TASK, queue=QUEUE, queueing_lock=f"run:{run_id}", allow_unknown=False)
            task.defer(run_id=str(run_id))
    except AlreadyEnqueued:
        return False
    return True


def runs_sweep() -> int:
    """Queue every run whose worker is gone; the number queued."""
    found = list(abandoned_runs().order_by("created_at").values_list("pk", flat=True)[:SWEEP_LIMIT])
    queued = sum(run_continue_defer(run_id) for run_id in found)
    if queued:
        logger.warning("Abandoned runs were queued again", extra={"runs": queued})
    return queued
