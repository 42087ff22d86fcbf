"""Stage 4: the channels with their scores drawn, the split, the roadmap and what they must live with."""

from __future__ import annotations

from agents.interview.state import Bilingual
from exports.excel import charts, marks, wording
from exports.excel.book import Book
from exports.excel.figures import Formula
from exports.excel.page import Placed
from exports.excel.sections import Grid, Sections

CHANNELS = Bilingual("Canales", "Channels")
SPLIT = Bilingual("Reparto del presupuesto", "Budget split")
ROADMAP = Bilingual("Hoja de ruta", "Roadmap")
CONSTRAINTS = Bilingual("Condiciones", "Constraints")
_GRADED = ("audience_fit", "cost_efficiency", "effort")
_TOP = 10


def lay_out(book: Book) -> None:
    """Channels, split, roadmap and constraints."""
    sections = Sections(book)
    _channels(book, sections)
    _split(book, sections)
    sections.table(book.page(ROADMAP), "roadmap")
    sections.onto(book.page(CONSTRAINTS), "constraints", "current_channels")


def _channels(book: Book, sections: Sections) -> None:
    page, grid = book.page(CHANNELS), sections.grid("channels")
    placed = page.table("channels", grid.columns, grid.rows)
    if placed is None:
        return
    score = grid.at("score")
    marks.bar(page.sheet, placed.cells(score), book.palette.series[2], most=_TOP)
    tiers = zip(sections.choices("tier"), (marks.GREEN, marks.YELLOW, marks.GREY), strict=True)
    marks.by_word(page.sheet, placed.cells(grid.at("tier")), dict(tiers))
    for key in _GRADED:
        page.bound(placed.cells(grid.at(key)), "whole", "1", "10")
    title = grid.columns[score].title
    page.chart(charts.bars(placed, 0, score, book.palette, title=title, number_format="0.0"))


def _split(book: Book, sections: Sections) -> None:
    page, grid = book.page(SPLIT), sections.grid("budget_split")
    placed = page.table("budget_split", grid.columns, grid.rows)
    if placed is None:
        return
    page.total([(book.say(wording.TOTAL), ""), *(_sum(grid, placed, column) for column in (1, 2))])
    page.bound(placed.cells(1), "decimal", "0", "1")
    page.chart(charts.bars(placed, 0, 1, book.palette, title=book.say(SPLIT), number_format="0.##%"))


def _sum(grid: Grid, placed: Placed, column: int) -> tuple[Formula, str]:
    whole = sum(row[column] for row in grid.rows if not isinstance(row[column], (str, type(None))))
    return Formula(f"=SUM({placed.cells(column)})", whole), grid.columns[column].number_format
