"""The worker: takes up background jobs until it is told to stop."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from django.db import connections
from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.exceptions import AlreadyEnqueued

from booms.jobs.connector import WorkerConnector
from booms.jobs.failures import failures_noted
from booms.jobs.pulse import BEAT_SECONDS, SILENT_SECONDS
from crm.services import default_channels_ensure

# Nobody is notified when a job's time comes: so much longer than the quiet window a customer may wait.
POLL_SECONDS = 0.5


def work() -> None:
    """Run until SIGTERM or Ctrl-C, then finish the jobs under way.

    There is no limit on finishing: a job cut short would count as done. Whoever stops the worker kills it in the end,
    and its jobs are taken up by another.
    """
    _channels_prepare()
    with django_app.replace_connector(WorkerConnector(django_app.connector)) as app:
        asyncio.run(_run(app))


def _channels_prepare() -> None:
    """The environment's numbers are channels from the start, to be given an account before a message comes in."""
    try:
        default_channels_ensure()
    finally:
        connections.close_all()


async def _run(app: App) -> None:
    async with app.open_async():
        await _sweep(app)
        await app.run_worker_async(
            update_heartbeat_interval=BEAT_SECONDS,
            stalled_worker_timeout=SILENT_SECONDS,
            listen_notify=True,
            fetch_job_polling_interval=POLL_SECONDS,
            worker_middleware=[failures_noted],
        )


async def _sweep(app: App) -> None:
    """What is done periodically is due at the start: the last worker may have been killed."""
    now = int(time.time())
    for periodic in app.periodic_registry.periodic_tasks.values():
        with suppress(AlreadyEnqueued):
            await periodic.task.configure(**periodic.configure_kwargs).defer_async(timestamp=now)
