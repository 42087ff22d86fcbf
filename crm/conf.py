"""Typed settings of the channels, read once from `django.conf.settings.CHANNELS`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings as django_settings
from django.core.signals import setting_changed


@dataclass(frozen=True, kw_only=True, slots=True)
class Meta:
    """The WhatsApp application at Meta. `phone_number_id` is the default channel's."""

    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)
    phone_number_id: str = ""
    base_url: str = "https://graph.facebook.com/v23.0"


@dataclass(frozen=True, kw_only=True, slots=True)
class Twilio:
    """The account at Twilio. `sender` is the default channel's number, with `whatsapp:` before it or without."""

    auth_token: str = field(default="", repr=False)
    account_sid: str = ""
    sender: str = ""
    base_url: str = "https://api.twilio.com"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelSettings:
    """Everything the channels may be told from outside."""

    meta: Meta
    twilio: Twilio
    callbacks_to_private_addresses: bool = False
    event_age: timedelta = timedelta(days=30)


def settings() -> ChannelSettings:
    """The settings, built at first use and again when a test changes them."""
    return _settings()


@lru_cache(maxsize=1)
def _settings() -> ChannelSettings:
    return from_mapping(getattr(django_settings, "CHANNELS", {}))


def from_mapping(given: Mapping[str, Any]) -> ChannelSettings:
    """Build settings from the upper-case names of the environment. Absent or empty values keep their defaults."""
    filled = {name: value for name, value in given.items() if value not in (None, "")}
    meta = {name[5:].lower(): value for name, value in filled.items() if name.startswith("META_")}
    twilio = {name[7:].lower(): value for name, value in filled.items() if name.startswith("TWILIO_")}
    if "from" in twilio:
        twilio["sender"] = twilio.pop("from")
    return ChannelSettings(
        meta=Meta(**meta),
        twilio=Twilio(**twilio),
        callbacks_to_private_addresses=filled.get("CALLBACKS_TO_PRIVATE_ADDRESSES", False),
        event_age=timedelta(days=filled.get("WEBHOOK_EVENT_DAYS", 30)),
    )


def _forget(*, setting: str, **_: object) -> None:
    if setting == "CHANNELS":
        _settings.cache_clear()


setting_changed.connect(_forget, dispatch_uid="crm.conf")
