"""What tests of the CRM share: who uses it, and vendors that live on this machine."""

from __future__ import annotations

import pytest

from crm.tests.doubles import VendorServer
from crm.tests.factories import make_supervisor, make_user
from crm.tests.vendors.payloads import CHANNELS

ACCESS_TOKEN, ACCOUNT_SID, AUTH_TOKEN = "token-of-a-test", "AC00000000000000000000000000000000", "auth-of-a-test"


@pytest.fixture
def supervisor():
    return make_supervisor()


@pytest.fixture
def browser(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def administrator(client):
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def vendors_set_up(settings):
    """Secrets of Meta and Twilio that requests of tests are signed with."""
    settings.CHANNELS = CHANNELS


@pytest.fixture
def vendors(settings):
    """Meta, Twilio and the receiver of callbacks as one local server, and settings that lead there."""
    with VendorServer() as server:
        settings.CHANNELS = {
            **settings.CHANNELS,
            "META_ACCESS_TOKEN": ACCESS_TOKEN,
            "META_BASE_URL": server.meta_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_BASE_URL": server.twilio_url,
            "CALLBACKS_TO_PRIVATE_ADDRESSES": True,
        }
        settings.PUBLIC_BASE_URL = "https://booms.example"
        yield server
