"""Any text made fit to be set: cleaned, broken into lines, and each line in the order it is seen."""

from __future__ import annotations

import re
import unicodedata

from arabic_reshaper import reshape
from bidi.algorithm import get_display

from exports.pdf.typefaces import REPLACEMENT, Face, glyphs

_WIDE = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_DASHES = "\\-\u2013\u2014/"
# What a line may be broken between: spaces, wide characters, and words with the dashes that end them.
_PIECES = re.compile(f" +|[{_WIDE}]|[{_DASHES}]*[^ {_DASHES}{_WIDE}]*[{_DASHES}]*")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u1680\u2000-\u200a\u205f\u3000]")
_NO_BREAK = "\N{NO-BREAK SPACE}"
_UNITS = re.compile(r"(?<=\d) (?=[%€$£¥₹]|US\$|[A-Z]{3}\b)")
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_FUZZ = 0.01


class _Visible(dict[int, int | None]):
    """Characters as they are asked for: those that cannot be seen are left out, those that do not exist replaced."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        unseen = category in ("Cc", "Cf", "Cs") and code != ord("\n")
        selects = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
        self[code] = None if unseen or selects else ord(REPLACEMENT) if category == "Cn" else code
        return self[code]


_VISIBLE = _Visible()


def clean(text: str) -> str:
    """The text without what cannot be seen: controls, marks of direction, variation selectors, halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    spaced = _SPACES.sub(" ", _BREAKS.sub("\n", unicodedata.normalize("NFC", whole)))
    return spaced.translate(_VISIBLE)


def glued(text: str) -> str:
    """The text with its figures held to their units, which then begin no line."""
    return _UNITS.sub(_NO_BREAK, text)


def unbroken(text: str) -> str:
    """The text in one line, e.g. an amount with its currency."""
    return clean(text).replace("\n", _NO_BREAK).replace(" ", _NO_BREAK)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is Hebrew, Arabic or the like."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction == "L":
            return False
        if direction in _RIGHT_TO_LEFT:
            return True
    return False


def lines_of(text: str, face: Face, size: float, width: float) -> list[tuple[int, int]]:
    """Where the lines of a clean text begin and end, none wider than `width` points unless one character is."""
    room = width * 1000 / size + _FUZZ
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        lines.extend(_broken(text, start, start + len(paragraph), face, room))
        start += len(paragraph) + 1
    return lines


def as_seen(line: str, *, from_right: bool) -> str:
    """A line in the order its characters stand on paper, Arabic letters joined; `from_right` if its text is so read."""
    if line.isascii() or not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in line):
        return line
    return str(get_display(reshape(line), base_dir="R" if from_right else "L"))


def _broken(text: str, begin: int, finish: int, face: Face, room: float) -> list[tuple[int, int]]:
    known = glyphs(face)
    lines: list[tuple[int, int]] = []
    start = end = begin
    used = 0.0
    for piece in filter(re.Match.group, _PIECES.finditer(text, begin, finish)):
        wide = sum(known[char].width for char in piece.group())
        if piece.group().isspace() and piece.group() != _NO_BREAK:
            if end == start:
                start = end = piece.end()
            else:
                used += wide
            continue
        if used + wide > room and end > start:
            lines.append((start, end))
            start = end = piece.start()
            used = 0.0
        if wide > room:
            *full, (start, end) = _chopped(text, piece.start(), piece.end(), face, room)
            lines.extend(full)
            used = sum(known[char].width for char in text[start:end])
        else:
            used, end = used + wide, piece.end()
    lines.append((start, end))
    return lines


def _chopped(text: str, begin: int, finish: int, face: Face, room: float) -> list[tuple[int, int]]:
    """A word that no line has room for, cut where each line is full."""
    known = glyphs(face)
    parts: list[tuple[int, int]] = []
    start, used = begin, 0.0
    for at in range(begin, finish):
        wide = known[text[at]].width
        if used + wide > room and at > start:
            parts.append((start, at))
            start, used = at, 0.0
        used += wide
    return [*parts, (start, finish)]
