"""What all tests of the CRM share: vendors that live on this machine."""

from __future__ import annotations

import pytest

from crm.tests.doubles import VendorServer

ACCESS_TOKEN, ACCOUNT_SID, AUTH_TOKEN = "token-of-a-test", "AC00000000000000000000000000000000", "auth-of-a-test"


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
