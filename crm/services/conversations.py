"""Conversations: made, locked and counted in one statement."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from crm.models import Channel, Conversation

# Makes the conversation or locks it; whoever holds it is the only one who adds runs to it or settles one of them.
OPEN = """
INSERT INTO crm_conversation AS known (id, channel_id, client_id, language, run_count, created_at, updated_at)
VALUES (%(id)s, %(channel)s, %(client_id)s, '', %(runs)s, %(now)s, %(now)s)
ON CONFLICT (channel_id, client_id)
DO UPDATE SET run_count = known.run_count + %(runs)s, updated_at = excluded.updated_at
RETURNING id, language, run_count, created_at, updated_at
"""


def conversation_open(*, channel: Channel, client_id: str, new_runs: int) -> tuple[Conversation, bool]:
    """The client's conversation, locked until the transaction ends, with room for `new_runs`; whether it is new."""
    values = {"id": uuid4(), "channel": channel.pk, "client_id": client_id, "runs": new_runs, "now": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(OPEN, values)
        found = dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))
    conversation = Conversation(channel=channel, client_id=client_id, **found)
    conversation._state.adding, conversation._state.db = False, connection.alias
    return conversation, conversation.pk == values["id"]


def conversation_lock(*, run_id: UUID) -> None:
    """Hold the conversation of a run until the transaction ends: nobody adds to it or settles a run of it meanwhile."""
    Conversation.objects.select_for_update(of=("self",), no_key=True).filter(runs=run_id).first()


def conversation_grow(conversation: Conversation) -> int:
    """Room for one more run in a conversation that the caller holds; the run's position."""
    conversation.run_count += 1
    conversation.save(update_fields=["run_count", "updated_at"])
    return conversation.run_count
