"""The outbox: replies are rows, written in the transaction that decides them."""

from __future__ import annotations

from crm.models import Reply, Run


def reply_add(run: Run, *, text: str, author: str, in_response: bool = False) -> Reply:
    """The answer of a run, in the transaction that decides it; the database takes one a run.

    `in_response`: the webhook that brought the message is still waiting and gives the text in its own answer.
    """
    reply = Reply(run=run, conversation=run.conversation, text=text, author=author, status=Reply.Status.RETURNED)
    reply.save(force_insert=True)
    run.reply = reply
    return reply
