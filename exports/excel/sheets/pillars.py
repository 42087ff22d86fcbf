"""Stage 5: pillars, clusters, keywords and the checklist."""

from __future__ import annotations

from agents.interview.state import Bilingual
from exports.excel import charts, marks, wording
from exports.excel.book import Book
from exports.excel.sections import Sections
from exports.excel.tables import Column

PILLARS = Bilingual("Pilares", "Pillars")
CLUSTERS = Bilingual("Grupos", "Clusters")
KEYWORDS = Bilingual("Palabras clave", "Keywords")
CHECKLIST = Bilingual("Lista de comprobación", "Checklist")
_TOP = 10


def lay_out(book: Book) -> None:
    """Pillars, clusters, keywords and checklist."""
    sections = Sections(book)
    _pillars(book, sections)
    sections.table(book.page(CLUSTERS), "clusters")
    _keywords(book, sections)
    _checklist(book, sections)


def _pillars(book: Book, sections: Sections) -> None:
    page, grid = book.page(PILLARS), sections.grid("pillars")
    placed = page.table("pillars", grid.columns, grid.rows)
    if placed is None:
        return
    opportunity = grid.at("opportunity")
    cells = placed.cells(opportunity)
    marks.bar(page.sheet, cells, book.palette.series[2], most=_TOP)
    page.bound(cells, "whole", "1", "10")
    title = grid.columns[opportunity].title
    page.chart(charts.bars(placed, opportunity, book.palette, title=title, number_format="0"), placed)


def _keywords(book: Book, sections: Sections) -> None:
    page, grid = book.page(KEYWORDS), sections.grid("keywords")
    placed = page.table("keywords", grid.columns, grid.rows)
    if placed:
        looks = zip(sections.choices("priority"), (marks.GREEN, marks.YELLOW, marks.GREY), strict=True)
        marks.by_word(page.sheet, placed.cells(grid.at("priority")), dict(looks))


def _checklist(book: Book, sections: Sections) -> None:
    page = book.page(CHECKLIST)
    pending, done = book.say(wording.PENDING), book.say(wording.DONE)
    status = Column(title=book.say(wording.STATUS), width=16, choices=(pending, done), is_input=True)
    sections.listed(page, "aeo_checklist", extra=[status], filled=[pending])
    marks.by_word(page.sheet, f"C1:C{page.row}", {pending: marks.YELLOW, done: marks.GREEN})
