"""Rows of the agents app: the ledger of model calls, and the knowledge base."""

from agents.models.documents import Chunk, ChunkVector, Document, EmbeddingSpace, Kind, Language
from agents.models.ledger import ModelCall, Outcome, SubjectKind

__all__ = [
    "Chunk",
    "ChunkVector",
    "Document",
    "EmbeddingSpace",
    "Kind",
    "Language",
    "ModelCall",
    "Outcome",
    "SubjectKind",
]
