"""The knowledge base: documents in, cited passages out."""
