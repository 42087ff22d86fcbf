"""A calm model, and an empty queue: its tables are of no managed model, so Django's test cases do not empty them."""

from __future__ import annotations

import pytest
from django.db import connection

from crm.tests.order.playing import model


@pytest.fixture(autouse=True)
def an_empty_queue(request):
    if not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("transactional_db")
    _empty()
    yield
    _empty()


@pytest.fixture(autouse=True)
def a_calm_model():
    with model():
        yield


def _empty():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
