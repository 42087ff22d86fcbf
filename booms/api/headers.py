"""Request headers that several endpoints read."""

from __future__ import annotations

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

KEY_CHARACTERS = 255


def idempotency_key(request: Request) -> str:
    """`Idempotency-Key`, empty when there is none. Raises `ValidationError` for one that is too long."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > KEY_CHARACTERS:
        raise ValidationError({"Idempotency-Key": f"At most {KEY_CHARACTERS} characters."}, code="max_length")
    return key


def prefers_async(request: Request) -> bool:
    """Whether `Prefer: respond-async` is asked for (RFC 7240)."""
    preferences = request.headers.get("Prefer", "").lower().replace(";", ",").split(",")
    return "respond-async" in {preference.strip() for preference in preferences}
