"""What tests of vendors' requests share."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient


@pytest.fixture(autouse=True)
def set_up(vendors_set_up):
    """Every vendor is set up in these tests."""


@pytest.fixture
def client():
    return APIClient()
