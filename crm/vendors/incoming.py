"""What vendors bring in, in the product's own words; nothing here knows a vendor or the database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Unreadable(Exception):
    """A body from which nothing can be taken in, however often it is sent; the text says what is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A customer's message.

    `channel_kind` and `address` are ours, `client_id` the customer's. `must_escalate` is the triage rule by which a
    human decides in any case, empty for none.
    """

    channel_kind: str
    address: str
    client_id: str
    text: str
    sent_at: datetime
    message_id: str = ""
    kind: str = "text"
    must_escalate: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusNote:
    """What became of a reply of ours, in the vendor's word.

    `vendor_id` is the message's id at the vendor, `reply_id` ours, where the vendor gives it back. `failure` is the
    vendor's code, `reason` a sentence; both empty unless something went wrong.
    """

    vendor_id: str
    reply_id: str | None
    status: str
    at: datetime
    failure: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something that asks for no answer and is kept for the record, such as a reaction."""

    kind: str
    id: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """A part that cannot be read, with what is wrong; the parts beside it are taken in all the same."""

    kind: str
    detail: str
    id: str = ""


Part = Incoming | StatusNote | Remark | Fault


def described(kind: str, detail: str = "") -> str:
    """What is no text, for those who read texts: `[image: the caption]`."""
    return f"[{kind}: {detail}]" if detail else f"[{kind}]"


def storable(value: Any) -> Any:
    """The value without what PostgreSQL cannot hold: null characters go, halves of character pairs become U+FFFD."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value.replace("\x00", ""))
    if isinstance(value, dict):
        return {storable(name): storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    return value
