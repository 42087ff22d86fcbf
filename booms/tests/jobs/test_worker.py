"""The worker's own sweeps, run by a real worker."""

from __future__ import annotations

import asyncio

import pytest
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.models import ProcrastinateJob

from booms.serving.worker import _sweep

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_starting_worker_does_at_once_what_is_due_every_minute():
    async def start(app):
        async with app.open_async():
            await _sweep(app)
            await _sweep(app)  # a second worker that starts at the same moment
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    with django_app.replace_connector(django_app.connector.get_worker_connector()) as app:
        asyncio.run(start(app))
    done = set(ProcrastinateJob.objects.filter(status="succeeded").values_list("task_name", flat=True))
    assert {"booms.stalled_jobs_free", "booms.old_rows_forget", "crm.runs_sweep"} <= done
    assert not ProcrastinateJob.objects.exclude(status="succeeded").exists()
