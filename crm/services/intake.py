"""What a webhook event brings is taken in part by part: messages, statuses, and what is only noted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from django.db import InterfaceError, OperationalError, models, transaction
from django.utils.translation import gettext_lazy as _

from booms.core.errors import Conflict
from crm.api.reading import read as read_api
from crm.models import Channel, WebhookEvent
from crm.services.channels import channel_by_number
from crm.services.deliveries import reply_status_note
from crm.services.inbound import Receipt, message_receive
from crm.vendors.incoming import Fault, Incoming, Part, Remark, StatusNote, Unreadable
from crm.vendors.meta.incoming import read as read_meta
from crm.vendors.twilio.incoming import read as read_twilio

logger = logging.getLogger(__name__)

S, V = WebhookEvent.Source, WebhookEvent.Verdict
LONGEST_DETAIL = 500
# The names under which these are kept among an event's headers.
QUERY, IDEMPOTENCY_KEY = "Query-String", "Idempotency-Key"


class Outcome(models.TextChoices):
    """What became of one part of an event."""

    ACCEPTED = "accepted", _("accepted")
    REPEATED = "repeated", _("repeated")
    NOTED = "noted", _("noted")
    UNMATCHED = "unmatched", _("unmatched")
    FAILED = "failed", _("failed")


def parts_take(event: WebhookEvent) -> None:
    """Take in all that a kept event brings and note on it what became of each part; the caller saves it.

    Each part has a savepoint of its own. Raises only when the database is away, for then nothing can be kept either.
    """
    try:
        parts = READERS[event.source](event)
    except Unreadable as fault:
        event.verdict, event.parts = V.REFUSED, [part_outcome("request", Outcome.FAILED, detail=str(fault))]
        return
    event.channel = event.channel or _channel_of(parts)
    found = {number: _part_take(part, event) for number, part in sorted(enumerate(parts), key=_in_order)}
    event.parts = [found[number] for number in range(len(parts))]
    event.verdict = _verdict({part["outcome"] for part in event.parts})


def part_outcome(kind: str, outcome: str, *, id: str = "", detail: str = "", run_id: str = "") -> dict[str, str]:  # noqa: A002
    """A part's entry on its event; `run_id` only of a message."""
    entry = {"kind": kind, "id": id, "outcome": str(outcome), "detail": detail[:LONGEST_DETAIL]}
    return entry | ({"run_id": run_id} if run_id else {})


def receipt_outcome(receipt: Receipt, *, kind: str = "message", id: str = "") -> dict[str, str]:  # noqa: A002
    """The entry of a message that was taken in, now or before."""
    outcome = Outcome.ACCEPTED if receipt.created else Outcome.REPEATED
    return part_outcome(kind, outcome, id=id, run_id=str(receipt.run_id))


def _part_take(part: Part, event: WebhookEvent) -> dict[str, str]:
    kind, name = _name(part)
    try:
        with transaction.atomic():
            return _take(part, event)
    except (OperationalError, InterfaceError):
        raise
    except Conflict as used:
        return _used_before(used, event, kind, name)
    except Exception as error:
        logger.exception("A part of a webhook event failed", extra={"event": str(event.pk), "part": kind})
        return part_outcome(kind, Outcome.FAILED, id=name, detail=type(error).__name__)


def _take(part: Part, event: WebhookEvent) -> dict[str, str]:
    match part:
        case Incoming():
            return _message_take(part, event)
        case StatusNote():
            matched = reply_status_note(
                vendor=event.source,
                vendor_id=part.vendor_id,
                reply_id=part.reply_id,
                status=part.status,
                at=part.at,
                failure=part.failure,
                reason=part.reason,
            )
            outcome = Outcome.NOTED if matched else Outcome.UNMATCHED
            return part_outcome("status", outcome, id=part.vendor_id, detail=part.status)
        case Remark():
            return part_outcome(part.kind, Outcome.NOTED, id=part.id, detail=part.detail)
        case Fault():
            return part_outcome(part.kind, Outcome.FAILED, id=part.id, detail=part.detail)


def _message_take(message: Incoming, event: WebhookEvent) -> dict[str, str]:
    receipt = message_receive(
        channel=channel_by_number(kind=message.channel_kind, address=message.address),
        client_id=message.client_id,
        text=message.text,
        sent_at=message.sent_at,
        message_id=message.message_id,
        idempotency_key=event.headers.get(IDEMPOTENCY_KEY, ""),
        metadata=message.metadata,
        kind=message.kind,
        must_escalate=message.must_escalate,
        in_background=True,
    )
    return receipt_outcome(receipt, kind=message.kind, id=message.message_id)


def _used_before(used: Conflict, event: WebhookEvent, kind: str, name: str) -> dict[str, str]:
    """A vendor's id is one message's for ever: what it sends under it again, in other words, is a repetition."""
    if event.source == S.API:
        return part_outcome(kind, Outcome.FAILED, id=name, detail=str(used))
    return part_outcome(kind, Outcome.REPEATED, id=name, run_id=str(used.state.get("run_id", "")))


def _name(part: Part) -> tuple[str, str]:
    match part:
        case Incoming():
            return part.kind, part.message_id
        case StatusNote():
            return "status", part.vendor_id
        case _:
            return part.kind, part.id


def _in_order(numbered: tuple[int, Part]) -> tuple[bool, str, str]:
    """Conversations are locked in the same order by everybody; within one, messages stay in theirs."""
    part = numbered[1]
    is_message = isinstance(part, Incoming)
    return not is_message, *((part.address, part.client_id) if is_message else ("", _name(part)[1]))


def _channel_of(parts: Sequence[Part]) -> Channel | None:
    first = next((part for part in parts if isinstance(part, Incoming)), None)
    return channel_by_number(kind=first.channel_kind, address=first.address) if first else None


def _verdict(outcomes: set[str]) -> str:
    if Outcome.FAILED in outcomes:
        return V.FAILED if outcomes == {Outcome.FAILED} else V.PARTLY
    return V.REPEATED if outcomes == {Outcome.REPEATED} else V.ACCEPTED


READERS: Mapping[str, Callable[[WebhookEvent], list[Part]]] = {
    S.API: read_api,
    S.META: lambda event: read_meta(bytes(event.body), received_at=event.created_at),
    S.TWILIO: lambda event: read_twilio(
        bytes(event.body), query=event.headers.get(QUERY, ""), received_at=event.created_at
    ),
}
