"""Replies are sent: one attempt after another, each known before the vendor is called, none made twice."""

from __future__ import annotations

import logging
import random
import time
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from booms.api.exceptions import DATABASE_AWAY
from booms.core.database import release_connection
from booms.core.errors import Conflict, NotFound
from crm.api.callbacks import reply_created
from crm.models import Channel, Delivery, Reply
from crm.reply_selectors import reply_window
from crm.services.deliveries import UNRESOLVED, attempt_last, reply_advance
from crm.services.outbox import replies_waiting, reply_lock, reply_release_next, reply_send_defer
from crm.services.windows import window_check
from crm.vendors.base import Fate, Outcome, Outgoing
from crm.vendors.failures import Failure
from crm.vendors.senders import SENDERS, attempt

logger = logging.getLogger(__name__)

# Seconds between attempts: after the last pause, some three hours in all, a reply is given up.
PAUSES = (5, 30, 120, 600, 1800, 3600, 3600)
# Workers that were all turned away at once do not all come back at once.
JITTER = 0.25
LONGEST_PAUSE = 6 * 3600
# An attempt takes half a minute at most; after so long its worker is gone, and the next reply may go.
ATTEMPT = timedelta(seconds=45)
# How long the vendor's own word is waited for when it is not known whether a reply went out.
GRACE = timedelta(minutes=2)
# A queued reply is without a job only after a crash of the kind nobody thought of.
FORGOTTEN = timedelta(seconds=60)
# Whoever's clock it was: what came before a reply was queued again is before it.
TICK = timedelta(microseconds=1)
SWEEP_LIMIT = 500
STORE_PAUSES = (0.2, 1, 3, 6, 10)


def reply_send(*, reply_id: UUID) -> None:
    """Make an attempt to send a reply that is queued and whose turn it is; of many callers at once, one does.

    No transaction is open and no connection held while the vendor is called.
    """
    started = _start(reply_id)
    if started is None:
        return
    delivery, message = started
    release_connection()
    _store(delivery, attempt(message))


@transaction.atomic
def reply_send_again(*, run_id: UUID, supervisor: User) -> Reply:
    """Queue a failed reply once more; one that is queued stays so.

    Raises `NotFound`, and `Conflict` for a reply that did not fail or whose window is closed.
    """
    found = Reply.objects.filter(run=run_id).values_list("pk", flat=True).first()
    reply = reply_lock(found) if found else None
    if reply is None:
        raise NotFound(f"There is no reply of a run {run_id}.")
    if reply.status == Reply.Status.QUEUED:
        return reply
    if reply.status != Reply.Status.FAILED:
        raise Conflict(f"The reply has not failed: it is {reply.status}.", state={"delivery": reply.status})
    window_check(reply.conversation)
    last, now = attempt_last(reply), timezone.now()
    reply.status, reply.status_at = Reply.Status.QUEUED, max(now, last.created_at + TICK) if last else now
    reply.failure = reply.failure_reason = ""
    reply.save(update_fields=["status", "status_at", "failure", "failure_reason", "updated_at"])
    reply_send_defer(reply.pk)
    logger.info("A reply is to be sent again", extra={"reply": str(reply.pk), "supervisor": str(supervisor.pk)})
    return reply


def deliveries_sweep() -> int:
    """Find attempts whose worker is gone, replies nobody knows about, and queued ones without a job; how many."""
    now = timezone.now()
    cut = _under_way().filter(created_at__lt=now - ATTEMPT)
    unknown = Delivery.objects.filter(
        outcome=Delivery.Outcome.UNKNOWN,
        created_at__lt=now - GRACE,
        created_at__gte=F("reply__status_at"),
        reply__status=Reply.Status.QUEUED,
    )
    for delivery in cut.select_related("reply")[:SWEEP_LIMIT]:
        _finish(delivery, _cut_short())
    for reply_id in unknown.values_list("reply_id", flat=True)[:SWEEP_LIMIT]:
        _give_up_waiting(reply_id)
    queued = sum(reply_send_defer(reply_id) for reply_id in _without_job(now))
    if queued:
        logger.warning("Forgotten replies were queued again", extra={"replies": queued})
    return queued


@transaction.atomic
def _start(reply_id: UUID) -> tuple[Delivery, Outgoing] | None:
    """A new attempt, committed before anything is sent; None when it is not the reply's turn, or too late for it."""
    reply = reply_lock(reply_id)
    if reply is None or reply.status != Reply.Status.QUEUED or _is_behind_another(reply):
        return None
    last = attempt_last(reply)
    if last is not None and last.outcome in UNRESOLVED and _is_current(last, reply):
        return None
    window = reply_window(reply.conversation)
    if window is not None and not window.is_open:
        _fail(reply, Failure.WINDOW_CLOSED, window.sentence)
        return None
    return _attempt(reply, number=last.number + 1 if last else 1), _outgoing(reply)


def _attempt(reply: Reply, *, number: int) -> Delivery:
    """A new attempt, never older than what it is one of: another machine's clock may have queued the reply."""
    delivery = Delivery(reply=reply, number=number)
    delivery.save(force_insert=True)
    if delivery.created_at < reply.status_at:
        delivery.created_at = reply.status_at
        delivery.save(update_fields=["created_at"])
    return delivery


