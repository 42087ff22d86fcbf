"""The contract between the outbox and whoever carries a reply out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol
from uuid import UUID

from crm.vendors.failures import PASSING, Failure, failure_word
from crm.vendors.http import Answer

# A gateway that got no answer, or none it could read, does not know what the vendor did.
GATEWAY = frozenset({502, 504})


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """A reply as a sender needs it. `address` is ours, `recipient` the customer's, `event` what a callback tells."""

    reply_id: UUID
    kind: str
    address: str
    recipient: str
    text: str
    callback_url: str = ""
    callback_secret: str = field(default="", repr=False)
    event: Mapping[str, Any] = field(default_factory=dict)


class Fate(StrEnum):
    """What is known after an attempt. `retry`: surely not sent, and worth trying again; `unknown`: perhaps sent."""

    ACCEPTED = "accepted"
    RETRY = "retry"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How an attempt ended. `reason` is the vendor's sentence or ours, `retry_after` seconds the vendor asks for."""

    fate: Fate
    vendor_id: str = ""
    status_code: int | None = None
    failure: Failure | None = None
    reason: str = ""
    retry_after: float | None = None


class Sender(Protocol):
    """Takes one reply out. `longest` counts characters, `window` is how long after a customer's message they may be
    written to, and with `is_idempotent` a reply that perhaps arrived can be sent again without arriving twice.
    """

    longest: ClassVar[int]
    window: ClassVar[timedelta | None]
    is_idempotent: ClassVar[bool]

    def send(self, message: Outgoing) -> Outcome:
        """Make one attempt. Raises what `crm.vendors.http` raises."""
        ...


def refused(failure: Failure, reason: str) -> Outcome:
    """An attempt that ends before the vendor is asked."""
    return Outcome(fate=Fate.REFUSED, failure=failure, reason=reason)


def refusal(vendor: str, answer: Answer, *, code: str, reason: str) -> Outcome:
    """What a vendor's answer that is no success means; its error code says more than the HTTP status."""
    word = failure_word(vendor, code)
    reason = reason or f"HTTP {answer.status}"
    if word == Failure.REFUSED:
        word = _by_status(answer.status)
    later = Fate.UNKNOWN if answer.status in GATEWAY and not code else Fate.RETRY
    return Outcome(
        fate=later if word in PASSING else Fate.REFUSED,
        status_code=answer.status,
        failure=word,
        reason=f"{code}: {reason}" if code else reason,
        retry_after=answer.retry_after,
    )


def _by_status(status: int) -> Failure:
    if status in (401, 403):
        return Failure.UNAUTHORIZED
    if status == 429:
        return Failure.RATE_LIMITED
    return Failure.UNAVAILABLE if status >= 500 else Failure.REFUSED
