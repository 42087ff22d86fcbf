"""What Meta sends about WhatsApp: messages and statuses, many in one request, each read for itself.

https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agents.customer_message.state import Rule
from crm.models import Channel
from crm.vendors.incoming import Fault, Incoming, Part, Remark, StatusNote, Unreadable, storable
from crm.vendors.meta.content import Content, Item, content, sentence
from crm.vendors.reading import (
    LONGEST_ID,
    LONGEST_KIND,
    LONGEST_TEXT,
    joined,
    moment,
    notes_of,
    object_of,
    objects_of,
    text_of,
)

PRODUCT = "whatsapp_business_account"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Surroundings:
    """What a message or status shares with those beside it; `is_alone` when it is the only message among them."""

    address: str
    contacts: list[Item]
    is_alone: bool
    received_at: datetime


def read(body: bytes, *, received_at: datetime) -> list[Part]:
    """Every message, status and error of a request. Raises `Unreadable` for one that is none of WhatsApp's."""
    return list(_parts(_payload(body), received_at))


def _payload(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=lambda name: None)
    except RecursionError:
        raise Unreadable("The body is nested too deeply.") from None
    except ValueError as error:  # its text would quote the body
        raise Unreadable(f"The body is not JSON ({type(error).__name__}).") from None


def _parts(payload: Any, received_at: datetime) -> Iterator[Part]:
    if not isinstance(payload, dict):
        raise Unreadable("The body is not an object.")
    product, entries = payload.get("object", PRODUCT), payload.get("entry")
    if product != PRODUCT:
        raise Unreadable(f"The body is not about a {PRODUCT}.")
    if not isinstance(entries, list):
        raise Unreadable("The body has no list of entries.")
    for number, entry in enumerate(entries):
        changes = entry.get("changes") if isinstance(entry, dict) else None
        if not isinstance(changes, list):
            yield Fault(kind="entry", detail=f"entry.{number} has no list of changes.")
            continue
        for position, change in enumerate(changes):
            yield from _change(change, f"entry.{number}.changes.{position}", received_at)


def _change(change: Any, where: str, received_at: datetime) -> Iterator[Part]:
    value = change.get("value") if isinstance(change, dict) else None
    if not isinstance(value, dict):
        yield Fault(kind="change", detail=f"{where} has no value.")
        return
    around = _Surroundings(
        address=text_of(_shared(value, "metadata"), "phone_number_id"),
        contacts=objects_of({"contacts": _shared(value, "contacts")}, "contacts"),
        is_alone=isinstance(value.get("messages"), list) and len(value["messages"]) == 1,
        received_at=received_at,
    )
    given = [name for name in READERS if value.get(name) is not None]
    if not given:
        yield Remark(kind=text_of({"field": _shared(change, "field")}, "field")[:LONGEST_ID] or "change")
    for name in given:
        yield from _items(name, value[name], around, f"{where}.value.{name}")


def _shared(value: Mapping[str, Any], name: str) -> Any:
    """What is under this name, fit to be stored; nothing where it is nested too deeply to be looked through."""
    try:
        return storable(value.get(name))
    except RecursionError:
        return None


def _items(name: str, items: Any, around: _Surroundings, where: str) -> Iterator[Part]:
    if not isinstance(items, list):
        yield Fault(kind=name, detail=f"{where} is not a list.")
        return
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            yield Fault(kind=name, detail=f"{where}.{number} is not an object.")
            continue
        try:
            yield READERS[name](item, around)
        except RecursionError:
            yield Fault(kind=name, detail=f"{where}.{number} is nested too deeply.")


