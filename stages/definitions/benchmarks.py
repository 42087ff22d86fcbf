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
FIGURES = ("cpm", *RATES)
LABELS = {
    "cpm": Bilingual("CPM", "CPM"),
    "ctr": Bilingual("CTR", "CTR"),
    "conversion_rate": Bilingual("Tasa de conversión", "Conversion rate"),
    "close_rate": Bilingual("Tasa de cierre", "Close rate"),
}
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


def assumed_figures(source: str) -> list[str]:
    """The figures without a source: all, none, or as it tells ("CPM, CTR: https://…; close rate: assumption")."""
    told = {key: piece for piece in source.split(";") for key, piece in _labelled(piece)}
    if not told:
        return list(FIGURES) if is_assumption(source) else []
    return [key for key in FIGURES if key not in told or is_assumption(told[key])]


def _labelled(piece: str) -> list[tuple[str, str]]:
    """The figures that a part of a source names before its colon, each with what stands after it."""
    names, colon, rest = piece.partition(":")
    wanted = {fold(name) for name in names.split(",")}
    named = [key for key, label in LABELS.items() if wanted & {fold(text) for text in label}]
    return [(key, rest) for key in named] if colon else []
