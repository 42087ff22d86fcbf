"""Replies out to the systems of API channels: signed in the Standard Webhooks form, to the address that was checked."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import ClassVar

import httpx
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from crm.vendors.base import Fate, Outcome, Outgoing, refused
from crm.vendors.callback.addresses import AddressRefused, Target, resolve
from crm.vendors.failures import Failure
from crm.vendors.http import Answer, NotSent, make_client, post

SECRET_BYTES = 32
# Not now, or too early; other answers of this kind will not change by being asked again.
LATER = frozenset({408, 409, 423, 425, 429})
EXCERPT = 200


class CallbackSender:
    """`webhook-id` is the reply's: a receiver that keeps it takes a reply in once, however often it comes."""

    longest: ClassVar[int] = 100_000
    window: ClassVar[timedelta | None] = None
    is_idempotent: ClassVar[bool] = True

    def send(self, message: Outgoing) -> Outcome:
        if not message.callback_url:
            return refused(Failure.NOT_CONFIGURED, "The channel has no callback address any more.")
        try:
            body, headers = signed(message, now=datetime.now(UTC))
        except (ValueError, EmptyWebhookSecretError):
            return refused(Failure.NOT_CONFIGURED, "The channel's secret is none: make a new one.")
        try:
            target = resolve(message.callback_url)
        except AddressRefused as error:
            return refused(Failure.ADDRESS_NOT_ALLOWED, str(error))
        except (OSError, UnicodeError) as error:
            raise NotSent("The name of the callback's server is not known.") from error
        return _outcome(_post(target, body, headers))


def callback_secret_new() -> str:
    """A secret to sign with: `whsec_` and 32 random bytes in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def signed(message: Outgoing, *, now: datetime) -> tuple[bytes, dict[str, str]]:
    """The body of a callback and the header lines that vouch for it."""
    body = json.dumps(message.event, ensure_ascii=False, separators=(",", ":"))
    name = str(message.reply_id)
    return body.encode(), {
        "Content-Type": "application/json",
        "User-Agent": "BOOMS",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(message.callback_secret).sign(name, now, body),
    }


def _post(target: Target, body: bytes, headers: dict[str, str]) -> Answer:
    """To the first of the checked addresses that takes the connection. The name is not asked for a second time."""
    # The server, and its certificate, answer for the name though the address is dialled.
    request = {
        "content": body,
        "headers": {"Host": target.host_header, **headers},
        "extensions": {"sni_hostname": target.host},
    }
    last: NotSent | None = None
    for address in target.addresses:
        try:
            return post(_client(), target.url_at(address), **request)
        except NotSent as error:
            last = error
    raise last or NotSent("The name of the callback's server is not known.")


def _outcome(answer: Answer) -> Outcome:
    if answer.is_success:
        return Outcome(fate=Fate.ACCEPTED, status_code=answer.status)
    told = answer.body[:EXCERPT].decode("utf-8", "replace").strip()
    reason = f"HTTP {answer.status} {told}".strip()
    if answer.status in LATER or answer.status >= 500:
        failure = Failure.RATE_LIMITED if answer.status == 429 else Failure.UNAVAILABLE
        return Outcome(
            fate=Fate.RETRY,
            status_code=answer.status,
            failure=failure,
            reason=reason,
            retry_after=answer.retry_after,
        )
    return Outcome(fate=Fate.REFUSED, status_code=answer.status, failure=Failure.REFUSED, reason=reason)


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    """Past the machine's proxy: that would look the name up again."""
    return make_client(trust_env=False)
