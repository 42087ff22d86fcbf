"""An empty queue: its tables belong to no managed model, so that Django's test cases do not empty them."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def an_empty_queue(request):
    if not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("transactional_db")
    _empty()
    yield
    _empty()


def _empty():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
