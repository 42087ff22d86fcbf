"""What every embedder is: text in, vectors of one space out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Purpose = Literal["passage", "query"]


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

    def embed(self, texts: Sequence[str], *, purpose: Purpose, timeout: float) -> list[list[float]]:
        """A vector of length 1 for each text. Raises `agents.errors.ProviderError`."""
        ...
