"""Which embedding space is searched, and the lock under which the knowledge base changes."""

from __future__ import annotations

from dataclasses import asdict

from django.db import connection, transaction

from agents.knowledge.embeddings import wanted_key
from agents.knowledge.embeddings.base import SpaceKey
from agents.models import EmbeddingSpace

LOCK = 0x6B6E6F77  # "know": the advisory lock's number


def lock_knowledge() -> None:
    """Until the end of the transaction nobody else stores documents or switches spaces; reading goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def active_space() -> EmbeddingSpace | None:
    return EmbeddingSpace.objects.filter(state=EmbeddingSpace.State.ACTIVE).first()


@transaction.atomic
def space_for_writing() -> EmbeddingSpace:
    """The space in use; the first document opens the configured one."""
    if space := active_space():
        return space
    lock_knowledge()
    if space := active_space():
        return space
    space, _ = EmbeddingSpace.objects.get_or_create(**asdict(wanted_key()))
    space.state = EmbeddingSpace.State.ACTIVE
    space.save(update_fields=["state", "updated_at"])
    return space


def key_of(space: EmbeddingSpace) -> SpaceKey:
    return SpaceKey(provider=space.provider, model=space.model, dimensions=space.dimensions, version=space.version)
