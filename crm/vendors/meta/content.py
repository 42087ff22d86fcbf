"""What a WhatsApp message says, by its type: a text for agents and supervisors, and the rest as notes.

Whatever an agent cannot see or act on (pictures, voice, orders, types unknown so far) is described and marked as
unreadable, so that a human decides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from crm.vendors.incoming import described
from crm.vendors.reading import LONGEST_NOTE, joined, notes_of, object_of, objects_of, point, text_of

Item = Mapping[str, Any]
MEDIA = ("image", "audio", "video", "document", "sticker")
# Every answer of a form names the form it belongs to; that is no answer.
FORM_TOKEN = "flow_token"  # noqa: S105


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """The text, whether agents can work with it, and notes for the message's metadata."""

    text: str
    is_readable: bool = True
    notes: Mapping[str, Any] = field(default_factory=dict)


def content(kind: str, item: Item) -> Content:
    """What a message of this type says; never empty."""
    if kind in MEDIA:
        return _media(kind, object_of(item, kind))
    found = READERS.get(kind, _unknown)(item)
    return found if found.text else _unknown(item)


def _text(item: Item) -> Content:
    return Content(text=text_of(object_of(item, "text"), "body"))


def _button(item: Item) -> Content:
    """The button of a template, with the payload it was given."""
    button = object_of(item, "button")
    return Content(text=text_of(button, "text"), notes={"button": notes_of(button, "text", "payload")})


def _interactive(item: Item) -> Content:
    """A button, a row of a list, or a form filled in."""
    interactive = object_of(item, "interactive")
    kind = text_of(interactive, "type")
    chosen = object_of(interactive, kind)
    if kind == "nfm_reply":
        return _form(chosen)
    name = kind.removesuffix("_reply") or "choice"
    return Content(text=text_of(chosen, "title"), notes={name: notes_of(chosen, "id", "title", "description")})


def _form(reply: Item) -> Content:
    written = text_of(reply, "response_json")
    try:
        answers = json.loads(written, parse_constant=str)
    except (ValueError, RecursionError):
        answers = None
    if not isinstance(answers, dict):
        return Content(text=described("form", written or text_of(reply, "body")), is_readable=False)
    given = [f"{name}: {_plain(value)}" for name, value in answers.items() if name != FORM_TOKEN]
    return Content(
        text=described("form", joined(*given, by="; ")),
        notes={"form": notes_of(reply, "name", "body") | notes_of(answers, FORM_TOKEN)},
    )


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _location(item: Item) -> Content:
    place = object_of(item, "location")
    where = point(text_of(place, "latitude"), text_of(place, "longitude"))
    text = joined(text_of(place, "name"), text_of(place, "address"), where)
    notes = notes_of(place, "latitude", "longitude", "name", "address", "url")
    return Content(text=described("location", text) if text else "", notes={"location": notes})


def _contacts(item: Item) -> Content:
    people = []
    for card in objects_of(item, "contacts"):
        name = object_of(card, "name")
        called = text_of(name, "formatted_name") or text_of(name, "first_name")
        numbers = [text_of(phone, "phone") for phone in objects_of(card, "phones")]
        addresses = [text_of(email, "email") for email in objects_of(card, "emails")]
        people.append(joined(called, *numbers, *addresses, by=" "))
    text = joined(*people, by="; ")
    return Content(text=described("contact", text) if text else "")


def _order(item: Item) -> Content:
    """Products from the catalogue, chosen to be bought: nothing an agent may settle."""
    order = object_of(item, "order")
    lines = []
    for product in objects_of(order, "product_items"):
        price = joined(text_of(product, "item_price"), text_of(product, "currency"), by=" ")
        number, code = text_of(product, "quantity") or "1", text_of(product, "product_retailer_id")
        lines.append(f"{number} × {code}" + (f" ({price})" if price else ""))
    return Content(
        text=described("order", joined("; ".join(lines), text_of(order, "text"))),
        is_readable=False,
        notes={"order": notes_of(order, "catalog_id")},
    )


def _media(kind: str, media: Item) -> Content:
    details = joined(text_of(media, "filename"), text_of(media, "caption"))
    notes = notes_of(media, "id", "mime_type", "filename", "sha256")
    return Content(text=described(kind, details), is_readable=False, notes={"media": [notes]} if notes else {})


def _system(item: Item) -> Content:
    """WhatsApp says something about the customer, such as a new number."""
    system = object_of(item, "system")
    notes = notes_of(system, "type", "wa_id", "new_wa_id", "customer", "user_id")
    return Content(text=described("system", text_of(system, "body")), is_readable=False, notes={"system": notes})


def _unknown(item: Item) -> Content:
    """A type that is new, or one that WhatsApp itself does not hand on and says why."""
    errors = objects_of(item, "errors")
    error = errors[0] if errors else {}
    return Content(
        text=described(text_of(item, "type")[:LONGEST_NOTE] or "unknown", sentence(error)),
        is_readable=False,
        notes={"error": notes_of(error, "code", "title")} if error else {},
    )


def sentence(error: Item) -> str:
    """What Meta says in an error, title and details."""
    details = text_of(object_of(error, "error_data"), "details")
    return joined(text_of(error, "title") or text_of(error, "message"), details, by=": ")


READERS: Mapping[str, Callable[[Item], Content]] = {
    "text": _text,
    "button": _button,
    "interactive": _interactive,
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "system": _system,
}
