"""Embeddings behind one interface; the only code that knows their vendors' packages."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Any

from agents.conf import OFFLINE, AgentSettings, settings
from agents.errors import UnknownModel
from agents.knowledge.embeddings.base import Embedder, SpaceKey
from agents.knowledge.embeddings.recording import RecordingEmbedder

# The ids that EMBEDDING_MODEL takes. 768 dimensions in half precision stay within a row of PostgreSQL.
MODELS = {
    "offline": SpaceKey(provider="offline", model="use-multilingual-v3", dimensions=512, version=2),
    "openai-text-embedding-3-small": SpaceKey(provider="openai", model="text-embedding-3-small", dimensions=768),
    "openai-text-embedding-3-large": SpaceKey(provider="openai", model="text-embedding-3-large", dimensions=768),
    "google-gemini-embedding-001": SpaceKey(provider="google", model="gemini-embedding-001", dimensions=768),
}
CLASSES = {
    "offline": "agents.knowledge.embeddings.offline.OfflineEmbedder",
    "openai": "agents.knowledge.embeddings.openai.OpenAIEmbedder",
    "google": "agents.knowledge.embeddings.google.GoogleEmbedder",
}


def wanted_key(model_id: str = "") -> SpaceKey:
    """The space of a model id, or of the configured one. Raises `UnknownModel`."""
    chosen = model_id or settings().embedding_model
    if chosen not in MODELS:
        raise UnknownModel(f"There is no embedding model {chosen!r}. Choose one of {', '.join(MODELS)}.")
    return MODELS[chosen]


def embedder(key: SpaceKey) -> Embedder:
    """The embedder of a space, kept until the settings change. Raises `AuthenticationFailed` when a key is missing."""
    chosen = settings()
    with _making:
        made_for, made = _made.get(key, (None, None))
        if made is None or made_for is not chosen:
            made = make_embedder(key, chosen)
            _made[key] = (chosen, made)
    return made


_making = threading.Lock()
_made: dict[SpaceKey, tuple[AgentSettings, Embedder]] = {}


def make_embedder(key: SpaceKey, chosen: AgentSettings, **options: Any) -> Embedder:
    """A new embedder; its package is imported now. What vendors are asked is written to the ledger."""
    module, _, name = CLASSES[key.provider].rpartition(".")
    made = getattr(import_module(module), name)(key, chosen, **options)
    if key.provider == OFFLINE:
        return made
    model_id = next((model_id for model_id, known in MODELS.items() if known == key), key.model)
    return RecordingEmbedder(made, model_id)
