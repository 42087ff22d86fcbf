"""Jobs of workers that are gone, against the real queue."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.models import ProcrastinateJob

from booms.jobs.pulse import SILENT_SECONDS
from booms.jobs.stalled import MOST_ATTEMPTS, free_stalled_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def run_sweep():
    """One sweep over a worker's own kind of connection."""

    async def sweep(app):
        async with app.open_async():
            return await free_stalled_jobs(app)

    with django_app.replace_connector(django_app.connector.get_worker_connector()) as app:
        return asyncio.run(sweep(app))


def a_job_under_way(*, silent_seconds=None, attempts=0, queueing_lock=None):
    """A job taken by a worker that has been silent for so long; None: whose worker's row is gone."""
    job = django_app.configure_task("test.job", queueing_lock=queueing_lock).defer()
    with connection.cursor() as cursor:
        worker = None
        if silent_seconds is not None:
            at = timezone.now() - timedelta(seconds=silent_seconds)
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [at])
            worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
            [worker, attempts, job],
        )
    return job


def status(job):
    return ProcrastinateJob.objects.get(pk=job).status


@pytest.mark.parametrize("silent_seconds", [None, SILENT_SECONDS + 5])
def test_a_job_whose_worker_is_gone_is_queued_again(silent_seconds):
    job = a_job_under_way(silent_seconds=silent_seconds)
    assert run_sweep() == 1
    assert status(job) == "todo"
    assert run_sweep() == 0


def test_a_job_whose_worker_lives_is_left_alone():
    job = a_job_under_way(silent_seconds=1)
    assert run_sweep() == 0
    assert status(job) == "doing"


def test_a_job_that_outlived_many_workers_is_given_up():
    job = a_job_under_way(attempts=MOST_ATTEMPTS)
    run_sweep()
    assert status(job) == "failed"


def test_a_job_that_waits_a_second_time_already_is_not_queued_twice():
    stalled = a_job_under_way(queueing_lock="one")
    waiting = django_app.configure_task("test.job", queueing_lock="one").defer()
    run_sweep()
    assert (status(stalled), status(waiting)) == ("aborted", "todo")


def test_sweeps_at_the_same_moment_free_every_job_once():
    async def sweeps(app):
        async with app.open_async():
            return await asyncio.gather(*(free_stalled_jobs(app) for _ in range(4)))

    jobs = [a_job_under_way() for _ in range(10)]
    with django_app.replace_connector(django_app.connector.get_worker_connector()) as app:
        freed = asyncio.run(sweeps(app))
    assert sum(freed) == len(jobs)
    assert {status(job) for job in jobs} == {"todo"}
    assert set(ProcrastinateJob.objects.values_list("attempts", flat=True)) == {1}
