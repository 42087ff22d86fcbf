"""Migrations: are any missing, and running them once however many processes start at the same time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

LOCK = 0x626F6F6D73  # "booms": the advisory lock's number
PAUSE_SECONDS = 0.3


def unapplied() -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Apply what is missing; the number applied. A second process waits for the first and finds nothing to do."""
    with _lock():
        if count := unapplied():
            call_command("migrate", interactive=False, verbosity=0)
    return count


@contextmanager
def _lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        # Asked for again and again: a statement that waits would hold up CREATE INDEX CONCURRENTLY.
        while not _ask(cursor, "SELECT pg_try_advisory_lock(%s)"):
            time.sleep(PAUSE_SECONDS)
        try:
            yield
        finally:
            _ask(cursor, "SELECT pg_advisory_unlock(%s)")


def _ask(cursor: CursorWrapper, statement: str) -> bool:
    cursor.execute(statement, [LOCK])
    return cursor.fetchone()[0]
