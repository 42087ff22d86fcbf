"""Keys that open channels: made, replaced with a time in which both are valid, revoked."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.services import ADDRESS_LIMIT, failures_check, failures_record
from booms.core.errors import Conflict, NotFound, Unauthenticated
from crm.models import Channel, WebhookKey
from crm.services.channels import channel_default

logger = logging.getLogger(__name__)

PREFIX_CHARACTERS = 8
# How precisely "last used" is kept: a write a request would cost more than it tells.
LAST_USED_PRECISION = timedelta(minutes=1)
# How long the keys that a new one replaces go on opening their channel.
OVERLAP, LONGEST_OVERLAP = timedelta(hours=24), timedelta(days=90)


def webhook_key_create(*, channel: Channel, label: str = "", created_by: User | None = None) -> tuple[WebhookKey, str]:
    """A new key of the channel and its text, which is not kept and cannot be shown again."""
    text = f"bk_{secrets.token_urlsafe(32)}"
    key = WebhookKey(
        channel=channel, label=label, prefix=text[:PREFIX_CHARACTERS], key_hash=_hash(text), created_by=created_by
    )
    key.full_clean()
    key.save()
    return key, text


@transaction.atomic
def webhook_key_rotate(
    *, channel: Channel, label: str = "", created_by: User | None = None, overlap: timedelta = OVERLAP
) -> tuple[WebhookKey, str, int]:
    """A new key in the place of all others of the channel, which expire after the overlap; how many do.

    A key that would expire before that still does.
    """
    now = timezone.now()
    replaced = _valid(channel.keys.all(), now).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now + overlap))
    count = replaced.update(expires_at=now + overlap, updated_at=now)
    key, text = webhook_key_create(channel=channel, label=label, created_by=created_by)
    return key, text, count


def webhook_key_revoke(*, key: WebhookKey) -> None:
    """From now on the key opens nothing; again: nothing changes."""
    now = timezone.now()
    WebhookKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now, updated_at=now)


def webhook_key_find(*, prefix: str) -> WebhookKey:
    """The key that begins like this. Raises `NotFound`, and `Conflict` when several do."""
    start = prefix.strip().rstrip("…")
    found = list(WebhookKey.objects.select_related("channel").filter(prefix=start)[:2]) if start else []
    if not found:
        raise NotFound(f"There is no key that begins with {prefix}.")
    if len(found) > 1:
        raise Conflict(f"Several keys begin with {prefix}; revoke the one you mean in the admin.")
    return found[0]


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
    """The channel that a key opens. Raises `Unauthenticated` for a wrong, revoked, expired or missing one."""
    if not text:
        raise Unauthenticated("The X-Api-Key header is missing.")
    expected = settings.WEBHOOK_API_KEY
    if expected and hmac.compare_digest(text.encode("utf-8", "replace"), expected.encode()):
        return channel_default()
    now = timezone.now()
    keys = _valid(WebhookKey.objects.select_related("channel__account"), now)
    key = keys.filter(key_hash=_hash(text)).first()
    if key is None:
        raise Unauthenticated("The X-Api-Key is not valid.")
    if key.last_used_at is None or key.last_used_at < now - LAST_USED_PRECISION:
        WebhookKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return key.channel


def _valid(keys: QuerySet[WebhookKey], now: datetime) -> QuerySet[WebhookKey]:
    return keys.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
