"""The contents page of a report: a line for each chapter, which leads there."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf.boxes import height_of
from exports.pdf.look import Look
from exports.pdf.palette import HAIRLINE, MUTED
from exports.pdf.text import Text, Type

NUMBER, PAGES = 46.0, 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A chapter in the contents. `key` is where it leads, `form` what draws its page's number at the end."""

    number: str
    title: str
    goal: str
    version: str
    key: str
    form: str


class ContentsLine(Flowable):
    """A chapter's number, title, goal and page."""

    def __init__(self, look: Look, line: Line) -> None:
        super().__init__()
        self._look, self._line = look, line
        self._title = Text(line.title, look.display(13))
        self._goal = Text(line.goal, Type(size=8.2, leading=11.4, colour=MUTED))
        self._number = Text(line.number, look.display(13, look.palette.strong))
        self._version = Text(line.version, look.number(look.quiet))

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        self._wide = avail_width - NUMBER - PAGES - 110
        self._tall = height_of(self._title, self._wide), height_of(self._goal, self._wide)
        self.height = sum(self._tall) + 24
        return self.width, self.height

    def draw(self) -> None:
        canvas, top = self.canv, self.height - 12
        for part, left, wide in (
            (self._number, 0.0, NUMBER),
            (self._title, NUMBER, self._wide),
            (self._version, self.width - PAGES - 90, 90.0),
        ):
            part.drawOn(canvas, left, top - height_of(part, wide))
        self._goal.drawOn(canvas, NUMBER, top - sum(self._tall))
        canvas.saveState()
        canvas.translate(self.width, top - 12)
        canvas.doForm(self._line.form)
        canvas.restoreState()
        canvas.setStrokeColor(HexColor(HAIRLINE))
        canvas.setLineWidth(0.5)
        canvas.line(0, 0, self.width, 0)
        canvas.linkRect("", self._line.key, (0, 0, self.width, self.height), relative=1, thickness=0)
