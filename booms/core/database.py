"""Database manners that every app shares."""

from django.db import connection


def release_connection() -> None:
    """Give this thread's connection back to the pool before a long wait (a model call).

    Inside a transaction nothing is released: closing would lose it.
    """
    if not connection.in_atomic_block:
        connection.close()
