"""Rows of the agents app: the ledger of model calls, and the knowledge base."""

from agents.models.documents import Chunk, ChunkVector, Document, DocumentUpload, EmbeddingSpace, Kind, Language
from agents.models.ledger import ModelCall, Outcome, SubjectKind

__all__ = [
    "Chunk",
    "ChunkVector",
    "Document",
    "DocumentUpload",
    "EmbeddingSpace",
    "Kind",
    "Language",
    "ModelCall",
    "Outcome",
    "SubjectKind",
]
