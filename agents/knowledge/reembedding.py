"""Changing the embedding model: the new space is built beside the old one, which is searched until the switch."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from agents.errors import ProviderError
from agents.knowledge.chunking import with_heading
from agents.knowledge.embeddings import embedder, wanted_key
from agents.knowledge.embeddings.base import Embedder, SpaceKey
from agents.knowledge.indexing import space_index_drop, space_indexes
from agents.knowledge.ingestion import EMBEDDING_SECONDS
from agents.knowledge.spaces import active_space, key_of, lock_knowledge
from agents.models import Chunk, ChunkVector, EmbeddingSpace
from booms.core.database import release_connection
from booms.jobs.deferring import job_defer

State = EmbeddingSpace.State
TASK, QUEUE = "agents.space_keep", "documents"
SLICE = 20.0  # seconds that one job builds for: a worker that is told to stop need not wait longer
RETRY = timedelta(minutes=10)  # until a model that failed is asked again
LOOKED_UP = 2000  # passages without a vector that one query finds


@dataclass(frozen=True, kw_only=True, slots=True)
class Reembedded:
    """What a change of space took; `embedded` are the passages that had no vector in it yet, or still have none."""

    space: EmbeddingSpace
    embedded: int
    switched: bool
    finished: bool = True


def space_build(
    *,
    key: SpaceKey,
    dry_run: bool = False,
    seconds: float | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Reembedded:
    """Give every passage a vector in the space, then search it instead of the present one.

    Every batch is stored, so that what was stopped, or ran out of its `seconds`, goes on where it was. Passages of
    documents that come in meanwhile are embedded before the switch. Raises `ProviderError`, which the space remembers;
    the present one is then still searched.
    """
    present = active_space()
    if present and key_of(present) == key and not _missing(present).exists():
        return Reembedded(space=present, embedded=0, switched=False)
    if dry_run:
        space = EmbeddingSpace.objects.filter(**asdict(key)).first() or EmbeddingSpace(**asdict(key))
        return Reembedded(space=space, embedded=_missing(space).count(), switched=False)
    space = _open(key)
    end = time.monotonic() + seconds if seconds is not None else float("inf")
    try:
        done = _fill(space, end, progress)
        while not (finished := _switch(space)) and time.monotonic() < end:
            done += _fill(space, end, progress)
    except ProviderError as error:
        _note(space, error.code)
        raise
    return Reembedded(space=space, embedded=done, switched=finished and present != space, finished=finished)


def space_keep() -> bool:
    """Build the configured space for a while, where it is not the one in use or lacks passages; whether any is left.

    A model that has failed is left alone for some minutes.
    """
    present, key = active_space(), wanted_key()
    if present is None or (key_of(present) == key and not _missing(present).exists()):
        return False
    failed_after = timezone.now() - RETRY
    if EmbeddingSpace.objects.filter(**asdict(key), updated_at__gt=failed_after).exclude(fault="").exists():
        return False
    if space_build(key=key, seconds=SLICE).finished:
        return False
    space_keep_defer()
    return True


def space_keep_defer() -> bool:
    """Have a worker build the configured space; False: one will do so anyway."""
    return job_defer(TASK, queue=QUEUE, queueing_lock=TASK, timestamp=0)


def spaces_forget() -> int:
    """Delete the vectors of spaces that are not in use, and their indexes; how many spaces there were."""
    for index in space_indexes():
        if index.present and index.space.state != State.ACTIVE:
            space_index_drop(index=index)
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


@transaction.atomic
def _open(key: SpaceKey) -> EmbeddingSpace:
    """The space to build; the others that were building are given up."""
    lock_knowledge()
    space, _ = EmbeddingSpace.objects.get_or_create(**asdict(key))
    EmbeddingSpace.objects.filter(state=State.BUILDING).exclude(pk=space.pk).update(state=State.RETIRED)
    if space.state == State.RETIRED:
        space.state = State.BUILDING
    space.fault = ""
    space.save(update_fields=["state", "fault", "updated_at"])
    return space


def _note(space: EmbeddingSpace, fault: str) -> None:
    space.fault = fault
    space.save(update_fields=["fault", "updated_at"])


def _fill(space: EmbeddingSpace, end: float, progress: Callable[[int, int], None]) -> int:
    model = embedder(key_of(space))
    total, done = _missing(space).count(), 0
    while time.monotonic() < end and (waiting := list(_missing(space).values_list("pk", flat=True)[:LOOKED_UP])):
        for start in range(0, len(waiting), model.batch):
            if time.monotonic() >= end:
                break
            done += _embed(space, model, waiting[start : start + model.batch])
            progress(done, max(total, done))
    return done


def _embed(space: EmbeddingSpace, model: Embedder, wanted: list) -> int:
    batch = list(Chunk.objects.filter(pk__in=wanted).only("heading", "text"))
    release_connection()
    if batch:
        texts = [with_heading(chunk.heading, chunk.text) for chunk in batch]
        _store(space, batch, model.embed(texts, purpose="passage", timeout=EMBEDDING_SECONDS))
    return len(batch)


@transaction.atomic
def _store(space: EmbeddingSpace, batch: list[Chunk], vectors: list[list[float]]) -> None:
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
    EmbeddingSpace.objects.filter(pk=space.pk).update(state=State.ACTIVE, updated_at=timezone.now())
    space.state = State.ACTIVE
    return True
