"""`/health`: the process is up. `/health/ready`: what it needs is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from django.db import DatabaseError, InterfaceError, connection
from drf_spectacular.utils import extend_schema, inline_serializer
from psycopg import Error as DriverError
from psycopg_pool import PoolTimeout
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from booms.database.migration import unapplied
from booms.jobs.pulse import a_worker_lives
from booms.serving.warm_up import is_warm

State = Literal["ok", "failing"]
DATABASE_SECONDS = 2

PART = serializers.ChoiceField(choices=["ok", "failing"])
HEALTH = inline_serializer("Health", {"status": serializers.CharField(help_text="healthy")})
READINESS = inline_serializer(
    "Readiness",
    {
        "status": serializers.CharField(help_text="ready or unready"),
        "parts": inline_serializer(
            "ReadinessParts", dict.fromkeys(("database", "migrations", "worker", "warm_up"), PART)
        ),
    },
)


class HealthView(APIView):
    """The process answers."""

    permission_classes = [AllowAny]

    @extend_schema(summary="Is the process up?", responses=HEALTH)
    def get(self, request: Request) -> Response:
        return Response({"status": "healthy"})


class ReadyView(APIView):
    """Database, migrations, a worker's heartbeat and this process's own warming up."""

    permission_classes = [AllowAny]

    @extend_schema(summary="Is everything there that requests need?", responses={200: READINESS, 503: READINESS})
    def get(self, request: Request) -> Response:
        parts = readiness()
        ready = all(state == "ok" for state in parts.values())
        return Response({"status": "ready" if ready else "unready", "parts": parts}, status=200 if ready else 503)


def readiness() -> dict[str, State]:
    """Each part and whether it is well; without a database nothing that is asked of it can be."""
    database = _holds(_database_answers)
    return {
        "database": _state(database),
        "migrations": _state(database and _holds(_migrations_applied)),
        "worker": _state(database and _holds(a_worker_lives)),
        "warm_up": _state(is_warm()),
    }


def _state(well: bool) -> State:
    return "ok" if well else "failing"


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, InterfaceError, DriverError, PoolTimeout):
        return False


def _database_answers() -> bool:
    """Over the pool that requests use, but with less patience than they have."""
    with connection.pool.connection(timeout=DATABASE_SECONDS) as server:
        return server.execute("SELECT 1").fetchone() is not None


class _Migrations:
    """Remembers that nothing was missing: migrations are not undone under a running process."""

    applied = False


def _migrations_applied() -> bool:
    _Migrations.applied = _Migrations.applied or unapplied() == 0
    return _Migrations.applied
