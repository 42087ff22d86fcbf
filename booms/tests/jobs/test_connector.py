"""What a service defers within a job is part of the service's transaction."""

from __future__ import annotations

import asyncio

import pytest
from django.db import transaction
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.models import ProcrastinateJob

from booms.jobs.connector import WorkerConnector
from booms.jobs.executor import in_pool

pytestmark = pytest.mark.django_db(transaction=True)


def in_worker(service):
    """Call the service as a worker calls it for a job."""

    async def run(app):
        async with app.open_async():
            return await in_pool(service)

    with django_app.replace_connector(WorkerConnector(django_app.connector)) as app:
        return asyncio.run(run(app))


def defer():
    return django_app.configure_task("test.job").defer()


def test_a_job_is_queued_with_the_rows_it_is_about_and_goes_with_them():
    def service():
        with transaction.atomic():
            defer()
            assert ProcrastinateJob.objects.count() == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_worker(service)
    assert not ProcrastinateJob.objects.exists()


def test_a_job_is_nobody_s_before_the_commit():
    seen = []

    def service():
        with transaction.atomic():
            number = defer()
            seen.append(asyncio.run(in_pool(ProcrastinateJob.objects.count)))
        return number

    number = in_worker(service)
    assert seen == [0]
    assert ProcrastinateJob.objects.get().pk == number
