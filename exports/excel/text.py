"""Texts as a workbook can hold them: nothing that XML forbids, nothing that Excel would read as more than text."""

from __future__ import annotations

import re
from collections.abc import Collection

from agents.interview.state import Bilingual

# What a cell holds, in the UTF-16 units that Excel counts.
MAX_CELL = 32_767
CUT = Bilingual(
    " […] (texto cortado: una celda de Excel no admite más)", " […] (cut here: an Excel cell holds no more)"
)

# Surrogates without their other half and what is no character are as forbidden as control characters are.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NOT_IN_NAMES, _LONGEST_NAME = re.compile(r"[\[\]:*?/\\]"), 31
# Excel reads "_x0041_" in a stored text as "A".
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str, language: str) -> str:
    """A text as a cell stores it; one that is too long ends in a visible mark."""
    return _fitting(_ESCAPED.sub("_x005F_", printable(text)), MAX_CELL, CUT.of(language))


def line(text: str, longest: int) -> str:
    """A text for a title or a property: one line, cut to `longest` characters."""
    flat = " ".join(printable(text).split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


def sheet_name(text: str, taken: Collection[str]) -> str:
    """A name that Excel takes for a sheet: 31 characters, none that parts a reference, unlike all others."""
    plain = line(_NOT_IN_NAMES.sub(" ", text), _LONGEST_NAME).strip("' ") or "–"
    used = {name.casefold() for name in taken}
    name, number = plain, 1
    while name.casefold() in used:
        number += 1
        name = f"{plain[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
    return name


def printable(text: str) -> str:
    """The text without what XML forbids; every kind of line end is one."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _fitting(text: str, limit: int, mark: str) -> str:
    if len(text) <= limit // 2 or _units(text) <= limit:
        return text
    kept, room = [], limit - _units(mark)
    for character in text:
        room -= _units(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
