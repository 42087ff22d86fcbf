"""Plain ranges by channel from which a media plan may start: assumptions that the consultant confirms or changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from agents.interview.parsing.words import fold
from agents.interview.state import Bilingual

BENCHMARKS = Path(__file__).parent / "data" / "benchmarks.json"
RATES = ("ctr", "conversion_rate", "close_rate")
ASSUMPTION = Bilingual("supuesto", "assumption")
_SAID_AS = frozenset(
    (
        "supuesto",
        "supuestos",
        "assumption",
        "assumptions",
        "assumed",
        "estimacion",
        "estimate",
        "estimado",
        "suposicion",
    )
)


class Range(NamedTuple):
    """The low, typical and high figure."""

    low: str
    typical: str
    high: str


@cache
def _data() -> Mapping[str, Any]:
    return json.loads(BENCHMARKS.read_text(encoding="utf-8"))


def is_priced(currency: str) -> bool:
    """Whether the default costs mean anything in a currency."""
    return currency in _data()["currencies"]


def ranges(channel: str) -> dict[str, Range]:
    """CPM and rates (in percent) of a channel by its name; one that is not known has the general ones."""
    found = _entry(channel)
    return {key: Range(*found[key]) for key in ("cpm", *RATES)}


def _entry(channel: str) -> Mapping[str, Any]:
    name = f" {fold(channel)} "
    named = [
        (len(spelling), entry)
        for entry in _data()["channels"].values()
        for spelling in entry["names"]
        if f" {spelling} " in name
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else _data()["other"]


def is_assumption(source: str) -> bool:
    """Whether what stands as a figure's source says that it has none."""
    return not fold(source) or bool(set(fold(source).split()) & _SAID_AS)
