"""Jobs are part of the transaction that needs them, in a worker too."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from booms.jobs.connector import WorkerConnector
from booms.jobs.deferring import job_defer


def defer(lock="one"):
    return job_defer("booms.stalled_jobs_free", queue="sweep", queueing_lock=lock, timestamp=7)


@pytest.fixture
def in_a_worker():
    """What a worker does to the app of its process."""
    with app.replace_connector(WorkerConnector(app.connector)):
        yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_a_worker")
def test_a_job_that_a_worker_defers_is_not_seen_before_its_transaction_ends():
    with transaction.atomic():
        assert defer()
        assert ProcrastinateJob.objects.count() == 1
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    with transaction.atomic():
        assert defer()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.queue_name, job.args) == ("booms.stalled_jobs_free", "sweep", {"timestamp": 7})
    assert job.priority == app.tasks["booms.stalled_jobs_free"].priority > 0


@pytest.mark.django_db
def test_a_job_that_waits_already_is_not_queued_twice_and_leaves_the_transaction_whole():
    with transaction.atomic():
        assert defer()
        assert not defer()
        assert defer("two")
    assert ProcrastinateJob.objects.filter(queueing_lock__in=["one", "two"]).count() == 2


@pytest.mark.django_db
def test_a_task_that_does_not_exist_is_not_queued():
    with pytest.raises(TaskNotFound):
        job_defer("booms.stalled_jobs_fre", queue="sweep", queueing_lock="one")
