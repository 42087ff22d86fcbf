"""Jobs that fail: why is kept, transient faults of the database are tried again, operators give another chance."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from uuid import uuid4

import django.db
import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from accounts.models import User
from booms.core.errors import Conflict, NotFound
from booms.jobs.failures import failures_forget, failures_noted, job_queue_again
from booms.jobs.retrying import PAUSES, WhenDatabaseIsBack
from booms.models import JobFailure

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/booms/failedjob/"


@pytest.fixture
def operator():
    return User.objects.create_superuser(username="operator", password="a-good-password")


@pytest.fixture
def broken():
    """A task that fails as long as `fault` is set."""
    state = SimpleNamespace(fault=ValueError("what a customer wrote"), done=0)

    async def fail(run_id):
        if state.fault:
            raise state.fault
        state.done += 1

    fail.__module__ = __name__
    name = f"tests.broken-{uuid4().hex}"
    state.task = django_app.task(name=name, queue="tests", retry=WhenDatabaseIsBack())(fail)
    yield state
    del django_app.tasks[name]


def defer(broken, **options):
    return broken.task.configure(**options).defer(run_id="a-run")


def work():
    async def run(app):
        async with app.open_async():
            await app.run_worker_async(
                wait=False,
                queues=["tests"],
                install_signal_handlers=False,
                listen_notify=False,
                worker_middleware=[failures_noted],
            )

    with django_app.replace_connector(django_app.connector.get_worker_connector()) as app:
        asyncio.run(run(app))


def test_what_goes_wrong_is_kept_with_its_place_and_without_its_words(broken):
    job = defer(broken)
    work()
    failure = JobFailure.objects.get()
    assert failure.job_id == job
    assert failure.error == "ValueError"
    assert failure.place.startswith("booms/tests/jobs/test_failures.py:")
    assert "customer" not in str(failure)
    assert ProcrastinateJob.objects.get(pk=job).status == "failed"


@pytest.mark.parametrize("fault", [django.db.OperationalError("gone"), psycopg.OperationalError("gone")])
def test_a_blip_of_the_database_fails_no_job_for_good(broken, fault):
    broken.fault = fault
    job = defer(broken)
    work()
    row = ProcrastinateJob.objects.get(pk=job)
    assert (row.status, row.attempts) == ("todo", 1)
    assert row.scheduled_at is not None
    broken.fault = None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    work()
    assert ProcrastinateJob.objects.get(pk=job).status == "succeeded"
    assert JobFailure.objects.count() == 1


def test_retries_end():
    strategy, fault = WhenDatabaseIsBack(), django.db.OperationalError("gone")
    decide = strategy.get_retry_decision
    assert all(decide(exception=fault, job=SimpleNamespace(attempts=n)) for n in range(len(PAUSES)))
    assert decide(exception=fault, job=SimpleNamespace(attempts=len(PAUSES))) is None
    assert decide(exception=ValueError(), job=SimpleNamespace(attempts=0)) is None


def test_a_failed_job_is_queued_again_and_done_once(broken, operator):
    job = defer(broken)
    work()
    broken.fault = None
    job_queue_again(job_id=job, user=operator)
    with pytest.raises(Conflict, match="has not failed: it is todo"):
        job_queue_again(job_id=job, user=operator)
    work()
    assert broken.done == 1
    with pytest.raises(Conflict, match="succeeded"):
        job_queue_again(job_id=job, user=operator)
    with pytest.raises(NotFound):
        job_queue_again(job_id=job + 1_000_000, user=operator)


def test_a_job_whose_work_is_queued_already_is_not_queued_twice(broken, operator):
    job = defer(broken, queueing_lock="one")
    work()
    defer(broken, queueing_lock="one")
    with pytest.raises(Conflict, match="queued already"):
        job_queue_again(job_id=job, user=operator)
    with pytest.raises(AlreadyEnqueued):
        defer(broken, queueing_lock="one")


def test_failures_of_jobs_that_are_gone_are_forgotten(broken):
    job = defer(broken)
    work()
    assert failures_forget() == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job])
    assert failures_forget() == 1


def test_operators_see_failed_jobs_alone_and_queue_them_again(broken, operator, client):
    failed = defer(broken)
    work()
    waiting = defer(broken)
    client.force_login(operator)
    page = client.get(LIST).content.decode()
    assert "run_id=a-run" in page
    assert "ValueError" in page
    assert "what a customer wrote" not in page
    assert f"/{failed}/change/" in page
    assert f"/{waiting}/change/" not in page
    assert "booms/tests/jobs/test_failures.py" in client.get(f"{LIST}{failed}/change/").content.decode()
    assert client.post(f"{LIST}{failed}/change/", {}).status_code == 403  # the queue changes its rows itself
    answer = client.post(LIST, {"action": "queue_again", "_selected_action": [failed]}, follow=True)
    assert "1 job is queued again." in answer.content.decode()
    assert ProcrastinateJob.objects.get(pk=failed).status == "todo"
    answer = client.get(LIST, headers={"accept-language": "es"}).content.decode()
    assert "rabajos fallidos" in answer


def test_who_may_only_look_may_not_queue_again(broken, client):
    failed = defer(broken)
    work()
    looker = User.objects.create_user(username="looker", password="a-good-password", is_staff=True)
    client.force_login(looker)
    assert client.get(LIST).status_code == 403
    looker.user_permissions.add(Permission.objects.get(codename="view_failedjob"))
    assert client.get(LIST).status_code == 200
    client.post(LIST, {"action": "queue_again", "_selected_action": [failed]})
    assert ProcrastinateJob.objects.get(pk=failed).status == "failed"
    assert client.post(f"{LIST}{failed}/change/", {}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{failed}/delete/", {"post": "yes"}).status_code == 403


def test_the_whole_queue_is_for_reading(operator, client, broken):
    job = defer(broken)
    client.force_login(operator)
    answer = client.post("/admin/procrastinate/procrastinatejob/", {"action": "cancel", "_selected_action": [job]})
    assert answer.status_code in (200, 302)
    assert ProcrastinateJob.objects.get(pk=job).status == "todo"
