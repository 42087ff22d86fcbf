"""Work that waits: runs are taken up where they were left, and found again when their worker dies."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction

from crm.models import Run, RunStatus
from crm.services.conversations import conversation_lock
from crm.services.decisions import decision_execute
from crm.services.leases import abandoned_runs, lease_take, taken_up_at
from crm.services.queueing import run_continue_defer
from crm.services.runs import run_process

logger = logging.getLogger(__name__)

SWEEP_LIMIT = 500


def run_continue(*, run_id: UUID) -> None:
    """Take up a run that waits for work, wherever it was left.

    When its turn has not come, or somebody works on it, it is queued for when it can be taken up.
    """
    lease_token = lease_take(run_id)
    if lease_token is None:
        _continue_later(run_id)
        return
    status = Run.objects.values_list("status", flat=True).get(pk=run_id)
    if status == RunStatus.APPROVING:
        decision_execute(run_id=run_id, lease_token=lease_token)
    else:
        run_process(run_id=run_id, lease_token=lease_token)


@transaction.atomic
def _continue_later(run_id: UUID) -> None:
    """Whoever settles the run before this one found its job queued, and queued no other: they are waited for."""
    conversation_lock(run_id=run_id)
    later = taken_up_at(run_id)
    if later is not None:
        run_continue_defer(run_id, at=later)


def runs_sweep() -> int:
    """Queue every run whose worker is gone; the number queued."""
    found = list(abandoned_runs().order_by("created_at").values_list("pk", flat=True)[:SWEEP_LIMIT])
    queued = sum(run_continue_defer(run_id) for run_id in found)
    if queued:
        logger.warning("Abandoned runs were queued again", extra={"runs": queued})
    return queued
