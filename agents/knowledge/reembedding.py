"""Changing the embedding model: the new space is built beside the old one, which is searched until the switch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from agents.knowledge.chunking import with_heading
from agents.knowledge.embeddings import embedder
from agents.knowledge.embeddings.base import SpaceKey
from agents.knowledge.ingestion import EMBEDDING_SECONDS
from agents.knowledge.spaces import active_space, key_of, lock_knowledge
from agents.models import Chunk, ChunkVector, EmbeddingSpace
from booms.core.database import release_connection

State = EmbeddingSpace.State


@dataclass(frozen=True, kw_only=True, slots=True)
class Reembedded:
    """What a change of space took; `embedded` are the passages that had no vector in it yet."""

    space: EmbeddingSpace
    embedded: int
    switched: bool


def space_build(
    *, key: SpaceKey, dry_run: bool = False, progress: Callable[[int, int], None] = lambda done, total: None
) -> Reembedded:
    """Give every passage a vector in the space, then search it instead of the present one.

    Every batch is stored, so that what was stopped goes on where it was. Passages of documents that come in meanwhile
    are embedded before the switch. Raises `ProviderError`; the present space is then still searched.
    """
    present = active_space()
    if present and key_of(present) == key and not _missing(present).exists():
        return Reembedded(space=present, embedded=0, switched=False)
    if dry_run:
        space = EmbeddingSpace.objects.filter(**asdict(key)).first() or EmbeddingSpace(**asdict(key))
        return Reembedded(space=space, embedded=_missing(space).count(), switched=False)
    space, _ = EmbeddingSpace.objects.get_or_create(**asdict(key), defaults={"state": State.BUILDING})
    done = _fill(space, progress)
    while not _switch(space):
        done += _fill(space, progress)
    return Reembedded(space=space, embedded=done, switched=present != space)


def spaces_forget() -> int:
    """Delete the vectors of spaces that are not in use; how many spaces there were."""
    with transaction.atomic():
        lock_knowledge()
        unused = EmbeddingSpace.objects.exclude(state=State.ACTIVE)
        count = unused.count()
        ChunkVector.objects.filter(space__in=unused).delete()
        unused.delete()
    return count


def _missing(space: EmbeddingSpace) -> QuerySet[Chunk]:
    vectors = ChunkVector.objects.filter(chunk=OuterRef("pk"), space=space.pk)
    return Chunk.objects.filter(~Exists(vectors))


def _fill(space: EmbeddingSpace, progress: Callable[[int, int], None]) -> int:
    model = embedder(key_of(space))
    total, done = _missing(space).count(), 0
    while batch := list(_missing(space).only("heading", "text")[: model.batch]):
        release_connection()
        texts = [with_heading(chunk.heading, chunk.text) for chunk in batch]
        vectors = model.embed(texts, purpose="passage", timeout=EMBEDDING_SECONDS)
        _keep(space, batch, vectors)
        done += len(batch)
        progress(done, max(total, done))
    return done


@transaction.atomic
def _keep(space: EmbeddingSpace, batch: list[Chunk], vectors: list[list[float]]) -> None:
    """Vectors of the passages that are still there; a document may have been replaced meanwhile."""
    lock_knowledge()
    alive = set(Chunk.objects.filter(pk__in=[chunk.pk for chunk in batch]).values_list("pk", flat=True))
    ChunkVector.objects.bulk_create(
        (
            ChunkVector(chunk=chunk, space=space, vector=vector)
            for chunk, vector in zip(batch, vectors, strict=True)
            if chunk.pk in alive
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def _switch(space: EmbeddingSpace) -> bool:
    """Search the space from now on, unless passages without a vector in it have come in."""
    lock_knowledge()
    if _missing(space).exists():
        return False
    EmbeddingSpace.objects.filter(state=State.ACTIVE).exclude(pk=space.pk).update(state=State.RETIRED)
    EmbeddingSpace.objects.filter(pk=space.pk).update(state=State.ACTIVE)
    space.state = State.ACTIVE
    return True
