"""Jobs whose worker is gone: after a kill a job keeps saying that it runs, and holds its lock."""

from __future__ import annotations

import logging

from procrastinate import App, exceptions, utils
from procrastinate.jobs import Job, Status
from psycopg import errors

from booms.jobs.failures import failure_keep
from booms.jobs.pulse import SILENT_SECONDS

logger = logging.getLogger(__name__)

# A job that was running each time its worker died is most likely the reason.
MOST_ATTEMPTS = 10
WORKERS_DIED = "Its workers died"


async def free_stalled_jobs(app: App) -> int:
    """Queue the jobs of silent workers again; how many there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS))
    return sum([await _is_freed(app, job) for job in stalled])


async def _is_freed(app: App, job: Job) -> bool:
    try:
        await _free(app, job)
    except exceptions.ConnectorException as error:
        if not isinstance(error.__cause__, errors.RaiseException):
            raise
        # It is not under way any more: its worker was only slow, or another sweep was quicker.
        return False
    return True


async def _free(app: App, job: Job) -> None:
    extra = {"job": job.id, "task": job.task_name, "attempts": job.attempts}
    if job.attempts >= MOST_ATTEMPTS:
        logger.error("A job whose workers keep dying is given up", extra=extra)
        await failure_keep(job, error=WORKERS_DIED)
        await _finish(app, job, Status.FAILED)
        return
    try:
        await app.job_manager.retry_job(job, retry_at=utils.utcnow())
        logger.warning("A job whose worker is gone is queued again", extra=extra)
    except exceptions.UniqueViolation:
        # One with the same queueing lock waits already: that one does the work.
        await _finish(app, job, Status.ABORTED)


async def _finish(app: App, job: Job, status: Status) -> None:
    await app.job_manager.finish_job(job, status=status, delete_job=False)
