"""Two things a human should see in any case: a wish for a human, and an attempt to steer the machine."""

from __future__ import annotations

import base64
import binascii
import re
from functools import cache

from agents.offline.phrases import Phrasebook
from agents.offline.rulebook import load
from agents.offline.text import excerpt, fold, normalise

# An attempt may hide in the middle of a long text, so this reads all of it, piece by piece.
PIECE, OVERLAP = 5000, 300
_ENCODED = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{24,4000}={0,2}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\U000e0000-\U000e007f]")


@cache
def _phrasebook(name: str) -> Phrasebook:
    return Phrasebook({name: load("safety")[name]})


@cache
def _markup() -> re.Pattern[str]:
    return re.compile("|".join(load("safety")["markup"]), re.IGNORECASE | re.MULTILINE)


def asks_for_human(text: str) -> bool:
    """The customer wants to talk to a person."""
    return _found("asks_for_human", excerpt(text))


def suspected_injection(text: str) -> bool:
    """The text speaks to a model instead of to us: instructions, delimiters, faked tool calls, encoded instructions."""
    plain = text if text.isascii() else _INVISIBLE.sub("", text)
    return bool(_markup().search(plain)) or _found("injection", plain) or any(map(_instructs, _decoded(plain)))


def _instructs(text: str) -> bool:
    return bool(_markup().search(text)) or _found("injection", text)


def _found(name: str, text: str) -> bool:
    pieces = (text[start : start + PIECE + OVERLAP] for start in range(0, max(1, len(text)), PIECE))
    return any(any(True for _ in _phrasebook(name).find(normalise(piece).spaced)) for piece in pieces)


def _decoded(text: str) -> list[str]:
    """Readable texts hidden in base64, at most three."""
    found = []
    for blob in _ENCODED.findall(text)[:3]:
        try:
            decoded = base64.b64decode(blob + "=" * (-len(blob) % 4), validate=False)
            found.append(fold(decoded.decode("utf-8")))
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
