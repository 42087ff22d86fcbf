"""Jobs that failed: why, and another chance for them."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.worker import Worker

from booms.core.errors import Conflict, NotFound
from booms.jobs.executor import in_pool
from booms.models import FailedJob, JobFailure

logger = logging.getLogger(__name__)


async def failures_noted(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Around every job of a worker: what goes wrong in it is kept, whether it is tried again or not."""
    try:
        return await call_next()
    except Exception as error:
        await failure_keep(context.job, error=_name(error), place=_place(error))
        raise


async def failure_keep(job: Job, *, error: str, place: str = "") -> None:
    """Keep why an attempt failed, for which the database may be the reason: then the log alone says it."""
    try:
        await in_pool(_note, job_id=job.id, error=error, place=place)
    except DatabaseError:
        logger.warning("Why a job failed could not be kept", extra={"job": job.id, "error": error, "place": place})


def failures_forget() -> int:
    """Delete what is known of jobs that are gone; how many."""
    job = ProcrastinateJob.objects.filter(pk=OuterRef("job_id"))
    return JobFailure.objects.filter(~Exists(job)).delete()[0]


@transaction.atomic
def job_queue_again(*, job_id: int, user: AbstractBaseUser) -> None:
    """Give a failed job another chance at once.

    Raises `NotFound`, and `Conflict` for a job that is not failed (any more) or whose work is queued already.
    """
    job = FailedJob.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise NotFound(f"There is no job {job_id}.")
    if job.status != Status.FAILED.value:
        raise Conflict(f"The job has not failed: it is {job.status}.", state={"status": job.status})
    try:
        with transaction.atomic():
            django_app.job_manager.retry_job_by_id(job_id, retry_at=timezone.now())
    except exceptions.UniqueViolation as waiting:
        raise Conflict("A job that does the same work is queued already.", state={"status": job.status}) from waiting
    logger.info("A failed job is queued again", extra={"job": job_id, "task": job.task_name, "user": str(user.pk)})


def _note(*, job_id: int, error: str, place: str) -> None:
    failure = JobFailure(job_id=job_id, error=error[:200], place=place[-300:])
    failure.full_clean()
    failure.save(force_insert=True)


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _place(error: BaseException) -> str:
    """The innermost line of ours that the error passed through."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    if not ours:
        return ""
    return f"{Path(ours[-1].filename).relative_to(settings.ROOT)}:{ours[-1].lineno} {ours[-1].name}"


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(settings.ROOT) and "site-packages" not in path.parts
