"""Migrations run once, and the checks on a server that is not ours."""

from __future__ import annotations

import threading
import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from booms.database import migration, requirements


@pytest.mark.django_db
def test_nothing_is_missing_after_migrating():
    assert migration.unapplied() == 0


@pytest.mark.django_db(transaction=True)
def test_a_second_process_waits_until_the_first_has_migrated():
    order = []

    def second():
        migration.migrate()
        order.append("second")
        connection.close()

    with migration._lock():
        other = threading.Thread(target=second)
        other.start()
        time.sleep(3 * migration.PAUSE_SECONDS)
        order.append("first")
    other.join(30)
    assert order == ["first", "second"]


@pytest.mark.django_db
def test_the_embedded_server_has_what_is_asked_of_any_server():
    requirements.check_server()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "needed", "said"),
    [("POSTGRESQL", 99, "PostgreSQL 99 or newer is needed"), ("PGVECTOR", (9, 1), "pgvector 9.1 or newer is needed")],
)
def test_a_server_that_is_too_old_is_refused(monkeypatch, name, needed, said):
    monkeypatch.setattr(requirements, name, needed)
    with pytest.raises(ImproperlyConfigured, match=said):
        requirements.check_server()
