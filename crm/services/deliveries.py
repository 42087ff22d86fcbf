"""What becomes of replies that were sent: vendors report it, late, twice, and in any order."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from crm.models import Channel, Delivery, Reply
from crm.services.outbox import reply_lock, reply_release_next
from crm.vendors.failures import Failure, failure_word

logger = logging.getLogger(__name__)

S = Reply.Status
KINDS: Mapping[str, tuple[str, ...]] = {
    "meta": (Channel.Kind.WHATSAPP_META,),
    "twilio": (Channel.Kind.WHATSAPP_TWILIO, Channel.Kind.SMS_TWILIO),
}
# The vendors' words for ours. What they have taken on is sent, wherever it waits with them.
WORDS: Mapping[str, str] = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), S.SENT),
    "delivered": S.DELIVERED,
    **dict.fromkeys(("read", "played"), S.READ),
    **dict.fromkeys(("failed", "undelivered", "canceled"), S.FAILED),
}
# A reply only ever moves up. What has arrived has not failed, whatever comes after.
RANK: Mapping[str, int] = {S.QUEUED: 0, S.SENT: 2, S.FAILED: 3, S.DELIVERED: 4, S.READ: 5}
# Failed for want of news: any news is better.
RANK_UNKNOWN = 1
ARRIVED = frozenset({S.DELIVERED, S.READ})
LONGEST_ID = 255
UNRESOLVED = (Delivery.Outcome.STARTED, Delivery.Outcome.UNKNOWN)


@transaction.atomic
def reply_status_note(
    *,
    vendor: str,
    vendor_id: str,
    reply_id: str | None,
    status: str,
    at: datetime,
    failure: str = "",
    reason: str = "",
) -> bool:
    """Take a status callback in, however late, often and out of order it comes; False when no reply matches.

    `vendor` is `meta` or `twilio`, `status` one of its words, `reply_id` what we gave the vendor with the message,
    `failure` its error code or one of ours.
    """
    reply = _find(vendor, vendor_id, reply_id)
    if reply is None:
        return False
    word = WORDS.get(status)
    if word is None:
        logger.warning("A vendor reports an unknown status", extra={"reply": str(reply.pk), "status": status[:40]})
        return True
    if _is_of_earlier_attempt(reply, vendor_id):
        if word in ARRIVED:
            reply_advance(reply, word, at=at)
        return True
    if vendor_id:
        reply.vendor_id = vendor_id[:LONGEST_ID]
    attempt_resolve(reply, Delivery.Outcome.REFUSED if word == S.FAILED else Delivery.Outcome.ACCEPTED, reason=reason)
    why = failure_word(vendor, failure) if word == S.FAILED else ""
    reply_advance(reply, word, at=at, failure=why, reason=reason)
    return True


def attempt_resolve(reply: Reply, outcome: str, *, reason: str = "") -> None:
    """Close the last attempt if it was not known how it ended."""
    last = attempt_last(reply)
    if last is not None and last.outcome in UNRESOLVED:
        last.outcome, last.reason, last.finished_at = outcome, reason, last.finished_at or timezone.now()
        last.save(update_fields=["outcome", "reason", "finished_at", "updated_at"])


def attempt_last(reply: Reply) -> Delivery | None:
    return reply.deliveries.order_by("-number").first()


def reply_advance(reply: Reply, status: str, *, at: datetime, failure: str = "", reason: str = "") -> None:
    """Move a locked reply up, or leave it where it is; then the next one of the conversation has its turn."""
    moves, waited = RANK[status] > _rank(reply), reply.status == S.QUEUED
    if moves:
        reply.status, reply.status_at = status, min(at, timezone.now())
        reply.failure, reply.failure_reason = failure, reason
        log = logger.warning if status == S.FAILED else logger.info
        log("A reply has got further", extra={"reply": str(reply.pk), "status": status, "failure": failure})
    reply.save(update_fields=["status", "status_at", "vendor_id", "failure", "failure_reason", "updated_at"])
    if moves and waited:
        reply_release_next(reply)


def _find(vendor: str, vendor_id: str, reply_id: str | None) -> Reply | None:
    """By the vendor's id, else by ours; a vendor speaks of replies on its own channels alone."""
    replies = Reply.objects.filter(conversation__channel__kind__in=KINDS[vendor]).exclude(status=S.RETURNED)
    replies = replies.values_list("pk", flat=True)
    found = replies.filter(vendor_id=vendor_id).first() if vendor_id else None
    if found is None and (ours := _uuid(reply_id)) is not None:
        found = replies.filter(pk=ours).first()
    return reply_lock(found) if found else None


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _is_of_earlier_attempt(reply: Reply, vendor_id: str) -> bool:
    """Whether the status is about an attempt that failed before the reply was sent again."""
    if not reply.vendor_id or not vendor_id:
        return False
    if reply.vendor_id == vendor_id:
        return reply.status == S.QUEUED
    last = attempt_last(reply)
    return last is None or last.outcome not in UNRESOLVED


def _rank(reply: Reply) -> int:
    if reply.status == S.FAILED and reply.failure == Failure.UNKNOWN:
        return RANK_UNKNOWN
    return RANK[reply.status]
