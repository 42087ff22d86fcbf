"""Channels and the keys that open them."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import Account, User
from accounts.services import ADDRESS_LIMIT, failures_check, failures_record
from booms.core.errors import Unauthenticated
from crm.models import Channel, WebhookKey

logger = logging.getLogger(__name__)

PREFIX_CHARACTERS = 8
# How precisely "last used" is kept: a write a request would cost more than it tells.
LAST_USED_PRECISION = timedelta(minutes=1)


def channel_default() -> Channel:
    """The API channel without an account, to which the environment's key belongs."""
    channel, _created = Channel.objects.select_related("account").get_or_create(
        kind=Channel.Kind.API, address=Channel.DEFAULT_ADDRESS
    )
    return channel


def channel_ensure(*, address: str, account: Account | None = None) -> Channel:
    """The API channel of this name, made if missing; an account given here becomes the channel's.

    Raises `ValidationError` for a name that does not fit.
    """
    channel = Channel.objects.filter(kind=Channel.Kind.API, address=address).first()
    channel = channel or Channel(kind=Channel.Kind.API, address=address)
    channel.account = account or channel.account
    channel.full_clean(validate_unique=False)
    channel.save()
    return channel


def channel_by_number(*, kind: str, address: str) -> Channel:
    """The channel of a number of ours; one not seen before gets a channel without account: nothing is lost."""
    channel, is_new = Channel.objects.select_related("account").get_or_create(kind=kind, address=address)
    if is_new:
        logger.warning("Messages come in for a number that had no channel", extra={"kind": kind, "number": address})
    return channel


def webhook_key_create(*, channel: Channel, label: str = "", created_by: User | None = None) -> tuple[WebhookKey, str]:
    """A new key of the channel and its text, which is not kept and cannot be shown again."""
    text = f"bk_{secrets.token_urlsafe(32)}"
    key = WebhookKey(
        channel=channel, label=label, prefix=text[:PREFIX_CHARACTERS], key_hash=_hash(text), created_by=created_by
    )
    key.full_clean()
    key.save()
    return key, text


def webhook_key_revoke(*, key: WebhookKey) -> None:
    """From now on the key opens nothing; again: nothing changes."""
    WebhookKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())


def webhook_key_authenticate(*, text: str, address: str) -> Channel:
    """`webhook_key_use`, with failures counted by address.

    Raises `Unauthenticated`, and `TooManyAttempts` after sixty failures a minute.
    """
    parties = [("webhook_key", address, ADDRESS_LIMIT)]
    try:
        return webhook_key_use(text=text)
    except Unauthenticated:
        failures_check(parties)
        failures_record(parties)
        logger.warning("A webhook key was refused", extra={"address": address})
        raise


def webhook_key_use(*, text: str) -> Channel:
    """The channel that a key opens. Raises `Unauthenticated` for a wrong, revoked or missing one."""
    if not text:
        raise Unauthenticated("The X-Api-Key header is missing.")
    expected = settings.WEBHOOK_API_KEY
    if expected and hmac.compare_digest(text.encode("utf-8", "replace"), expected.encode()):
        return channel_default()
    key = (
        WebhookKey.objects.select_related("channel__account")
        .filter(key_hash=_hash(text), revoked_at__isnull=True)
        .first()
    )
    if key is None:
        raise Unauthenticated("The X-Api-Key is not valid.")
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at < now - LAST_USED_PRECISION:
        WebhookKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key.channel


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
