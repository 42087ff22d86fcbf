"""Reads of the knowledge base for people: which documents there are, and their passages."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from agents.models import Chunk, ChunkVector, Document, EmbeddingSpace


def account_exists(account_id: UUID) -> bool:
    accounts = Document._meta.get_field("account").related_model
    return accounts.objects.filter(pk=account_id).exists()


def documents(
    *, account_id: UUID | None = None, stage: int | None = None, only_shared: bool = False
) -> QuerySet[Document]:
    """All documents, or those an account may see, or the shared ones; `stage` keeps those that serve it."""
    found = Document.objects.select_related("account").order_by("account__client_name", "folder", "name")
    if only_shared:
        found = found.filter(account=None)
    elif account_id:
        found = found.filter(Q(account_id=account_id) | Q(account=None))
    return found.filter(Q(stages=[]) | Q(stages__contains=[stage])) if stage else found


def documents_called(name: str, *, account_id: UUID | None = None) -> list[Document]:
    """The documents meant by an id, a name or `folder/name`; by name only an account's own, or the shared ones."""
    try:
        return list(Document.objects.filter(pk=UUID(name)))
    except ValueError:
        folder, _, last = name.rpartition("/")
        found = Document.objects.filter(account_id=account_id, name=last)
        return list(found.filter(folder=folder) if folder else found)


def passages_of(document: Document, *, page: int | None = None) -> QuerySet[Chunk]:
    found = document.chunks.order_by("number")
    return found.filter(page=page) if page else found


def space_progress(space: EmbeddingSpace) -> tuple[int, int]:
    """How many passages have a vector in the space, and how many passages there are."""
    return ChunkVector.objects.filter(space=space).count(), Chunk.objects.count()
