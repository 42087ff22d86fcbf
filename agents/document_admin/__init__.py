"""The knowledge base in the admin: documents, uploads, and the embedding spaces they are searched in."""

from agents.document_admin import documents, spaces, uploads  # noqa: F401 register their pages
