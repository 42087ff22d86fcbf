"""An index over the vectors of a space that has become too large to scan, and which searches use it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from agents.models import EmbeddingSpace

# Scanning this many passages takes about as long as reaching them through the index; measured with 104,000.
EXACT_UP_TO = 10_000
# How far the index is followed: neighbours kept on the way, and passages looked at for those in the scope.
SETTINGS = {"hnsw.ef_search": 400, "hnsw.iterative_scan": "relaxed_order", "hnsw.max_scan_tuples": 40_000}
BUILD_MEMORY = "512MB"


@dataclass(frozen=True, kw_only=True, slots=True)
class SpaceIndex:
    """A space, how many passages have a vector in it, whether it has an index and whether it should."""

    space: EmbeddingSpace
    passages: int
    present: bool
    wanted: bool

    @property
    def name(self) -> str:
        return _name(self.space)


def space_indexes(*, above: int = EXACT_UP_TO) -> list[SpaceIndex]:
    """Every space in use or being built; an index is wanted for more than `above` passages."""
    spaces = EmbeddingSpace.objects.annotate(passages=Count("vectors")).order_by("created_at")
    return [
        SpaceIndex(
            space=space,
            passages=space.passages,
            present=_is_valid(_name(space)),
            wanted=space.passages > above and space.state != EmbeddingSpace.State.RETIRED,
        )
        for space in spaces
    ]


def space_index_create(*, index: SpaceIndex) -> None:
    """Build the index while documents are read and stored; searches use it from then on."""
    with connection.cursor() as cursor:
        # What an interrupted run left is no use.
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}")
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [BUILD_MEMORY])
        try:
            cursor.execute(
                f"CREATE INDEX CONCURRENTLY {index.name} ON agents_chunkvector"
                f" USING hnsw ((vector::halfvec({index.space.dimensions})) halfvec_cosine_ops)"
                f" WHERE space_id = '{index.space.pk}'"
            )
        finally:
            cursor.execute("RESET maintenance_work_mem")
    _mark(index.space, is_indexed=True)


def space_index_drop(*, index: SpaceIndex) -> None:
    """Searches scan again, then the index goes."""
    _mark(index.space, is_indexed=False)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}")


def _mark(space: EmbeddingSpace, *, is_indexed: bool) -> None:
    space.is_indexed = is_indexed
    space.save(update_fields=["is_indexed"])


def _is_valid(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE relname = %s AND indisvalid)",
            [name],
        )
        return cursor.fetchone()[0]


def _name(space: EmbeddingSpace) -> str:
    return f"agents_vectors_{space.pk.hex[:12]}"
