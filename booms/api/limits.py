"""How large a body may be, in bytes."""

from __future__ import annotations

from django.conf import settings


def body_limit(path: str) -> int:
    """The limit of what is sent to this path."""
    return settings.LARGE_BODIES.get(path, settings.REQUEST_BODY_LIMIT)
