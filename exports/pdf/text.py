"""Text on the page. There is no markup: a tag in a text is drawn as the letters it is made of."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from enum import Enum
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from exports.pdf.palette import INK
from exports.pdf.typefaces import Face, runs_of, width_of
from exports.pdf.writing import as_seen, clean, glued, is_right_to_left, lines_of

FEWEST_LINES = 2
ELLIPSIS = "…"
PAGE, LONGEST = 842.0, 400
_RISE = 0.72


class Align(Enum):
    """On which side a line begins. `START` is the left, or the right for what is read from there."""

    START = "start"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, kw_only=True, slots=True)
class Type:
    """How a text is set; size and leading in points."""

    size: float
    leading: float
    face: Face = Face.TEXT
    colour: str = INK
    align: Align = Align.START


class Text(Flowable):
    """Lines of plain text. A `bullet` stands before the first, the others are indented like it.

    Of a text that is cut to `most_lines`, what is left out is told by an ellipsis.
    """

    leads = False

    def __init__(
        self, text: str, style: Type, *, bullet: str = "", indent: float = 0, most_lines: int | None = None
    ) -> None:
        super().__init__()
        self._most_lines = most_lines
        self._text = glued(clean(text))
        self._style = style
        self._bullet = bullet
        self._indent = indent or (9 if bullet else 0)
        self._from_right = style.align is Align.START and is_right_to_left(self._text)
        self._broken_for = -1.0
        self._lines: list[tuple[int, int]] = []

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width, self.height = avail_width, len(self._lines_for(avail_width)) * self._style.leading
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        lines = self._lines_for(avail_width)
        fitting = int((avail_height + 0.01) / self._style.leading)
        if fitting >= len(lines):
            return [self]
        if fitting < FEWEST_LINES:
            return []
        if len(lines) - fitting < FEWEST_LINES and fitting > FEWEST_LINES:
            fitting -= 1
        return [self._part(lines[:fitting], self._bullet), self._part(lines[fitting:], "")]

    def draw(self) -> None:
        style = self._style
        pen = self.canv.beginText()
        pen.setFillColor(HexColor(style.colour))
        self._font = ""
        baseline = self.height - style.leading + (style.leading - style.size * _RISE) / 2
        if self._bullet:
            self._put(pen, self._bullet, 0, baseline)
        for start, end in self._lines:
            line = as_seen(self._text[start:end], from_right=self._from_right)
            self._put(pen, line, self._left_of(line), baseline)
            baseline -= style.leading
        self.canv.drawText(pen)

    def _put(self, pen: Any, line: str, left: float, baseline: float) -> None:
        pen.setTextOrigin(left, baseline)
        for font, run in runs_of(line, self._style.face):
            if font != self._font:
                pen.setFont(font, self._style.size)
                self._font = font
            pen.textOut(run)

    def _left_of(self, line: str) -> float:
        if self._style.align is Align.START and not self._from_right:
            return self._indent
        spare = self.width - width_of(line, self._style.face, self._style.size)
        return spare / 2 if self._style.align is Align.CENTRE else spare

    def _lines_for(self, width: float) -> list[tuple[int, int]]:
        if width != self._broken_for:
            room = max(width - self._indent, 1)
            self._lines = lines_of(self._text, self._style.face, self._style.size, room)
            if self._most_lines and len(self._lines) > self._most_lines:
                self._shorten(room)
            self._broken_for = width
        return self._lines

    def _shorten(self, room: float) -> None:
        lines = self._lines[: self._most_lines]
        start, end = lines[-1]
        last = shortened(self._text[start:end] + ELLIPSIS, self._style, room)
        self._text = self._text[:start] + last
        self._lines = [*lines[:-1], (start, start + len(last))]

    def _part(self, lines: list[tuple[int, int]], bullet: str) -> Text:
        """Some of the lines, which are not broken again."""
        part = copy(self)
        start, end = lines[0][0], lines[-1][1]
        part._text, part._bullet = self._text[start:end], bullet
        part._lines = [(first - start, last - start) for first, last in lines]
        return part


def shortened(text: str, style: Type, room: float) -> str:
    """The text, or as much of it as there is room for and an ellipsis."""
    if width_of(text, style.face, style.size) <= room:
        return text
    kept = text.rstrip(ELLIPSIS)
    while kept and width_of(kept + ELLIPSIS, style.face, style.size) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def write_line(canvas: Canvas, text: str, x: float, y: float, style: Type, *, room: float = PAGE) -> None:
    """One line at a point, from it or ending at it or around it as the style aligns; cut to the room there is."""
    whole = shortened(clean(text[:LONGEST]).replace("\n", " "), style, room)
    line = as_seen(whole, from_right=is_right_to_left(whole))
    wide = width_of(line, style.face, style.size)
    left = {Align.START: x, Align.RIGHT: x - wide, Align.CENTRE: x - wide / 2}[style.align]
    pen = canvas.beginText(left, y)
    pen.setFillColor(HexColor(style.colour))
    for font, run in runs_of(line, style.face):
        pen.setFont(font, style.size)
        pen.textOut(run)
    canvas.drawText(pen)
