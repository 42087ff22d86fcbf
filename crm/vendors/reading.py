"""Fields of a payload that may hold anything: what is not what it should be reads as absent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

# Longest text that is left to the agents; what is longer is kept whole, and a human decides.
LONGEST_TEXT = 10_000
LONGEST_ID = 255
LONGEST_KIND = 24
LONGEST_NOTE = 500
CLOCKS_DIFFER = timedelta(minutes=5)


def text_of(source: Any, name: str) -> str:
    """The text, or the number as text, under this name; empty when there is none."""
    value = source.get(name) if isinstance(source, Mapping) else None
    if isinstance(value, str):
        return value.strip()
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""


def object_of(source: Any, name: str) -> Mapping[str, Any]:
    """The object under this name; an empty one when there is none."""
    value = source.get(name) if isinstance(source, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def objects_of(source: Any, name: str) -> list[Mapping[str, Any]]:
    """The objects of the list under this name."""
    value = source.get(name) if isinstance(source, Mapping) else None
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def notes_of(source: Any, *names: str) -> dict[str, str]:
    """What there is under these names, for a message's metadata: texts, cut where they are very long."""
    found = {name: text_of(source, name)[:LONGEST_NOTE] for name in names}
    return {name: value for name, value in found.items() if value}


def joined(*texts: str, by: str = " · ") -> str:
    """The texts that are not empty, each once."""
    return by.join(dict.fromkeys(text for text in texts if text))


def point(latitude: str, longitude: str) -> str:
    """Where something is; empty unless both are known."""
    return f"{latitude}, {longitude}" if latitude and longitude else ""


def moment(seconds: str, received_at: datetime) -> datetime | None:
    """A time in seconds since 1970; None for what is no time, or one that lies ahead of when it was received."""
    try:
        value = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return value if value <= received_at + CLOCKS_DIFFER else None
