"""The fonts of the documents: loaded when first needed, embedded as subsets, with others to fall back on."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
FALLBACKS = ("DejaVuSans", "NotoEmoji-Regular", "DroidSansFallback", "HangulFallback")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_loading = Lock()
_subsetting = Lock()


class Face(StrEnum):
    """The cuts that text is set in. Figures are of one width in all but the display cut."""

    TEXT = "Inter-Regular"
    STRONG = "Inter-SemiBold"
    DISPLAY = "InterDisplay-SemiBold"


class Glyph(NamedTuple):
    """What stands for a character: of which font, which character, and how wide in thousandths of the size."""

    font: str
    char: str
    width: float


class _SharedFont(TTFont):
    """A font that several documents are made with at once: its file has one reading position, so one cuts at a time."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        with _subsetting:
            super().addObjects(doc)


class _Glyphs(dict[str, Glyph]):
    """The characters of a face as they are asked for; what no font has becomes a replacement that can be seen."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._fonts = (face.value, *FALLBACKS)

    def __missing__(self, char: str) -> Glyph:
        found = self[char] = self._find(char) or self._find(REPLACEMENT) or Glyph(self._fonts[0], "?", 500)
        return found

    def _find(self, char: str) -> Glyph | None:
        for name in self._fonts:
            metrics = _font(name).face
            if ord(char) in metrics.charToGlyph:
                return Glyph(name, char, metrics.charWidths.get(ord(char), metrics.defaultWidth))
        return None


@cache
def glyphs(face: Face) -> _Glyphs:
    """What to draw for each character in a face."""
    return _Glyphs(face)


def registered(face: Face) -> str:
    """The name that reportlab knows a face by."""
    return str(_font(face).fontName)


def width_of(text: str, face: Face, size: float) -> float:
    """How wide a text is in points."""
    known = glyphs(face)
    return sum(known[char].width for char in text) * size / 1000


def runs_of(text: str, face: Face) -> list[tuple[str, str]]:
    """The text in runs of one font each."""
    known = glyphs(face)
    runs: list[tuple[str, str]] = []
    for char in text:
        glyph = known[char]
        if runs and runs[-1][0] == glyph.font:
            runs[-1] = (glyph.font, runs[-1][1] + glyph.char)
        else:
            runs.append((glyph.font, glyph.char))
    return runs


def _font(name: str) -> TTFont:
    with _loading:
        return _loaded(name)


@cache
def _loaded(name: str) -> TTFont:
    font = _SharedFont(name, str(FOLDER / f"{name}.ttf"))
    registerFont(font)
    return font
