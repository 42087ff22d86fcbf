"""Reads of the CRM: the queue, a case, and what the pipeline is told of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from accounts.models import User
from agents.conf import settings as agent_settings
from agents.customer_message.state import CustomerMessage, Exchange, Rule
from agents.knowledge.retrieval import Scope, search
from booms.core.errors import NotFound
from crm.models import (
    Channel,
    Conversation,
    Decision,
    Delivery,
    InboundMessage,
    Reply,
    Run,
    RunStatus,
    RunStep,
    RunTransition,
    WebhookEvent,
)
from crm.reply_selectors import ReplyWindow, reply_window
from crm.vendors.reading import LONGEST_TEXT
from stages.selectors import brand_brief

# How much of a conversation the drafter and the supervisor see.
HISTORY_ENTRIES = 20
# How many passages of the account's documents the drafter is given.
PASSAGES = 4
# Before a reply of ours that was not said, for those who read the conversation as text.
NOT_RECEIVED = "[This did not reach the customer.]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """Something said in a conversation. `is_current` marks the messages the case is about; `delivery` is a reply's
    status: one that is `failed` did not reach the customer, as far as is known.
    """

    author: Literal["client", "agent", "supervisor"]
    text: str
    at: datetime
    is_current: bool = False
    delivery: str = ""

    @property
    def is_received(self) -> bool:
        return self.delivery != Reply.Status.FAILED


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """Everything a supervisor may know of a run. `entries` are oldest first and bounded."""

    run: Run
    conversation: Conversation
    entries: tuple[Entry, ...]
    steps: tuple[RunStep, ...]
    transitions: tuple[RunTransition, ...]
    decision: Decision | None
    deliveries: tuple[Delivery, ...]
    window: ReplyWindow | None
    draft_digest: str

    @property
    def is_open(self) -> bool:
        return self.run.status == RunStatus.PENDING_APPROVAL


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueFigures:
    """The queue in five numbers."""

    waiting: int
    past_sla: int
    due_within_hour: int
    negative: int
    decided_today: int


def _runs() -> QuerySet[Run]:
    return Run.objects.select_related("conversation__channel__account", "claimed_by", "reply", "decision__supervisor")


def run_result(run_id: UUID) -> Run:
    """The run with its reply. Raises `NotFound`."""
    try:
        return Run.objects.select_related("reply", "conversation__channel").get(pk=run_id)
    except Run.DoesNotExist:
        raise NotFound(f"There is no run {run_id}.") from None


def channel_run(channel: Channel, run_id: UUID) -> Run:
    """The run if it came in over this channel; another channel's is as unknown as none. Raises `NotFound`."""
    run = run_result(run_id)
    if run.conversation.channel_id != channel.pk:
        raise NotFound(f"There is no run {run_id}.")
    return run


def run_for_work(run_id: UUID) -> Run:
    return Run.objects.select_related("conversation__channel__account").prefetch_related("messages").get(pk=run_id)


def customer_message(run: Run, messages: Sequence[InboundMessage], *, has_history: bool = True) -> CustomerMessage:
    """What the pipeline is told of a run: its messages in order, the conversation before them, if there is any, and
    what the documents say of it.
    """
    ordered = sorted(messages, key=lambda message: (message.sent_at, message.created_at))
    channel = run.conversation.channel
    earlier = conversation_entries(run.conversation, before=run) if has_history else []
    whole = "\n\n".join(message.text for message in ordered)
    # What is longer a human reads whole, and decides; models are given its beginning.
    text = whole if len(whole) <= LONGEST_TEXT else f"{whole[:LONGEST_TEXT]} […]"
    return CustomerMessage(
        run_id=run.pk,
        client_id=run.conversation.client_id,
        text=text,
        sent_at=ordered[0].sent_at,
        now=timezone.now(),
        sla_hours=settings.SLA_THRESHOLD_HOURS,
        account_id=channel.account_id,
        model_id=agent_settings().crm_model,
        pinned_language=run.conversation.language,
        must_escalate=run.must_escalate or ("" if text is whole else Rule.UNREADABLE_CONTENT),
        brief=brand_brief(channel.account) if channel.account is not None else None,
        history=tuple(
            Exchange(
                author="client" if entry.author == "client" else "us",
                text=entry.text if entry.is_received else f"{NOT_RECEIVED} {entry.text}",
                at=entry.at,
            )
            for entry in earlier
        ),
        passages=search(text, Scope(account_id=channel.account_id, for_customers=True), limit=PASSAGES),
    )


