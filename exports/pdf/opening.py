"""How a chapter begins: a band of colour with the stage's number, title and goal."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf.boxes import height_of
from exports.pdf.geometry import HEAD, PAGE_WIDTH, SIDE
from exports.pdf.headings import CHAPTER_LEVEL
from exports.pdf.look import Look
from exports.pdf.text import Align, Text, Type, write_line
from exports.pdf.typefaces import Face

_TEXT_LEFT = 92.0
_TEXT_WIDE = 500.0
_GAP_AFTER = 18.0


class Opening(Flowable):
    """The band at the head of a chapter's first page; it runs over the margins to the edges of the page."""

    leads = True

    def __init__(
        self, look: Look, *, number: str, eyebrow: str, title: str, goal: str, facts: list[str], key: str
    ) -> None:
        super().__init__()
        palette = look.palette
        self._look, self._number, self._heading, self._facts, self._key = look, number, title, facts, key
        self._parts = [
            Text(eyebrow, Type(size=8, leading=11, face=Face.STRONG, colour=palette.quiet_on_primary)),
            Text(title, look.display(25, palette.on_primary)),
            Text(goal, Type(size=9.5, leading=13.5, colour=palette.on_primary)),
        ]

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        self._heights = [height_of(part, _TEXT_WIDE) for part in self._parts]
        self._band = HEAD - 26 + sum(self._heights) + 8 + 20
        self.height = self._band - HEAD + _GAP_AFTER
        return self.width, self.height

    def draw(self) -> None:
        canvas, palette = self.canv, self._look.palette
        canvas.bookmarkHorizontal(self._key, 0, self.height + HEAD)
        canvas.addOutlineEntry(self._heading, self._key, CHAPTER_LEVEL)
        edge = self.height + HEAD
        canvas.setFillColor(HexColor(palette.primary))
        canvas.rect(-SIDE, edge - self._band, PAGE_WIDTH, self._band, stroke=0, fill=1)
        canvas.setFillColor(HexColor(palette.accent))
        canvas.rect(-SIDE, edge - self._band, PAGE_WIDTH, 4, stroke=0, fill=1)
        top = edge - 32
        number = self._look.display(58, palette.on_primary)
        write_line(canvas, self._number, 0, top - 50, number)
        for part, height, gap in zip(self._parts, self._heights, (3, 5, 0), strict=True):
            part.drawOn(canvas, _TEXT_LEFT, top - height)
            top -= height + gap
        quiet = Type(size=8, leading=11, colour=palette.quiet_on_primary, align=Align.RIGHT)
        for at, fact in enumerate(self._facts):
            write_line(
                canvas, fact, self.width, edge - 32 - 9 - at * 12, quiet, room=self.width - _TEXT_LEFT - _TEXT_WIDE - 10
            )
