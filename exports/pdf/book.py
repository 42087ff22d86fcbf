"""The document as a whole: its pages, running heads, page numbers and what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate
from reportlab.platypus.doctemplate import ActionFlowable

from exports.pdf.geometry import FOOT, HEAD, PAGE_HEIGHT, PAGE_WIDTH, SIDE, WIDTH
from exports.pdf.look import Look
from exports.pdf.palette import HAIRLINE, MUTED
from exports.pdf.text import Align, Type, write_line
from exports.pdf.typefaces import Face, registered
from exports.pdf.writing import clean

COVER, INSIDE = "cover", "inside"
_FOOTER = Type(size=7.2, leading=9, colour=MUTED)
_FOOTER_RIGHT = Type(size=7.2, leading=9, colour=MUTED, align=Align.RIGHT)
_BAND = 5.0
# The cover has no number.
_FIRST_NUMBERED = 2
_RUNNING = Type(size=7.2, leading=9, face=Face.STRONG, colour=MUTED)


class Book(BaseDocTemplate):
    """A4 on its side. Numbers that are known at the end only (pages in all, where a chapter begins) are drawn then,
    as forms that the pages refer to: so the pages are laid out once.
    """

    def __init__(
        self, to: BinaryIO, *, look: Look, title: str, subject: str, author: str, client: str, agency: str
    ) -> None:
        super().__init__(
            to,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=clean(title),
            subject=clean(subject),
            author=clean(author),
            creator="BOOMS",
            producer="BOOMS",
            lang=look.language,
            invariant=1,
            pageCompression=1,
            displayDocTitle=True,
            initialFontName=registered(Face.TEXT),
        )
        self._look, self._client, self._agency = look, client, agency
        self._running = ""
        self._opens = False
        self._late: dict[str, tuple[str, Type]] = {}
        whole = Frame(0, 0, PAGE_WIDTH, PAGE_HEIGHT, 0, 0, 0, 0, id=COVER)
        inside = Frame(SIDE, FOOT, WIDTH, PAGE_HEIGHT - HEAD - FOOT, 0, 0, 0, 0, id=INSIDE)
        self.addPageTemplates(
            [
                PageTemplate(id=COVER, frames=[whole]),
                PageTemplate(id=INSIDE, frames=[inside], onPageEnd=self._furnish),
            ]
        )

    def write(self, story: Sequence[Flowable]) -> None:
        """Lay out and write the file."""
        self.build(list(story))

    def late(self, name: str, text: str, style: Type) -> None:
        """What a form that pages refer to says, once it is known."""
        self._late[name] = (text, style)

    def run_head(self, title: str) -> None:
        """A chapter begins on this page; the pages after it carry its title."""
        self._running, self._opens = title, True

    def _furnish(self, canvas: Canvas, _: Any) -> None:
        if not self._opens:
            write_line(canvas, self._running, SIDE, PAGE_HEIGHT - 34, _RUNNING, room=WIDTH / 2)
            write_line(canvas, self._client, PAGE_WIDTH - SIDE, PAGE_HEIGHT - 34, _FOOTER_RIGHT, room=WIDTH / 2 - 20)
        self._opens = False
        canvas.setFillColor(HexColor(self._look.palette.primary))
        canvas.rect(0, PAGE_HEIGHT - _BAND, PAGE_WIDTH, _BAND, stroke=0, fill=1)
        canvas.setStrokeColor(HexColor(HAIRLINE))
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, 33, PAGE_WIDTH - SIDE, 33)
        write_line(canvas, self._agency, SIDE, 20, _FOOTER, room=WIDTH - 90)
        canvas.saveState()
        canvas.translate(PAGE_WIDTH - SIDE, 20)
        canvas.doForm(_foot(canvas.getPageNumber()))
        canvas.restoreState()

    def _endBuild(self) -> None:  # noqa: N802 - reportlab's name
        self._doSave = 0
        super()._endBuild()
        pages = self.canv.getPageNumber() - 1
        for page in range(_FIRST_NUMBERED, pages + 1):
            self.late(_foot(page), f"{page} / {pages}", _FOOTER_RIGHT)
        for name, (text, style) in self._late.items():
            self.canv.beginForm(name, -100, -10, 100, 30)
            write_line(self.canv, text, 0, 0, style)
            self.canv.endForm()
        self.canv.save()


def _foot(page: int) -> str:
    return f"foot-{page}"


class Opens(ActionFlowable):
    """Says that a chapter begins here, so that pages carry its title and the contents its page."""

    def __init__(self, title: str, form: str, style: Type) -> None:
        super().__init__(())
        self._title, self._form, self._style = title, form, style

    def apply(self, doc: BaseDocTemplate) -> None:
        if isinstance(doc, Book):
            doc.run_head(self._title)
            doc.late(self._form, str(doc.page), self._style)


def new_page() -> list[Flowable]:
    """What begins a chapter on a page of its own."""
    return [NextPageTemplate(INSIDE), PageBreak()]
