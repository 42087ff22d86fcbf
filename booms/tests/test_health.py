"""`/health` and `/health/ready`."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from booms import health
from booms.jobs.pulse import SILENT_SECONDS
from booms.serving import warm_up

pytestmark = pytest.mark.django_db


def beat(seconds_ago=0):
    """A worker's heartbeat."""
    at = timezone.now() - timedelta(seconds=seconds_ago)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


def test_health_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "healthy"})


def test_everything_there_is_ready(client):
    beat()
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "parts": {"database": "ok", "migrations": "ok", "worker": "ok", "warm_up": "ok"},
    }


@pytest.mark.parametrize("beats", [[], [SILENT_SECONDS + 1]])
def test_no_living_worker_is_unready_and_named(client, beats):
    for seconds in beats:
        beat(seconds)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": "ok", "migrations": "ok", "worker": "failing", "warm_up": "ok"}


def test_a_missing_migration_is_unready_and_named(client, monkeypatch):
    beat()
    monkeypatch.setattr(health._Migrations, "applied", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == "failing"


def test_an_unreachable_database_is_unready_and_tells_nothing_else(client, monkeypatch):
    monkeypatch.setattr(health, "DATABASE_SECONDS", 0.1)
    pool = connection.pool
    taken = [pool.getconn() for _ in range(pool.max_size - len(pool._pool))]
    taken += [pool.getconn() for _ in range(len(pool._pool))]
    try:
        answer = client.get("/health/ready")
    finally:
        for held in taken:
            pool.putconn(held)
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "unready",
        "parts": {"database": "failing", "migrations": "failing", "worker": "failing", "warm_up": "ok"},
    }


def test_a_process_that_warms_up_is_not_ready_yet(client, monkeypatch):
    beat()
    warm_up._under_way.set()
    try:
        assert client.get("/health/ready").json()["parts"]["warm_up"] == "failing"
    finally:
        warm_up._under_way.clear()
    assert client.get("/health/ready").status_code == 200
