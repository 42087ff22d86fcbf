"""Headings, which a reader of the file finds in its outline too."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf.boxes import height_of
from exports.pdf.text import Text, Type

CHAPTER_LEVEL, SECTION_LEVEL = 0, 1
_STROKE, _GAP = 3.0, 6.0


class SectionHeading(Flowable):
    """The title of a part of a chapter, under a short stroke of colour."""

    leads = True

    def __init__(
        self,
        title: str,
        *,
        key: str,
        style: Type,
        colour: str,
        level: int = SECTION_LEVEL,
    ) -> None:
        super().__init__()
        self._level = level
        self._title, self._key, self._colour = title, key, colour
        self._text = Text(title, style)

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        self._tall = height_of(self._text, avail_width)
        self.height = self._tall + _STROKE + 2 * _GAP + 1
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.bookmarkHorizontal(self._key, 0, self.height + 10)
        canvas.addOutlineEntry(self._title, self._key, self._level)
        canvas.setFillColor(HexColor(self._colour))
        canvas.rect(0, self.height - _STROKE, 22, _STROKE, stroke=0, fill=1)
        self._text.drawOn(canvas, 0, self.height - _STROKE - _GAP - self._tall)
