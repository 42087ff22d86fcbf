"""The project's own background work: sweeping up. Each worker does all of it at its start, too."""

from __future__ import annotations

from procrastinate.contrib.django import app

from accounts import services as accounts
from booms.jobs import failures
from booms.jobs.executor import in_pool
from booms.jobs.stalled import free_stalled_jobs

FINISHED_HOURS = 24
FAILED_HOURS = 30 * 24


@app.periodic(cron="* * * * * */15")  # the sixth field is seconds
@app.task(name="booms.stalled_jobs_free", queue="sweep", queueing_lock="booms.stalled_jobs_free", priority=10)
async def stalled_jobs_free(timestamp: int) -> None:
    """Queue jobs again whose worker is gone."""
    await free_stalled_jobs(app)


@app.periodic(cron="*/10 * * * *")
@app.task(name="booms.old_rows_forget", queue="sweep", queueing_lock="booms.old_rows_forget")
async def old_rows_forget(timestamp: int) -> None:
    """Delete finished jobs of yesterday, failed ones of last month, and counts of failed logins that no limit needs."""
    forget = app.job_manager.delete_old_jobs
    await forget(nb_hours=FINISHED_HOURS, include_cancelled=True, include_aborted=True)
    await forget(nb_hours=FAILED_HOURS, include_failed=True)
    # A sweep is done again in a moment, whatever became of this one.
    await forget(nb_hours=FINISHED_HOURS, queue="sweep", include_failed=True)
    await in_pool(failures.failures_forget)
    await in_pool(accounts.failures_forget)
