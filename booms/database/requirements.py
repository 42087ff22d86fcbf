"""What the product asks of a PostgreSQL server that is not its own."""

from __future__ import annotations

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

POSTGRESQL = 15
PGVECTOR = (0, 8)
CONNECT_SECONDS = 5


def check_server() -> None:
    """Raise `ImproperlyConfigured`, with one sentence, for a server that cannot be reached or lacks something."""
    parameters = connection_parameters()
    try:
        with psycopg.connect(**parameters, connect_timeout=CONNECT_SECONDS, autocommit=True) as server:
            _check_version(server)
            _check_vectors(server)
    except psycopg.OperationalError as error:
        where = f"{parameters.get('host') or 'the local socket'}, database {parameters.get('dbname')}"
        raise ImproperlyConfigured(f"PostgreSQL cannot be reached ({where}): {_first_line(error)}.") from error


def connection_parameters() -> dict[str, Any]:
    """What psycopg needs for a connection outside Django's pool."""
    parameters = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        parameters.pop(ours, None)
    return parameters


def _check_version(server: psycopg.Connection) -> None:
    version = server.info.server_version // 10000
    if version < POSTGRESQL:
        raise ImproperlyConfigured(f"PostgreSQL {POSTGRESQL} or newer is needed; the server is {version}.")


def _check_vectors(server: psycopg.Connection) -> None:
    needed = ".".join(map(str, PGVECTOR))
    row = server.execute(
        "SELECT coalesce(installed_version, default_version) FROM pg_available_extensions WHERE name = 'vector'"
    ).fetchone()
    if row is None:
        raise ImproperlyConfigured(f"The database server lacks pgvector; install version {needed} or newer.")
    if tuple(map(int, row[0].split(".")[:2])) < PGVECTOR:
        raise ImproperlyConfigured(f"pgvector {needed} or newer is needed; the database has {row[0]}.")
    try:
        server.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except psycopg.errors.InsufficientPrivilege as error:
        raise ImproperlyConfigured(
            "The database user may not create the extension pgvector; let an administrator run CREATE EXTENSION vector."
        ) from error


def _first_line(error: psycopg.Error) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else "no answer"