def conversation_entries(conversation: Conversation, *, before: Run) -> list[Entry]:
    """What was said before a run, oldest first: the latest messages of the client and our replies, in one query."""
    earlier = {"conversation": conversation, "run__position__lt": before.position}
    asked = (
        InboundMessage.objects.filter(**earlier)
        .annotate(at=F("sent_at"), by=Value("client"), delivery=Value(""))
        .order_by("-created_at")
        .values_list("text", "at", "by", "delivery")[:HISTORY_ENTRIES]
    )
    answered = (
        Reply.objects.filter(**earlier)
        .annotate(at=F("created_at"), by=F("author"), delivery=F("status"))
        .order_by("-created_at")
        .values_list("text", "at", "by", "delivery")[:HISTORY_ENTRIES]
    )
    entries = [
        Entry(author=by, text=text, at=at, delivery=delivery)
        for text, at, by, delivery in asked.union(answered, all=True)
    ]
    return sorted(entries, key=lambda entry: entry.at)[-HISTORY_ENTRIES:]


def pending_runs(
    *,
    account_id: UUID | None = None,
    channel: UUID | None = None,
    channel_kind: str = "",
    sentiment: str = "",
    sla_breached: bool | None = None,
    order: Literal["due", "age"] = "due",
) -> QuerySet[Run]:
    """Cases that wait for a decision: nearest to breach first, or oldest first.

    Each has `message_text` and `message_sent_at` (its first message) and `last_message` (of the conversation).
    """
    given = {
        "conversation__channel__account_id": account_id,
        "conversation__channel_id": channel,
        "conversation__channel__kind": channel_kind or None,
        "sentiment": sentiment or None,
        "sla_breached": sla_breached,
    }
    runs = _runs().filter(status=RunStatus.PENDING_APPROVAL, **{key: v for key, v in given.items() if v is not None})
    first = InboundMessage.objects.filter(run=OuterRef("pk")).order_by("sent_at", "created_at")
    last = InboundMessage.objects.filter(conversation=OuterRef("conversation")).order_by("-created_at")
    return runs.annotate(
        message_text=Subquery(first.values("text")[:1]),
        message_sent_at=Subquery(first.values("sent_at")[:1]),
        last_message=Subquery(last.values("pk")[:1]),
    ).order_by(*(("sla_due_at", "created_at") if order == "due" else ("created_at", "pk")))


def queue_figures(now: datetime) -> QueueFigures:
    """The five numbers over the queue, in two queries. "Today" is the day of the current time zone."""
    due = Q(sla_due_at__gte=now, sla_due_at__lt=now + timedelta(hours=1))
    waiting = Run.objects.filter(status=RunStatus.PENDING_APPROVAL).aggregate(
        waiting=Count("pk"),
        past_sla=Count("pk", filter=Q(sla_due_at__lt=now)),
        due_within_hour=Count("pk", filter=due),
        negative=Count("pk", filter=Q(sentiment="negative")),
    )
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return QueueFigures(**waiting, decided_today=Decision.objects.filter(created_at__gte=today).count())


def case(run_id: UUID) -> Case:
    """The whole case in a constant number of queries. Raises `NotFound`."""
    try:
        run = _runs().get(pk=run_id)
    except Run.DoesNotExist:
        raise NotFound(f"There is no case {run_id}.") from None
    current = [
        Entry(author="client", text=message.text, at=message.sent_at, is_current=True)
        for message in run.messages.order_by("sent_at", "created_at")
    ]
    reply = getattr(run, "reply", None)
    answer = (
        [Entry(author=reply.author, text=reply.text, at=reply.created_at, is_current=True, delivery=reply.status)]
        if reply
        else []
    )
    return Case(
        run=run,
        conversation=run.conversation,
        entries=(*conversation_entries(run.conversation, before=run), *current, *answer),
        steps=tuple(run.steps.all()),
        transitions=tuple(run.transitions.select_related("actor")),
        decision=getattr(run, "decision", None),
        deliveries=tuple(reply.deliveries.order_by("number")) if reply else (),
        window=reply_window(run.conversation),
        draft_digest=draft_digest(run),
    )


def next_case(run: Run, user: User) -> Run | None:
    """The case for this supervisor to look at after this one: the nearest to breach that nobody else has open."""
    taken = Q(claimed_until__gt=timezone.now()) & ~Q(claimed_by=user)
    return pending_runs().exclude(pk=run.pk).exclude(taken).first()


def draft_digest(run: Run, last_message: UUID | None = None) -> str:
    """What ties a decision to what was read: sha256 over the draft and the conversation's last message."""
    if last_message is None:
        last_message = (
            InboundMessage.objects.filter(conversation=run.conversation_id)
            .order_by("-created_at")
            .values_list("pk", flat=True)
            .first()
        )
    return hashlib.sha256(f"{last_message}\n{run.draft}".encode()).hexdigest()


def webhook_events(
    *,
    ids: Sequence[UUID] = (),
    since: datetime | None = None,
    verdicts: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> QuerySet[WebhookEvent]:
    """Events in the order they came; what is not given does not narrow them."""
    given = {"pk__in": ids, "created_at__gte": since, "verdict__in": verdicts, "source__in": sources}
    return WebhookEvent.objects.filter(**{name: value for name, value in given.items() if value}).order_by("created_at")
