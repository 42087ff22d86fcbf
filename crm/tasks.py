"""Background work: runs that wait, and the sweep for those whose worker is gone."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from booms.jobs.executor import in_pool
from crm import services
from crm.services.queueing import QUEUE, TASK


@app.task(name=TASK, queue=QUEUE)
async def run_continue(run_id: str) -> None:
    """Take up one run."""
    await in_pool(services.run_continue, run_id=UUID(run_id))


@app.periodic(cron="* * * * *")
@app.task(name="crm.runs_sweep", queue="sweep", queueing_lock="crm.runs_sweep")
async def runs_sweep(timestamp: int) -> None:
    """Queue the runs whose worker is gone."""
    await in_pool(services.runs_sweep)
