"""Stage 1: the persona, and the table that grades customers with a column to grade one."""

from __future__ import annotations

from agents.interview.parsing.grades import LEVELS
from agents.interview.state import Bilingual
from exports.excel import marks
from exports.excel.book import Book
from exports.excel.sections import Sections
from exports.excel.tables import Column

PERSONA = Bilingual("Persona", "Persona")
SCALING_UP = Bilingual("Scaling Up", "Scaling Up")
PROSPECT = Bilingual("Tu cliente", "Your customer")
HOW = Bilingual(
    "Para graduar un cliente, elige su nivel en la última columna.",
    "To grade a customer, choose its level in the last column.",
)
_CRITERION, _LEVEL, _CHOICE = 26, 24, 18


def lay_out(book: Book) -> None:
    """Persona card, narrative and business on one sheet, the graded table on another."""
    sections = Sections(book)
    sections.onto(book.page(PERSONA), "persona", "narrative", "business", "consultant")
    _scaling_up(book, sections)


def _scaling_up(book: Book, sections: Sections) -> None:
    page = book.page(SCALING_UP)
    grid = sections.grid("scaling_up")
    levels = tuple(book.say(title) for title in LEVELS.values())
    criterion, *graded = (
        Column(title=column.title, width=width)
        for column, width in zip(grid.columns, (_CRITERION, *(_LEVEL for _ in levels)), strict=True)
    )
    mine = Column(title=book.say(PROSPECT), width=_CHOICE, choices=levels, is_input=True)
    placed = page.table("scaling_up", [criterion, *graded, mine], [[*row, None] for row in grid.rows])
    page.note(book.say(HOW))
    if placed is None:
        return
    for position, look in enumerate(marks.GRADES, 1):
        marks.filled(page.sheet, placed.cells(position), look)
    marks.by_word(page.sheet, placed.cells(len(grid.columns)), dict(zip(levels, marks.GRADES, strict=True)))
