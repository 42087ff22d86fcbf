"""Messages come in: stored and committed before anything else, once however often they are delivered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from agents.customer_message.triage import sla_due_at
from booms.core.errors import Conflict
from crm.models import Channel, Conversation, InboundMessage, Run, RunStatus
from crm.services.conversations import conversation_grow, conversation_open
from crm.services.leases import lease_new
from crm.services.queueing import run_continue_defer
from crm.services.runs import Work

# A customer who never falls silent is answered all the same, after so many quiet windows.
MOST_WINDOWS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What became of a delivery. `lease_token` and `work` are given to whoever is to see a new run through at once."""

    run_id: UUID
    created: bool
    lease_token: UUID | None = None
    work: Work | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Delivery:
    """A message as it came, with the hashes that tell it from others."""

    channel: Channel
    body: Mapping[str, Any]
    sent_at: datetime
    kind: str
    must_escalate: str
    delivery_hash: str
    body_hash: str

    @property
    def due_at(self) -> datetime:
        return sla_due_at(self.sent_at, settings.SLA_THRESHOLD_HOURS)

    def message(self, conversation: Conversation, run: Run) -> InboundMessage:
        return InboundMessage(
            conversation=conversation,
            run=run,
            kind=self.kind,
            text=self.body["text"],
            sent_at=self.sent_at,
            message_id=self.body["message_id"],
            metadata=self.body["metadata"],
            delivery_hash=self.delivery_hash,
            body_hash=self.body_hash,
        )


def message_receive(
    *,
    channel: Channel,
    client_id: str,
    text: str,
    sent_at: datetime,
    message_id: str = "",
    idempotency_key: str = "",
    metadata: Mapping[str, Any] | None = None,
    kind: str = "text",
    must_escalate: str = "",
    in_background: bool = False,
    on_receipt: Callable[[Receipt], object] = lambda receipt: None,
) -> Receipt:
    """Store a delivery with its run, or find the run that the same delivery made before.

    The same delivery has, on the same channel, the same idempotency key, else the same message id, else the same
    client, text and time. `in_background`: nobody waits for the answer; a burst of such messages becomes one run, and
    a worker takes it up after the channel's quiet window. `must_escalate` is the triage rule by which a human decides
    in any case. `on_receipt` is called in the transaction that stores a new delivery, and after a repeated one. Raises
    `Conflict` when a used key or id comes with another body.
    """
    body = {
        "client_id": client_id,
        "text": text,
        "sent_at": sent_at.timestamp(),
        "message_id": message_id,
        "metadata": metadata or {},
    }
    named = bool(idempotency_key or message_id)
    delivery = _Delivery(
        channel=channel,
        body=body,
        sent_at=sent_at,
        kind=kind,
        must_escalate=must_escalate,
        delivery_hash=_delivery_hash(channel, body, idempotency_key),
        body_hash=_hash(body),
    )
    receipt = _delivered_before(delivery, named=named)
    if receipt is None:
        try:
            with transaction.atomic():
                receipt = _store_for_worker(delivery) if in_background else _store(delivery)
                on_receipt(receipt)
        except IntegrityError:
            # The same delivery was being stored at this very moment; the unique hash let one of us through.
            receipt = _delivered_before(delivery, named=named)
            if receipt is None:
                raise
    if not receipt.created:
        on_receipt(receipt)
    return receipt


def _delivered_before(delivery: _Delivery, *, named: bool) -> Receipt | None:
    """The first delivery of this hash; bodies are compared where a key or an id stands for them."""
    message = InboundMessage.objects.filter(delivery_hash=delivery.delivery_hash).only("run_id", "body_hash").first()
    if message is None:
        return None
    if named and message.body_hash != delivery.body_hash:
        raise Conflict(
            "This Idempotency-Key or message_id was used before with another body.",
            state={"run_id": str(message.run_id)},
        )
    return Receipt(run_id=message.run_id, created=False)


def _store(delivery: _Delivery) -> Receipt:
    """A run for whoever waits for the answer; leased at once unless earlier ones of the conversation wait."""
    conversation, is_new = conversation_open(channel=delivery.channel, client_id=delivery.body["client_id"], new_runs=1)
    run = _new_run(conversation, delivery, position=conversation.run_count)
    in_turn = is_new or not conversation.runs.filter(status=RunStatus.RECEIVED).exists()
    if in_turn:
        lease_new(run)
    run.save(force_insert=True)
    message = delivery.message(conversation, run)
    message.save(force_insert=True)
    work = Work(run=run, messages=(message,), has_history=not is_new) if in_turn else None
    return Receipt(run_id=run.pk, created=True, lease_token=run.lease_token, work=work)


def _store_for_worker(delivery: _Delivery) -> Receipt:
    """A message of the burst that waits already, or a run of its own after the quiet window."""
    conversation, _is_new = conversation_open(
        channel=delivery.channel, client_id=delivery.body["client_id"], new_runs=0
    )
    quiet = timedelta(milliseconds=delivery.channel.quiet_ms)
    run = _join_burst(conversation, delivery, quiet) or _queue_run(conversation, delivery, quiet)
    delivery.message(conversation, run).save(force_insert=True)
    return Receipt(run_id=run.pk, created=True)


def _join_burst(conversation: Conversation, delivery: _Delivery, quiet: timedelta) -> Run | None:
    """The newest run of the conversation if it has not begun: it now waits for this message's quiet window too."""
    unbegun = {"status": RunStatus.RECEIVED, "work_at__isnull": False, "lease_token__isnull": True, "attempts": 0}
    run = conversation.runs.filter(position=conversation.run_count, **unbegun).first()
    if run is None:
        return None
    now = timezone.now()
    work_at = min(now + quiet, run.created_at + MOST_WINDOWS * quiet)
    joined = Run.objects.filter(pk=run.pk, **unbegun).update(
        work_at=max(work_at, run.work_at),
        sla_due_at=min(run.sla_due_at, delivery.due_at),
        must_escalate=run.must_escalate or delivery.must_escalate,
        updated_at=now,
    )
    return run if joined else None


def _queue_run(conversation: Conversation, delivery: _Delivery, quiet: timedelta) -> Run:
    run = _new_run(conversation, delivery, position=conversation_grow(conversation))
    run.work_at = timezone.now() + quiet
    run.save(force_insert=True)
    run_continue_defer(run.pk, at=run.work_at)
    return run


def _new_run(conversation: Conversation, delivery: _Delivery, *, position: int) -> Run:
    return Run(
        conversation=conversation,
        position=position,
        sla_due_at=delivery.due_at,
        must_escalate=delivery.must_escalate,
    )


def _delivery_hash(channel: Channel, body: Mapping[str, Any], idempotency_key: str) -> str:
    if idempotency_key:
        identity: list[Any] = ["key", idempotency_key]
    elif body["message_id"]:
        identity = ["id", body["message_id"]]
    else:
        identity = ["body", body["client_id"], body["text"], body["sent_at"]]
    return _hash([str(channel.pk), *identity])


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
