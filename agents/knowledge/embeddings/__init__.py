"""Embeddings behind one interface; the only code that knows their vendors' packages."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from agents.conf import settings
from agents.errors import UnknownModel
from agents.knowledge.embeddings.base import Embedder, SpaceKey

# The ids that EMBEDDING_MODEL takes. 768 dimensions in half precision stay within a row of PostgreSQL.
MODELS = {
    "offline": SpaceKey(provider="offline", model="use-multilingual-v3", dimensions=512),
    "openai-text-embedding-3-small": SpaceKey(provider="openai", model="text-embedding-3-small", dimensions=768),
    "openai-text-embedding-3-large": SpaceKey(provider="openai", model="text-embedding-3-large", dimensions=768),
    "google-gemini-embedding-001": SpaceKey(provider="google", model="gemini-embedding-001", dimensions=768),
}
CLASSES = {
    "offline": "agents.knowledge.embeddings.offline.OfflineEmbedder",
}


def wanted_key(model_id: str = "") -> SpaceKey:
    """The space of a model id, or of the configured one. Raises `UnknownModel`."""
    chosen = model_id or settings().embedding_model
    if chosen not in MODELS:
        raise UnknownModel(f"There is no embedding model {chosen!r}. Choose one of {', '.join(MODELS)}.")
    return MODELS[chosen]


@cache
def embedder(key: SpaceKey) -> Embedder:
    """The embedder of a space; made once a process, its package imported now."""
    module, _, name = CLASSES[key.provider].rpartition(".")
    return getattr(import_module(module), name)(key)
