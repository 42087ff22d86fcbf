"""What all tests share."""

import pytest


@pytest.fixture(autouse=True)
def an_empty_ledger(request):
    """Steps of a graph run in threads of their own, whose ledger rows are committed and outlive their test."""
    if request.node.get_closest_marker("django_db"):
        from agents.models import ModelCall

        request.getfixturevalue("_django_db_marker")
        ModelCall.objects.all().delete()
