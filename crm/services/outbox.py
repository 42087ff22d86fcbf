"""The outbox: replies are rows, written in the transaction that decides them, and sent by jobs deferred in it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from booms.jobs.deferring import job_defer
from crm.models import Conversation, Delivery, Reply, Run
from crm.vendors.senders import sends

TASK, QUEUE = "crm.reply_send", "replies"


def reply_add(run: Run, *, text: str, author: str, in_response: bool = False) -> Reply:
    """The answer of a run, in the transaction that decides it; the database takes one a run.

    It is queued for sending, unless `in_response` (the webhook that brought the message is still waiting and gives
    the text in its own answer) or the client reads it at the run.
    """
    leaves = not in_response and sends(run.conversation.channel)
    reply = Reply(
        run=run,
        conversation=run.conversation,
        text=text,
        author=author,
        status=Reply.Status.QUEUED if leaves else Reply.Status.RETURNED,
        status_at=timezone.now(),
    )
    reply.save(force_insert=True)
    run.reply = reply
    if leaves:
        reply_send_defer(reply.pk)
    return reply


def reply_lock(reply_id: UUID) -> Reply | None:
    """The reply, nobody else's until the transaction ends: its conversation is locked, so that replies go out one after
    the other, and whoever locks many conversations never waits for one who waits for them.
    """
    conversation = (
        Conversation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("channel")
        .filter(replies=reply_id)
        .first()
    )
    if conversation is None:
        return None
    reply = conversation.replies.select_related("run").get(pk=reply_id)
    reply.conversation = conversation
    return reply


def replies_waiting() -> QuerySet[Reply]:
    """Replies still to be sent. One that was sent, but not known to have arrived, keeps no other one waiting."""
    perhaps_sent = Delivery.objects.filter(
        reply=OuterRef("pk"), outcome=Delivery.Outcome.UNKNOWN, created_at__gte=OuterRef("status_at")
    )
    return Reply.objects.filter(~Exists(perhaps_sent), status=Reply.Status.QUEUED)


def reply_release_next(reply: Reply) -> None:
    """Have the next reply of the conversation sent, now that this one no longer waits."""
    waiting = replies_waiting().filter(conversation=reply.conversation_id)
    following = waiting.order_by("run__position").values_list("pk", flat=True).first()
    if following is not None:
        reply_send_defer(following)


def reply_send_defer(reply_id: UUID, *, at: datetime | None = None) -> bool:
    """Have a worker send the reply, now or `at` a time, as part of the caller's transaction; False: it will anyway."""
    return job_defer(TASK, queue=QUEUE, queueing_lock=f"reply:{reply_id}", at=at, reply_id=str(reply_id))
