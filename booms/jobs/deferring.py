"""Jobs deferred in the transaction that needs them, by servers and, thanks to `WorkerConnector`, by workers alike."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue


def job_defer(task: str, *, queue: str, queueing_lock: str, at: datetime | None = None, **arguments: JSONValue) -> bool:
    """Queue a job, now or `at` a time, as part of the caller's transaction; False when one with the lock waits already.

    Its priority and its arguments are the task's own. Raises `TaskNotFound`.
    """
    try:
        # A savepoint: a job that is queued already must not abort the caller's transaction.
        with transaction.atomic():
            deferrer = app.configure_task(
                task, queue=queue, queueing_lock=queueing_lock, schedule_at=at, allow_unknown=False
            )
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True
