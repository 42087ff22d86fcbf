"""Requests to webhooks are kept as they came, each with what became of it, and can be taken in again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from booms.core.errors import NotFound
from crm import conf
from crm.models import Channel, Run, WebhookEvent
from crm.services.handling import message_handle
from crm.services.inbound import Receipt
from crm.services.intake import Outcome, part_outcome, parts_take, receipt_outcome

logger = logging.getLogger(__name__)

FORGOTTEN_AT_ONCE = 1000
MOST_TRIES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookRequest:
    """A request whose key or signature was right: the raw body, and of its headers those worth keeping."""

    source: str
    body: bytes
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def event(self, channel: Channel | None = None) -> WebhookEvent:
        """The row that is to keep it."""
        return WebhookEvent(
            source=self.source,
            channel=channel,
            content_type=self.content_type[:120],
            headers=dict(self.headers),
            body=self.body,
        )


def request_take(*, request: WebhookRequest) -> WebhookEvent:
    """Keep a vendor's request and take in all it brings, in one transaction; models are left to the workers.

    A part that fails does not keep the others from being taken in.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            return _request_take(request)
        except OperationalError as error:
            # Another request had locked the same conversations in another order, and went first.
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
    return _request_take(request)


@transaction.atomic
def _request_take(request: WebhookRequest) -> WebhookEvent:
    event = request.event()
    event.verdict = WebhookEvent.Verdict.ACCEPTED
    event.save(force_insert=True)
    parts_take(event)
    event.save(update_fields=["channel", "verdict", "parts", "updated_at"])
    _log(event, "A webhook event was taken in")
    return event


def request_handle(*, request: WebhookRequest, channel: Channel, **delivery: Any) -> Run:
    """See a delivery through, as `message_handle` does, and keep its request in the transaction that stores it."""

    def keep(receipt: Receipt) -> None:
        part = receipt_outcome(receipt, id=delivery.get("message_id", ""))
        _event_keep(request.event(channel), verdict=part["outcome"], part=part)

    return message_handle(channel=channel, on_receipt=keep, **delivery)


def request_refuse(*, request: WebhookRequest, channel: Channel, why: str) -> WebhookEvent:
    """Keep a request that was refused, with what was wrong."""
    part = part_outcome("message", Outcome.FAILED, detail=why)
    return _event_keep(request.event(channel), verdict=WebhookEvent.Verdict.REFUSED, part=part)


def _event_keep(event: WebhookEvent, *, verdict: str, part: dict[str, str]) -> WebhookEvent:
    event.verdict, event.parts = verdict, [part]
    event.save(force_insert=True)
    return event


@transaction.atomic
def event_replay(*, event_id: UUID) -> WebhookEvent:
    """Take an event in again; what was taken in before is found to be repeated. Raises `NotFound`."""
    event = WebhookEvent.objects.select_for_update(of=("self",)).select_related("channel").filter(pk=event_id).first()
    if event is None:
        raise NotFound(f"There is no webhook event {event_id}.")
    parts_take(event)
    event.replay_count += 1
    event.replayed_at = timezone.now()
    event.save(update_fields=["channel", "verdict", "parts", "replay_count", "replayed_at", "updated_at"])
    _log(event, "A webhook event was taken in again")
    return event


def events_replay(*, event_ids: Iterable[UUID], progress: Callable[[WebhookEvent], None] = lambda event: None) -> int:
    """Take events in again, each in a transaction of its own; how many. `progress` is given each one after it."""
    count = 0
    for event_id in event_ids:
        progress(event_replay(event_id=event_id))
        count += 1
    return count


def events_forget() -> int:
    """Delete events older than the settings keep them, some at a time; how many."""
    old = WebhookEvent.objects.filter(created_at__lt=timezone.now() - conf.settings().event_age)
    total = 0
    while chosen := list(old.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        total += WebhookEvent.objects.filter(pk__in=chosen).delete()[0]
    if total:
        logger.info("Old webhook events were deleted", extra={"events": total})
    return total


def _log(event: WebhookEvent, sentence: str) -> None:
    logger.info(
        sentence,
        extra={
            "event": str(event.pk),
            "source": event.source,
            "verdict": event.verdict,
            "parts": len(event.parts),
        },
    )
