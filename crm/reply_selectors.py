"""Reads about replies on their way: how long a customer may be written to, and whom none has reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from crm.models import Conversation, InboundMessage, Reply
from crm.vendors.senders import SENDERS


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplyWindow:
    """How long a customer may be written to; `sentence` says what can be done when that time is over."""

    closes_at: datetime
    is_open: bool

    @property
    def sentence(self) -> str:
        return (
            f"WhatsApp's window for replies closed on {self.closes_at:%Y-%m-%d at %H:%M} UTC, a day after the"
            " customer's last message. It opens when the customer writes again; until then reach them another way."
        )


def reply_window(conversation: Conversation) -> ReplyWindow | None:
    """How long the customer may be written to; None on channels where always."""
    length = SENDERS[conversation.channel.kind].window
    if length is None:
        return None
    now = timezone.now()
    last = InboundMessage.objects.filter(conversation=conversation).aggregate(last=Max("sent_at"))["last"]
    closes_at = min(last or conversation.created_at, now) + length
    return ReplyWindow(closes_at=closes_at, is_open=now < closes_at)


def unreached_replies() -> QuerySet[Reply]:
    """Replies that failed and after which the customer has been told nothing, the latest failure first."""
    told = Reply.objects.filter(conversation=OuterRef("conversation"), created_at__gt=OuterRef("created_at"))
    return Reply.objects.filter(~Exists(told.exclude(status=Reply.Status.FAILED)), status=Reply.Status.FAILED).order_by(
        "-status_at"
    )
