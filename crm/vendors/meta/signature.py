"""How Meta proves that a request is its own."""

from __future__ import annotations

import hashlib
import hmac

PREFIX = "sha256="


def signature(body: bytes, *, app_secret: str) -> str:
    """What `X-Hub-Signature-256` must say of these raw bytes.

    Meta escapes what is not ASCII before it signs (`\\u00e4`) and sends exactly those bytes: a body that was decoded
    and written again has another signature.
    """
    return PREFIX + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, given: str, *, app_secret: str) -> bool:
    """Whether the header's value is right, compared in constant time; never without a secret."""
    return bool(app_secret) and _same(given, signature(body, app_secret=app_secret))


def is_verification(token: str, *, verify_token: str) -> bool:
    """Whether the token of a verification request is the one agreed on; never without one."""
    return bool(verify_token) and _same(token, verify_token)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
