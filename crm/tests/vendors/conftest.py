"""What tests of vendors' requests share."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from crm.tests.vendors.payloads import CHANNELS


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.CHANNELS = CHANNELS


@pytest.fixture
def client():
    return APIClient()