def _message(raw: Item, around: _Surroundings) -> Part:
    item = storable(raw)
    kind, message_id = text_of(item, "type") or "unknown", text_of(item, "id")[:LONGEST_ID]
    if kind == "reaction":
        # A thumb up asks for no answer: it is kept with the event and starts no run.
        reaction = object_of(item, "reaction")
        detail = joined(text_of(reaction, "emoji"), text_of(reaction, "message_id"))
        return Remark(kind=kind, id=message_id, detail=detail)
    client_id = _client(item, around)
    if missing := [
        name for name, given in (("from", client_id), ("phone_number_id", around.address)) if not _fits(given)
    ]:
        return Fault(kind=kind, id=message_id, detail=f"The message has no {missing[0]} that fits.")
    found = content(kind, item)
    sent_at = moment(text_of(item, "timestamp"), around.received_at)
    return Incoming(
        channel_kind=Channel.Kind.WHATSAPP_META,
        address=around.address,
        client_id=client_id,
        text=found.text,
        sent_at=sent_at or around.received_at,
        message_id=message_id,
        kind=kind[:LONGEST_KIND],
        must_escalate="" if found.is_readable and len(found.text) <= LONGEST_TEXT else Rule.UNREADABLE_CONTENT,
        metadata=_metadata(item, around, found)
        | ({} if sent_at else {"timestamp_given": text_of(item, "timestamp")[:40]})
        | ({} if item == raw else {"characters_replaced": True}),
    )


def _fits(text: str) -> bool:
    return 0 < len(text) <= LONGEST_ID


def _client(item: Item, around: _Surroundings) -> str:
    """The customer's number, or for one who shows none the id that WhatsApp made for us."""
    named = text_of(item, "from") or text_of(item, "from_user_id")
    if named or len(around.contacts) != 1 or not around.is_alone:
        return named
    return text_of(around.contacts[0], "wa_id") or text_of(around.contacts[0], "user_id")


def _metadata(item: Item, around: _Surroundings, found: Content) -> dict[str, Any]:
    context = object_of(item, "context")
    sender = {text_of(item, "from"), text_of(item, "from_user_id")} - {""}
    cards = [card for card in around.contacts if {text_of(card, "wa_id"), text_of(card, "user_id")} & sender]
    card = (cards or (around.contacts if around.is_alone else []) or [{}])[0]
    notes = {
        "profile_name": text_of(object_of(card, "profile"), "name")[:LONGEST_ID],
        "username": text_of(object_of(card, "profile"), "username")[:LONGEST_ID],
        "user_id": (text_of(item, "from_user_id") or text_of(card, "user_id"))[:LONGEST_ID],
        "reply_to": text_of(context, "id")[:LONGEST_ID],
        "forwarded": bool(context.get("forwarded") or context.get("frequently_forwarded")),
        "product": notes_of(object_of(context, "referred_product"), "catalog_id", "product_retailer_id"),
        "referral": notes_of(object_of(item, "referral"), "source_type", "source_id", "source_url", "headline"),
        **found.notes,
    }
    return {name: value for name, value in notes.items() if value}


def _status(raw: Item, around: _Surroundings) -> Part:
    item = storable(raw)
    vendor_id, word = text_of(item, "id")[:LONGEST_ID], text_of(item, "status")
    if not vendor_id or not word:
        return Fault(kind="status", id=vendor_id, detail="The status has no id or says nothing.")
    errors = objects_of(item, "errors") or [{}]
    return StatusNote(
        vendor_id=vendor_id,
        reply_id=text_of(item, "biz_opaque_callback_data") or None,
        status=word,
        at=moment(text_of(item, "timestamp"), around.received_at) or around.received_at,
        failure=text_of(errors[0], "code"),
        reason=sentence(errors[0]),
    )


def _error(raw: Item, around: _Surroundings) -> Part:
    """A fault at Meta's side that belongs to no message, such as too many requests."""
    item = storable(raw)
    return Remark(kind="error", id=text_of(item, "code"), detail=sentence(item))


READERS: Mapping[str, Callable[[Item, _Surroundings], Part]] = {
    "messages": _message,
    "statuses": _status,
    "errors": _error,
}
