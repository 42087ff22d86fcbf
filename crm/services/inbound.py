"""Messages come in: stored and committed before anything else, once however often they are delivered."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from agents.customer_message.triage import sla_due_at
from booms.core.database import release_connection
from booms.core.errors import Conflict
from crm import selectors
from crm.models import Channel, Conversation, InboundMessage, Run, RunStatus
from crm.services.leases import lease_new
from crm.services.runs import Work, run_work
from crm.services.work import run_continue_defer

WAIT_SECONDS = 25.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What became of a delivery. `lease_token` and `work` are given to whoever is to see a new run through at once."""

    run_id: UUID
    created: bool
    lease_token: UUID | None = None
    work: Work | None = None


def message_handle(*, in_background: bool = False, **delivery: Any) -> Run:
    """Take a delivery in and, unless `in_background`, see it through; takes what `message_receive` takes.

    A repeated delivery waits for the first one, up to 25 s. The run may still be `received` when this returns.
    """
    receipt = message_receive(in_background=in_background, **delivery)
    if receipt.work is not None:
        return run_work(receipt.work)
    return selectors.run_result(receipt.run_id) if in_background else run_wait(run_id=receipt.run_id)


def run_wait(*, run_id: UUID, seconds: float = WAIT_SECONDS) -> Run:
    """The run as soon as it is worked on, or as it stands after `seconds`; no connection is held between looks."""
    give_up, pause = time.monotonic() + seconds, FIRST_PAUSE
    while True:
        run = selectors.run_result(run_id)
        if run.status != RunStatus.RECEIVED or time.monotonic() + pause > give_up:
            return run
        release_connection()
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)


def message_receive(
    *,
    channel: Channel,
    client_id: str,
    text: str,
    sent_at: datetime,
    message_id: str = "",
    idempotency_key: str = "",
    metadata: Mapping[str, Any] | None = None,
    in_background: bool = False,
) -> Receipt:
    """Store a delivery with its run, or find the run that the same delivery made before.

    The same delivery has, on the same channel, the same idempotency key, else the same message id, else the same
    client, text and time. Raises `Conflict` when a used key or id comes with another body.
    """
    body = {
        "client_id": client_id,
        "text": text,
        "sent_at": sent_at.timestamp(),
        "message_id": message_id,
        "metadata": metadata or {},
    }
    body_hash = _hash(body)
    named = bool(idempotency_key or message_id)
    delivery_hash = _delivery_hash(channel, body, idempotency_key)
    receipt = _delivered_before(delivery_hash, body_hash if named else None)
    if receipt is not None:
        return receipt
    try:
        with transaction.atomic():
            return _store(channel, body, sent_at, delivery_hash, body_hash, in_background=in_background)
    except IntegrityError:
        # The same delivery was being stored at this very moment; the unique hash let one of us through.
        receipt = _delivered_before(delivery_hash, body_hash if named else None)
        if receipt is None:
            raise
        return receipt


def _delivered_before(delivery_hash: str, body_hash: str | None) -> Receipt | None:
    """The first delivery of this hash; `body_hash` is compared where a key or an id stands for the body."""
    message = InboundMessage.objects.filter(delivery_hash=delivery_hash).only("run_id", "body_hash").first()
    if message is None:
        return None
    if body_hash is not None and message.body_hash != body_hash:
        raise Conflict(
            "This Idempotency-Key or message_id was used before with another body.",
            state={"run_id": str(message.run_id)},
        )
    return Receipt(run_id=message.run_id, created=False)


def _store(
    channel: Channel,
    body: Mapping[str, Any],
    sent_at: datetime,
    delivery_hash: str,
    body_hash: str,
    *,
    in_background: bool,
) -> Receipt:
    conversation, is_new = Conversation.objects.get_or_create(channel=channel, client_id=body["client_id"])
    conversation.channel = channel  # known already: the pipeline will ask for it
    run = Run(conversation=conversation, sla_due_at=_due_at(sent_at))
    if not in_background:
        lease_new(run)
    run.save(force_insert=True)
    message = InboundMessage(
        conversation=conversation,
        run=run,
        text=body["text"],
        sent_at=sent_at,
        message_id=body["message_id"],
        metadata=body["metadata"],
        delivery_hash=delivery_hash,
        body_hash=body_hash,
    )
    message.save(force_insert=True)
    if in_background:
        run_continue_defer(run.pk)
    work = None if in_background else Work(run=run, messages=(message,), has_history=not is_new)
    return Receipt(run_id=run.pk, created=True, lease_token=run.lease_token, work=work)


def _due_at(sent_at: datetime) -> datetime:
    return sla_due_at(sent_at, settings.SLA_THRESHOLD_HOURS)


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
