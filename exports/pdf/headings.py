"""Headings, which a reader of the file finds in its outline too."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf.boxes import height_of
from exports.pdf.text import Text, Type

CHAPTER_LEVEL, SECTION_LEVEL = 0, 1


class SectionHeading(Flowable):
    """The title of a part of a chapter, under a short stroke of colour."""

    leads = True

    def __init__(
        self,
        title: str,
        *,
        key: str,
        style: Type,
        note_style: Type,
        colour: str,
        note: str = "",
        level: int = SECTION_LEVEL,
    ) -> None:
        super().__init__()
        self._level = level
        self._title, self._key, self._colour = title, key, colour
        self._text = Text(title, style)
        self._note = Text(note, note_style) if note else None

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        self._heights = [height_of(text, avail_width) for text in (self._text, self._note) if text]
        self.height = sum(self._heights) + 16
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.bookmarkHorizontal(self._key, 0, self.height + 10)
        canvas.addOutlineEntry(self._title, self._key, self._level)
        canvas.setFillColor(HexColor(self._colour))
        canvas.rect(0, self.height - 3, 22, 3, stroke=0, fill=1)
        top = self.height - 9
        for text, height in zip((text for text in (self._text, self._note) if text), self._heights, strict=True):
            text.drawOn(canvas, 0, top - height)
            top -= height
