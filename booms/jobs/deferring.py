"""Jobs deferred in the transaction that needs them, by servers and by workers alike."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue


def job_defer(task: str, *, queue: str, queueing_lock: str, at: datetime | None = None, **arguments: JSONValue) -> bool:
    """Queue a job, now or `at` a time, as part of the caller's transaction; False when one with the lock waits already.

    Its priority and its arguments are the task's own. Raises `KeyError` for a task that does not exist.
    """
    priority = django_app.tasks[task].priority
    try:
        # A savepoint: a job that is queued already must not abort the caller's transaction.
        with transaction.atomic():
            deferrer = _app().configure_task(
                task, queue=queue, queueing_lock=queueing_lock, priority=priority, schedule_at=at, allow_unknown=True
            )
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


@cache
def _app() -> App:
    """An app of its own: in a worker, procrastinate's speaks over the worker's connections, and a job deferred by it
    is taken up before the transaction is committed, and though it never is.
    """
    return App(connector=DjangoConnector())
