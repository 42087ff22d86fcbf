"""A message handed in earlier, read once more from the event that kept it."""

from __future__ import annotations

from io import BytesIO

from rest_framework.exceptions import ParseError, ValidationError

from booms.api.exceptions import faults
from booms.api.parsers import StrictJSONParser
from crm.api.serializers import InboundMessageSerializer
from crm.models import WebhookEvent
from crm.vendors.incoming import Incoming, Part, Unreadable


def read(event: WebhookEvent) -> list[Part]:
    """The message of an event, by the rules of the endpoint. Raises `Unreadable` with what does not fit."""
    if event.channel is None:
        raise Unreadable("The channel it came in on is gone.")
    try:
        body = InboundMessageSerializer(data=StrictJSONParser().parse(BytesIO(bytes(event.body))))
        body.is_valid(raise_exception=True)
    except ParseError as error:
        raise Unreadable(str(error.detail)) from None
    except ValidationError as error:
        raise Unreadable(sentences(faults(error.get_full_details(), "body"))) from None
    fields = body.validated_data
    return [
        Incoming(
            channel_kind=event.channel.kind,
            address=event.channel.address,
            client_id=fields["client_id"],
            text=fields["message"],
            sent_at=fields["timestamp"],
            message_id=fields["message_id"] or "",
            metadata=fields.get("metadata") or {},
        )
    ]


def sentences(found: str | list[dict[str, object]]) -> str:
    """Faults as people read them: `message: This field may not be blank.`"""
    if isinstance(found, str):
        return found
    return " ".join(f"{'.'.join(map(str, fault['loc'][1:])) or 'body'}: {fault['msg']}" for fault in found)
