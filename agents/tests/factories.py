"""Makers of rows for tests."""

from __future__ import annotations

from agents.models import ModelCall


def model_call(**fields):
    """A row of the ledger."""
    given = {
        "purpose": "crm.analyst",
        "asked_model": "openai-gpt4o",
        "served_model": "openai-gpt4o",
        "provider": "openai",
        "vendor_model": "gpt-4o",
        "prompt_tokens": 100,
        "completion_tokens": 10,
        "duration_ms": 300,
        "outcome": "ok",
    }
    return ModelCall.objects.create(**given | fields)
