"""What every embedder is: text in, vectors of one space out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from agents.errors import OutputError
from agents.messages import Usage

Purpose = Literal["passage", "query"]
BETWEEN = " › "  # between the headings above a passage, which are its first line


@dataclass(frozen=True, kw_only=True, slots=True)
class SpaceKey:
    """What makes vectors comparable; `version` is of how we prepare text."""

    provider: str
    model: str
    dimensions: int
    version: int = 1


class Embedder(Protocol):
    """One model; safe for many threads."""

    key: SpaceKey
    batch: int

    def embed(
        self, texts: Sequence[str], *, purpose: Purpose, timeout: float, account_id: UUID | None = None
    ) -> list[list[float]]:
        """A vector of length 1 for each text; `account_id` is who it is for. Raises `agents.errors.ProviderError`."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """A vendor's answer, and the tokens it took as far as the vendor says."""

    vectors: list[list[float]]
    usage: Usage


class Vendor(Protocol):
    """One request to a vendor's model; safe for many threads."""

    key: SpaceKey
    batch: int

    def request(self, texts: Sequence[str], *, purpose: Purpose, timeout: float) -> Embedded:
        """Raises `agents.errors.ProviderError`."""
        ...


def tokens(given: object) -> int:
    """A vendor's count of tokens; 0 where it gives none."""
    return int(given) if isinstance(given, int | float) and given > 0 else 0


def checked(
    vectors: Sequence[Sequence[float] | None], key: SpaceKey, count: int, usage: Usage | None = None
) -> list[list[float]]:
    """A vendor's vectors made of length 1 (shortened ones are not). Raises `OutputError` for any that do not fit."""
    if len(vectors) != count or any(vector is None or len(vector) != key.dimensions for vector in vectors):
        raise OutputError(f"The embeddings are not {count} vectors of {key.dimensions} dimensions.", usage=usage)
    return [_normalised(vector, usage) for vector in vectors if vector is not None]


def _normalised(vector: Sequence[float], usage: Usage | None) -> list[float]:
    length = math.hypot(*vector)
    if not length or not math.isfinite(length):
        raise OutputError("An embedding is empty.", usage=usage)
    return [value / length for value in vector]
