"""How Twilio proves that a request is its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import parse_qsl, urlsplit, urlunsplit

PORTS = {"https": 443, "http": 80}


def is_signed(url: str, body: bytes, given: str, *, auth_token: str) -> bool:
    """Whether `X-Twilio-Signature` is right for the public address and the form, in constant time.

    Twilio signs the address with the port or without it, so that both are tried. Never without a token.
    """
    if not auth_token:
        return False
    header = given.encode("utf-8", "replace")
    return any(hmac.compare_digest(header, signature(form, body, auth_token)) for form in _with_and_without_port(url))


def signature(url: str, body: bytes, auth_token: str) -> bytes:
    """HMAC-SHA1, in base64, over the address and every field with its value, sorted; a value given twice counts once.

    https://www.twilio.com/docs/usage/security. Fields are kept as the bytes they are, so that no two bodies that
    decode to the same characters by replacement share a signature.
    """
    fields = parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    written = "".join(name + value for name, value in sorted(set(fields)))
    signed = url.encode() + written.encode("latin-1")
    return base64.b64encode(hmac.new(auth_token.encode(), signed, hashlib.sha1).digest())


def _with_and_without_port(url: str) -> list[str]:
    parts = urlsplit(url)
    host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    with_port = f"{host}:{parts.port or PORTS.get(parts.scheme, 443)}"
    return [urlunsplit(parts._replace(netloc=netloc)) for netloc in (host, with_port)]