def _store(delivery: Delivery, outcome: Outcome) -> None:
    """`_finish`, through a restart of the database: what became of the attempt is known here alone."""
    for pause in STORE_PAUSES:
        try:
            _finish(delivery, outcome)
        except DATABASE_AWAY:
            logger.warning("The outcome of an attempt is not stored yet", extra={"reply": str(delivery.reply_id)})
            release_connection()
            time.sleep(pause)
        else:
            return
    _finish(delivery, outcome)


@transaction.atomic
def _finish(delivery: Delivery, outcome: Outcome) -> None:
    """Store how an attempt ended; what a status callback told meanwhile is known better."""
    reply = reply_lock(delivery.reply_id)
    delivery.refresh_from_db()
    if delivery.outcome not in UNRESOLVED and outcome.fate != Fate.ACCEPTED:
        return
    again = outcome.fate == Fate.UNKNOWN and SENDERS[reply.conversation.channel.kind].is_idempotent
    fate = Fate.RETRY if again else outcome.fate
    delivery.outcome, delivery.finished_at = fate, timezone.now()
    delivery.status_code, delivery.reason = outcome.status_code, outcome.reason
    delivery.save()
    if fate == Fate.ACCEPTED:
        _accept(reply, delivery, outcome.vendor_id)
    elif reply.status == Reply.Status.QUEUED and _is_current(delivery, reply):
        if fate == Fate.REFUSED:
            _fail(reply, outcome.failure or Failure.REFUSED, outcome.reason)
        elif fate == Fate.RETRY:
            _retry(reply, outcome)
        else:
            reply_release_next(reply)


def _accept(reply: Reply, delivery: Delivery, vendor_id: str) -> None:
    if vendor_id and vendor_id != reply.vendor_id and delivery == attempt_last(reply):
        reply.vendor_id = vendor_id
        if reply.status == Reply.Status.FAILED:
            # What was reported meanwhile was the end of an earlier attempt.
            reply.status = Reply.Status.QUEUED
    reply_advance(reply, Reply.Status.SENT, at=timezone.now())


def _retry(reply: Reply, outcome: Outcome) -> None:
    made = reply.deliveries.filter(created_at__gte=reply.status_at).count()
    if made > len(PAUSES):
        _fail(reply, outcome.failure or Failure.UNAVAILABLE, f"Given up after {made} attempts. {outcome.reason}")
        return
    pause = PAUSES[made - 1] * (1 + JITTER * random.random())  # noqa: S311 (no secret)
    pause = max(pause, min(outcome.retry_after or 0, LONGEST_PAUSE))
    reply_send_defer(reply.pk, at=timezone.now() + timedelta(seconds=pause))
    logger.warning(
        "A reply was not sent and is tried again",
        extra={"reply": str(reply.pk), "attempt": made, "failure": outcome.failure, "seconds": round(pause)},
    )


@transaction.atomic
def _give_up_waiting(reply_id: UUID) -> None:
    reply = reply_lock(reply_id)
    last = attempt_last(reply)
    if reply.status == Reply.Status.QUEUED and last.outcome == Delivery.Outcome.UNKNOWN and _is_current(last, reply):
        _fail(reply, Failure.UNKNOWN, f"It is not known whether the message arrived. {last.reason}".strip())


def _fail(reply: Reply, failure: Failure, reason: str) -> None:
    reply_advance(reply, Reply.Status.FAILED, at=timezone.now(), failure=failure, reason=reason)


def _cut_short() -> Outcome:
    return Outcome(
        fate=Fate.UNKNOWN, failure=Failure.UNAVAILABLE, reason="The worker stopped before the answer was known."
    )


def _is_current(delivery: Delivery, reply: Reply) -> bool:
    """Whether the attempt was made since the reply was queued, the last time if it was sent again."""
    return delivery.created_at >= reply.status_at


def _is_behind_another(reply: Reply) -> bool:
    """Whether one for an earlier run still waits, or any other one is being sent at this moment."""
    waiting = replies_waiting().filter(conversation=reply.conversation_id, run__position__lt=reply.run.position)
    return waiting.exists() or _under_way().filter(reply__conversation=reply.conversation_id).exists()


def _without_job(now: datetime) -> list[UUID]:
    """The first waiting reply of each conversation, unless an attempt is under way; one with a job keeps that."""
    waiting = replies_waiting()
    earlier = waiting.filter(conversation=OuterRef("conversation"), run__position__lt=OuterRef("run__position"))
    under_way = _under_way().filter(reply__conversation=OuterRef("conversation"))
    forgotten = waiting.filter(~Exists(earlier), ~Exists(under_way), updated_at__lt=now - FORGOTTEN)
    return list(forgotten.order_by("created_at").values_list("pk", flat=True)[:SWEEP_LIMIT])


def _under_way() -> QuerySet[Delivery]:
    return Delivery.objects.filter(outcome=Delivery.Outcome.STARTED)


def _outgoing(reply: Reply) -> Outgoing:
    channel = reply.conversation.channel
    return Outgoing(
        reply_id=reply.pk,
        kind=channel.kind,
        address=channel.address,
        recipient=reply.conversation.client_id,
        text=reply.text,
        callback_url=channel.callback_url,
        callback_secret=channel.callback_secret,
        event=reply_created(reply) if channel.kind == Channel.Kind.API else {},
    )
