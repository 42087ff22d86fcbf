"""Finding passages: by their words and by their meaning, joined by rank; only where the asker may look."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, Sum
from pgvector import HalfVector

from agents.conf import OFFLINE
from agents.customer_message.state import Language, Passage
from agents.errors import ProviderError
from agents.knowledge import presence
from agents.knowledge.embeddings import embedder
from agents.knowledge.indexing import EXACT_UP_TO, SETTINGS
from agents.knowledge.lexicon import translations
from agents.knowledge.spaces import active_space, key_of
from agents.models import Document, EmbeddingSpace
from agents.offline.language import detect
from agents.offline.text import fold
from booms.core.database import release_connection

logger = logging.getLogger(__name__)

Method = Literal["joined", "text", "vector"]
LIMIT = 5
DEPTH = 50  # how many of each list are joined
MOST_MATCHES = 3000  # passages with one word that are looked at where an index is used
RANK_OFFSET = 10
# Of meaning, and of words; measured on the questions in `evaluation`.
WEIGHTS: dict[Method, tuple[float, float]] = {"joined": (1.0, 1.0), "text": (0.0, 1.0), "vector": (1.0, 0.0)}
# What words are worth in passages of another language than the question's; the second where a passage in its own
# language has this share of what its words weigh.
TRANSLATED, FOREIGN, ENOUGH = 0.75, 0.25, 0.7
# A passage counts as found when it is this close in meaning, or has this share of what the question's words weigh.
LEAST_SIMILARITY = 0.28
LEAST_COVERAGE = 0.6
SURE = 0.5
LONGEST_QUERY = 1000  # characters
MOST_WORDS = 40
QUERY_SECONDS = 5.0
CANDIDATES = "-- candidates: `matches` of terms and `nearest` vectors, by a scan or by indexes\n"
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Where to look: an account's own documents and the shared ones, nothing else, whoever asks.

    `stage` leaves out documents for other stages. `for_customers` leaves out shared documents that belong to a stage:
    those teach the agents of that stage, not the client's customers.
    """

    account_id: UUID | None
    stage: int | None = None
    language: str = ""
    for_customers: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A passage with how it was found: similarity and coverage from 0 to 1, ranks from 1 or none."""

    passage: Passage
    number: int
    similarity: float
    coverage: float
    vector_rank: int | None
    text_rank: int | None


def search(query: str, scope: Scope, *, limit: int = LIMIT) -> tuple[Passage, ...]:
    """The passages that fit, best first; none when nothing fits well enough."""
    if not presence.has_documents(scope.account_id):
        return ()
    return tuple(found.passage for found in candidates(query, scope, limit=limit) if fits(found))


def warm_up() -> None:
    """What the first search of a process waits for is done now: the model, the lexicon, the database's dictionaries."""
    if not Document.objects.exists() or (space := active_space()) is None:
        return
    if space.provider == OFFLINE:
        candidates("warm up", Scope(account_id=None), limit=1)
        return
    # A vendor is asked nothing: its package and its client are what takes time.
    translations(["up"], "en")
    with suppress(ProviderError):
        embedder(key_of(space))


def fits(found: Found) -> bool:
    """Whether it is close enough to be given to an agent."""
    return found.similarity >= LEAST_SIMILARITY or found.coverage >= LEAST_COVERAGE


def candidates(query: str, scope: Scope, *, limit: int = LIMIT, method: Method = "joined") -> list[Found]:
    """The best passages whether they fit or not, with why they were found."""
    asked = query.strip()[:LONGEST_QUERY]
    words = list(dict.fromkeys(WORD.findall(fold(asked))))[:MOST_WORDS]
    space = active_space()
    if space is None or not words:
        return []
    vector_weight, text_weight = WEIGHTS[method]
    vector = _embedded(asked, space, scope.account_id)
    spoken = _spoken(asked)
    parameters: dict[str, Any] = {
        "words": words,
        "translations": translations(words, spoken),
        "space": space.pk,
        "vector": HalfVector(vector or [0.0] * space.dimensions).to_text(),
        "vector_weight": vector_weight if vector else 0.0,
        "text_weight": text_weight,
        "translated_weight": text_weight * TRANSLATED,
        "foreign_weight": text_weight * FOREIGN,
        "enough": ENOUGH,
        "spoken": spoken,
        "offset": RANK_OFFSET,
        "depth": DEPTH,
        "most_matches": MOST_MATCHES,
        "limit": limit,
        "account": scope.account_id,
        "stage": scope.stage,
        "language": scope.language or None,
        "for_customers": scope.for_customers,
    }
    by_index = space.is_indexed and _passages_in(scope) > EXACT_UP_TO
    return [_found(row) for row in (_rows_by_index(space, parameters) if by_index else _rows(_exact(), parameters))]


def _passages_in(scope: Scope) -> int:
    """How many passages a scan would look at."""
    found = Document.objects.filter(Q(account_id=scope.account_id) | Q(account_id=None))
    if scope.stage:
        found = found.filter(Q(stages=[]) | Q(stages__contains=[scope.stage]))
    if scope.for_customers:
        found = found.filter(Q(account_id__isnull=False) | Q(stages=[]))
    return found.aggregate(passages=Sum("passage_count"))["passages"] or 0


def _rows_by_index(space: EmbeddingSpace, parameters: dict[str, Any]) -> list[tuple]:
    """A filter leaves too few of an index's nearest: it is followed further until there are enough."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(value)])
        return _rows(_indexed(space.dimensions), parameters)


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _spoken(asked: str) -> str | None:
    """The question's language, where that is certain enough."""
    language, sure = detect(asked)
    return language.value if sure >= SURE and language != Language.OTHER else None


def _embedded(asked: str, space: EmbeddingSpace, account_id: UUID | None) -> list[float] | None:
    """The question in the space; without its vendor the words alone must do."""
    try:
        model = embedder(key_of(space))
        if space.provider != OFFLINE:
            release_connection()
        return model.embed([asked], purpose="query", timeout=QUERY_SECONDS, account_id=account_id)[0]
    except ProviderError as error:
        logger.warning("A question could not be embedded; its words are searched", extra={"code": error.code})
        return None


def _found(row: Sequence[Any]) -> Found:
    document_id, name, page, heading, text, number, score, similarity, coverage, vector_rank, text_rank = row
    return Found(
        passage=Passage(
            document=name, page=page, text=text, heading=heading, document_id=document_id, score=round(score, 5)
        ),
        number=number,
        similarity=similarity,
        coverage=coverage,
        vector_rank=vector_rank,
        text_rank=text_rank,
    )


@cache
def _exact() -> str:
    return _sql("search").replace(CANDIDATES, _sql("search_exact"))


@cache
def _indexed(dimensions: int) -> str:
    candidates = _sql("search_indexed").replace("{dimensions}", str(dimensions))
    return _sql("search").replace(CANDIDATES, candidates)


def _sql(name: str) -> str:
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
