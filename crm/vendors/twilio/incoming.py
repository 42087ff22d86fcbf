"""What Twilio sends: one message or one status a request, as a form.

https://www.twilio.com/docs/messaging/guides/webhook-request and …/guides/track-outbound-message-status
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from agents.customer_message.state import Rule
from crm.models import Channel
from crm.vendors.incoming import Fault, Incoming, Part, Remark, StatusNote, Unreadable, described, storable
from crm.vendors.reading import LONGEST_ID, LONGEST_KIND, LONGEST_NOTE, LONGEST_TEXT, joined, notes_of, point, text_of

WHATSAPP = "whatsapp:"
# The query of our own callback address: which reply a status is about.
REPLY = "reply"
MOST_MEDIA = 10
Fields = Mapping[str, str]


def read(body: bytes, *, query: str, received_at: datetime) -> list[Part]:
    """The message or the status of a request. Raises `Unreadable` for a form that is neither.

    Twilio says no time: a message was written when it was received. Customers are known by their bare number
    (`+34600111222`), on WhatsApp too.
    """
    fields = _fields(body.decode("utf-8", "replace"))
    message_id = (text_of(fields, "MessageSid") or text_of(fields, "SmsSid"))[:LONGEST_ID]
    if not message_id:
        raise Unreadable("The form has no MessageSid: it is neither a message nor a status.")
    status = text_of(fields, "MessageStatus") or text_of(fields, "SmsStatus")
    if status and status not in ("received", "receiving"):
        return [_status(status, message_id, fields, _fields(query), received_at)]
    return [_message(message_id, fields, received_at)]


def _fields(form: str) -> Fields:
    """The fields of a form or a query, each by its first value, without what a database cannot hold."""
    pairs = parse_qsl(form, keep_blank_values=True, encoding="utf-8", errors="replace")
    return {storable(name): storable(value) for name, value in reversed(pairs)}


def _status(word: str, message_id: str, fields: Fields, query: Fields, received_at: datetime) -> StatusNote:
    return StatusNote(
        vendor_id=message_id,
        reply_id=text_of(query, REPLY) or None,
        status=word,
        at=received_at,
        failure=text_of(fields, "ErrorCode"),
        reason=joined(text_of(fields, "ErrorMessage"), text_of(fields, "ChannelStatusMessage")),
    )


def _message(message_id: str, fields: Fields, received_at: datetime) -> Part:
    kind = _kind(fields)
    if kind == "reaction":
        return Remark(kind=kind, id=message_id, detail=joined(text_of(fields, "Body"), _replied_to(fields)))
    if opt_out := text_of(fields, "OptOutType"):
        # Twilio has answered STOP, START or HELP itself, and sends nothing more to those who left.
        return Remark(kind="opt_out", id=message_id, detail=opt_out[:LONGEST_NOTE])
    channel_kind, address = _party(text_of(fields, "To"))
    sender_kind, client_id = _party(text_of(fields, "From"))
    if not channel_kind or channel_kind != sender_kind or not (0 < len(address) <= LONGEST_ID >= len(client_id) > 0):
        return Fault(kind=kind, id=message_id, detail="The message has no From and To that fit.")
    text, is_readable = _text(kind, fields)
    return Incoming(
        channel_kind=channel_kind,
        address=address,
        client_id=client_id,
        text=text,
        sent_at=received_at,
        message_id=message_id,
        kind=kind[:LONGEST_KIND],
        must_escalate="" if is_readable and len(text) <= LONGEST_TEXT else Rule.UNREADABLE_CONTENT,
        metadata=_metadata(fields),
    )


def _party(written: str) -> tuple[str, str]:
    """The kind of channel and the bare number of `whatsapp:+34…` or `+34…`; no kind for another product's."""
    if written.startswith(WHATSAPP):
        return Channel.Kind.WHATSAPP_TWILIO, written.removeprefix(WHATSAPP).strip()
    return ("" if ":" in written else Channel.Kind.SMS_TWILIO), written


def _media(fields: Fields) -> list[dict[str, str]]:
    """Address and type of each attachment; that there is one is known even if Twilio gives no address."""
    count = text_of(fields, "NumMedia")
    number = min(int(count), MOST_MEDIA) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    return [
        {
            "url": text_of(fields, f"MediaUrl{index}")[:LONGEST_NOTE],
            "mime_type": text_of(fields, f"MediaContentType{index}")[:LONGEST_NOTE],
        }
        for index in range(number)
    ]


def _kind(fields: Fields) -> str:
    """`MessageType` where Twilio says it, as on WhatsApp; else by what there is."""
    if media := _media(fields):
        family = media[0]["mime_type"].partition("/")[0]
        return family if family in ("image", "audio", "video") else "document"
    if text_of(fields, "Latitude") and text_of(fields, "Longitude"):
        return "location"
    if text_of(fields, "ListId"):
        return "list"
    if text_of(fields, "ButtonText") or text_of(fields, "ButtonPayload"):
        return "button"
    return text_of(fields, "MessageType") or "text"


def _text(kind: str, fields: Fields) -> tuple[str, bool]:
    """What the message says, and whether agents can work with it."""
    body = text_of(fields, "Body")
    if media := _media(fields):
        others = f"{len(media)} × {kind}" if len(media) > 1 else kind
        return described(others, body), False
    if kind == "location":
        where = point(text_of(fields, "Latitude"), text_of(fields, "Longitude"))
        return described(kind, joined(text_of(fields, "Label"), text_of(fields, "Address"), where, body)), True
    if kind == "list":
        body = body or text_of(fields, "ListTitle")
    elif kind == "button":
        body = body or text_of(fields, "ButtonText")
    elif kind != "text":
        return described(kind[:LONGEST_NOTE], body), False
    return (body, True) if body else (described(kind), False)


def _replied_to(fields: Fields) -> str:
    return text_of(fields, "OriginalRepliedMessageSid")[:LONGEST_ID]


def _metadata(fields: Fields) -> dict[str, Any]:
    notes = {
        "profile_name": text_of(fields, "ProfileName")[:LONGEST_ID],
        "wa_id": text_of(fields, "WaId")[:LONGEST_ID],
        "reply_to": _replied_to(fields),
        "forwarded": text_of(fields, "Forwarded") == "true" or text_of(fields, "FrequentlyForwarded") == "true",
        "media": _media(fields),
        "location": notes_of(fields, "Latitude", "Longitude", "Address", "Label"),
        "button": notes_of(fields, "ButtonText", "ButtonPayload"),
        "list": notes_of(fields, "ListId", "ListTitle", "ListDescription"),
        "referral": notes_of(fields, "ReferralSourceType", "ReferralSourceId", "ReferralSourceUrl", "ReferralHeadline"),
        "form": notes_of(fields, "FlowData", "InteractiveData"),
    }
    return {name: value for name, value in notes.items() if value}
