"""Stage 6: the calendar to be worked with, its briefs, a summary that counts, and the cadence."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from agents.interview.state import Bilingual
from exports.excel import charts, marks
from exports.excel.book import Book
from exports.excel.figures import PERCENT, Formula
from exports.excel.palette import BLACK
from exports.excel.sections import Grid, Sections
from exports.excel.tables import Column, Placed
from exports.excel.text import cell_text

CALENDAR = Bilingual("Calendario", "Calendar")
BRIEFS = Bilingual("Briefs", "Briefs")
SUMMARY = Bilingual("Resumen", "Summary")
CADENCE = Bilingual("Cadencia", "Cadence")
PIECES = Bilingual("Piezas", "Pieces")
SHARE = Bilingual("Cuota", "Share")
COUNTED = Bilingual(
    "Se cuenta en la hoja del calendario: cambia allí una pieza y esto cambia.",
    "Counted on the calendar's sheet: change a piece there and this changes.",
)
_COUNTED = ("pillar", "journey_phase", "channel", "status")


def lay_out(book: Book) -> None:
    """Calendar, briefs, summary and cadence."""
    sections = Sections(book)
    page, grid = book.page(CALENDAR), sections.grid("entries")
    placed = page.table("entries", grid.columns, grid.rows)
    if placed:
        # Week and date stay in sight while the other columns pass by.
        page.sheet.freeze_panes = f"D{placed.first}"
        looks = zip(sections.choices("status"), (marks.GREY, marks.BLUE, marks.YELLOW, marks.GREEN), strict=True)
        marks.by_word(page.sheet, placed.cells(grid.at("status")), dict(looks))
        # Every other week has a tint, whatever is filtered; weeks stand in the first column.
        marks.when(page.sheet, placed.body, f"ISODD($A{placed.first})", (book.palette.tint, BLACK))
    sections.table(book.page(BRIEFS), "briefs")
    if placed:
        _summary(book, sections, grid, placed)
    sections.onto(book.page(CADENCE), "cadence", "pieces", "workflow")


def _summary(book: Book, sections: Sections, grid: Grid, entries: Placed) -> None:
    page = book.page(SUMMARY)
    page.note(book.say(COUNTED))
    for key in _COUNTED:
        column = grid.at(key)
        title = grid.columns[column].title
        page.heading(title)
        # As the cells hold them: names that differ only in what a cell cannot hold are one.
        counted = Counter(cell_text(str(row[column] or ""), book.language) for row in grid.rows)
        names = [*dict.fromkeys((*sections.choices(key), *counted))]
        rows = [_count(name, counted[name], page.row + 1 + at, entries, column) for at, name in enumerate(names)]
        heads = [
            Column(title=title, width=34),
            Column(title=book.say(PIECES), width=14, number_format="#,##0", is_figure=True),
            Column(title=book.say(SHARE), width=14, number_format=PERCENT, is_figure=True),
        ]
        placed = page.table(f"{key}_summary", heads, rows)
        if placed and key == "pillar":
            drawn = f"{book.say(SHARE)} · {title}"
            page.chart(charts.bars(placed, 2, book.palette, title=drawn, number_format="0%"), placed)


def _count(name: str, count: int, row: int, entries: Placed, column: int) -> list[object]:
    # Not COUNTIF: it would read signs and asterisks of a name as a condition.
    pieces = Formula(f"=SUMPRODUCT(1*EXACT({entries.range(column)},$A{row}))", count)
    return [name, pieces, Formula(f"=B{row}/ROWS({entries.range(column)})", Decimal(count) / entries.rows)]
