"""Runs that a worker is to take up are jobs, deferred in the transaction that needs them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

TASK, QUEUE = "crm.run_continue", "runs"


def run_continue_defer(run_id: UUID, *, at: datetime | None = None) -> bool:
    """Have a worker take up the run, now or `at` a time, as part of the caller's transaction; False: it will anyway."""
    try:
        # A savepoint: a job that is queued already must not abort the caller's transaction.
        with transaction.atomic():
            task = app.configure_task(
                TASK, queue=QUEUE, queueing_lock=f"run:{run_id}", schedule_at=at, allow_unknown=False
            )
            task.defer(run_id=str(run_id))
    except AlreadyEnqueued:
        return False
    return True
