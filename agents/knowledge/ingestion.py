"""Taking documents in: read, cut into passages, embedded; then stored in one transaction, or not at all."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from agents.knowledge import presence
from agents.knowledge.chunking import Piece, language_of, pieces_of
from agents.knowledge.embeddings import embedder
from agents.knowledge.extraction.content import Limits, PageFault
from agents.knowledge.extraction.kinds import kind_of
from agents.knowledge.extraction.process import extract
from agents.knowledge.spaces import active_space, key_of, lock_knowledge, space_for_writing
from agents.models import Chunk, ChunkVector, Document, EmbeddingSpace, Language
from agents.offline.text import fold
from booms.core.database import release_connection

logger = logging.getLogger(__name__)

# PostgreSQL's names for how words of a language are stemmed.
CONFIGURATIONS = {Language.SPANISH: "spanish", Language.ENGLISH: "english", Language.OTHER: "simple"}
EMBEDDING_SECONDS = 60.0
ROWS = 500


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    REPLACED = "replaced"
    PRESENT = "already here"
    FAILED = "failed"


class Progress(Protocol):
    """Told how far a file has come; `step` is `pages` or `passages`."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A file to take in. `folder` tells files of one name apart; no `stages` means all of them."""

    name: str
    data: bytes = field(repr=False)
    folder: str = ""
    stages: tuple[int, ...] = ()

    @property
    def content_hash(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Ingested:
    """What became of a file, and what it took. `known_as` is the name under which its content was already here,
    `faults` are of pages that could not be taken in.
    """

    outcome: Outcome
    pages: int = 0
    passages: int = 0
    seconds: float = 0.0
    known_as: str = ""
    faults: tuple[PageFault, ...] = ()


def _silent(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def document_ingest(
    *,
    source: Source,
    account_id: UUID | None = None,
    replace: bool = False,
    dry_run: bool = False,
    limits: Limits | None = None,
    progress: Progress = _silent,
) -> Ingested:
    """Take one document in. Content that is here already is left alone unless `replace`; only its stages may grow.

    Raises `DocumentError` when it cannot be read, `ProviderError` when it cannot be embedded. Nothing is stored then.
    """
    started = time.monotonic()
    content_hash = source.content_hash
    if not replace and (known := _known(account_id, content_hash)):
        if not dry_run:
            _widen(known, source.stages)
        return Ingested(
            outcome=Outcome.PRESENT, pages=known.page_count, passages=known.passage_count, known_as=str(known)
        )
    release_connection()
    reading = extract(
        source.name, source.data, limits=limits, progress=lambda done, total: progress("pages", done, total)
    )
    pieces = pieces_of(reading.pages, kind_of(source.name))
    document = Document(
        account_id=account_id,
        name=source.name,
        folder=source.folder,
        stages=sorted(source.stages),
        kind=kind_of(source.name),
        content_hash=content_hash,
        size=len(source.data),
        language=language_of(pieces),
        page_count=max(page.number for page in reading.pages),
        passage_count=len(pieces),
    )
    outcome = _outlook(document) if dry_run else _store(document, pieces, progress)
    seconds = time.monotonic() - started
    if not dry_run:
        logger.debug(
            "Document taken in",
            extra={"document": str(document.pk), "outcome": outcome, "passages": len(pieces), "s": round(seconds, 1)},
        )
    return Ingested(
        outcome=outcome,
        pages=document.page_count,
        passages=len(pieces),
        seconds=seconds,
        faults=reading.faults,
    )


def document_remove(*, document: Document) -> None:
    """Delete a document with its passages."""
    with transaction.atomic():
        lock_knowledge()
        ChunkVector.objects.filter(chunk__document=document).delete()
        document.delete()
        presence.forget()


def _known(account_id: UUID | None, content_hash: str) -> Document | None:
    return Document.objects.filter(account_id=account_id, content_hash=content_hash).first()


def _namesake(document: Document) -> Document | None:
    return Document.objects.filter(account_id=document.account_id, folder=document.folder, name=document.name).first()


def _outlook(document: Document) -> Outcome:
    known = _known(document.account_id, document.content_hash) or _namesake(document)
    return Outcome.REPLACED if known else Outcome.ADDED


@transaction.atomic
def _widen(known: Document, stages: Sequence[int]) -> None:
    """The same content given for another stage serves that one, too; a document without stages serves all."""
    lock_knowledge()
    if known.stages and (wider := sorted({*known.stages, *stages})) != known.stages:
        known.stages = wider
        known.save(update_fields=["stages", "updated_at"])


def _store(document: Document, pieces: Sequence[Piece], progress: Progress) -> Outcome:
    """Embed, then put everything in at once; a space that was switched meanwhile is embedded for again."""
    while True:
        space = space_for_writing()
        release_connection()
        vectors = embed_pieces([piece.embedded_text for piece in pieces], space, document.account_id, progress)
        with transaction.atomic():
            lock_knowledge()
            if active_space() == space:
                return _put(document, pieces, vectors, space)


def embed_pieces(
    texts: Sequence[str], space: EmbeddingSpace, account_id: UUID | None, progress: Progress
) -> list[list[float]]:
    """The vectors of passages, a batch at a time."""
    model = embedder(key_of(space))
    vectors: list[list[float]] = []
    for start in range(0, len(texts), model.batch):
        batch = texts[start : start + model.batch]
        vectors += model.embed(batch, purpose="passage", timeout=EMBEDDING_SECONDS, account_id=account_id)
        progress("passages", len(vectors), len(texts))
    return vectors


def _put(
    document: Document, pieces: Sequence[Piece], vectors: Sequence[Sequence[float]], space: EmbeddingSpace
) -> Outcome:
    """The new version in the place of the old one, which keeps its id: what cites it still finds it."""
    same, older = _known(document.account_id, document.content_hash), _namesake(document)
    if same and older and same != older:
        # The content has come back under a name that stood for something else.
        document_remove(document=same)
    replaced = older or same
    if replaced:
        document.pk, document.created_at = replaced.pk, replaced.created_at
        ChunkVector.objects.filter(chunk__document=replaced).delete()
        replaced.chunks.all().delete()
    document.full_clean(validate_unique=False, validate_constraints=False)
    document.save(force_insert=not replaced, force_update=bool(replaced))
    chunks = [_chunk(document, number, piece) for number, piece in enumerate(pieces, 1)]
    Chunk.objects.bulk_create(chunks, batch_size=ROWS)
    ChunkVector.objects.bulk_create(
        (ChunkVector(chunk=chunk, space=space, vector=vector) for chunk, vector in zip(chunks, vectors, strict=True)),
        batch_size=ROWS,
    )
    presence.forget()
    return Outcome.REPLACED if replaced else Outcome.ADDED


def _chunk(document: Document, number: int, piece: Piece) -> Chunk:
    configuration = CONFIGURATIONS[Language(piece.language)]
    search = SearchVector(Value(fold(piece.heading)), weight="A", config=configuration) + SearchVector(
        Value(fold(piece.text)), weight="B", config=configuration
    )
    return Chunk(
        document=document,
        number=number,
        page=piece.page,
        heading=piece.heading,
        text=piece.text,
        language=piece.language,
        search=search,
    )
