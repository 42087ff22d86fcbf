"""Background work: runs that wait, and the sweep for those whose worker is gone."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from booms.jobs.executor import in_pool
from booms.jobs.retrying import WhenDatabaseIsBack
from crm import services
from crm.services import outbox, sending
from crm.services.queueing import QUEUE, TASK

# However much is queued, what is abandoned is found in time, and what is answered goes out.
SWEEPS, REPLIES = 10, 5


@app.task(name=TASK, queue=QUEUE, retry=WhenDatabaseIsBack())
async def run_continue(run_id: str) -> None:
    """Take up one run."""
    await in_pool(services.run_continue, run_id=UUID(run_id))


@app.task(name=outbox.TASK, queue=outbox.QUEUE, priority=REPLIES, retry=WhenDatabaseIsBack())
async def reply_send(reply_id: str) -> None:
    """Make one attempt to send a reply."""
    await in_pool(sending.reply_send, reply_id=UUID(reply_id))


@app.periodic(cron="* * * * * */10")  # the sixth field is seconds
@app.task(name="crm.runs_sweep", queue="sweep", queueing_lock="crm.runs_sweep", priority=SWEEPS)
async def runs_sweep(timestamp: int) -> None:
    """Queue the runs whose worker is gone."""
    await in_pool(services.runs_sweep)


@app.periodic(cron="* * * * * */20")
@app.task(name="crm.deliveries_sweep", queue="sweep", queueing_lock="crm.deliveries_sweep", priority=SWEEPS)
async def deliveries_sweep(timestamp: int) -> None:
    """Settle attempts whose worker is gone, and queue replies that nobody sends."""
    await in_pool(sending.deliveries_sweep)


@app.periodic(cron="* * * * *")
@app.task(name="crm.claims_sweep", queue="sweep", queueing_lock="crm.claims_sweep")
async def claims_sweep(timestamp: int) -> None:
    """Take back claims that ran out."""
    await in_pool(services.claims_sweep)


@app.periodic(cron="17 3 * * *")
@app.task(name="crm.events_forget", queue="sweep", queueing_lock="crm.events_forget")
async def events_forget(timestamp: int) -> None:
    """Delete webhook events that are older than they are kept."""
    await in_pool(services.events_forget)
