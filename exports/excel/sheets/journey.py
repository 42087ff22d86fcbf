"""Stage 2: the journey in fifteen columns, its narrative, and how it is set up in a CRM."""

from __future__ import annotations

from agents.interview.state import Bilingual
from exports.excel import marks
from exports.excel.book import Book
from exports.excel.sections import Sections

JOURNEY = Bilingual("Recorrido", "Journey")
CRM = Bilingual("CRM", "CRM")
NARRATIVE = Bilingual("Narrativa", "Narrative")


def lay_out(book: Book) -> None:
    """Journey, CRM and narrative."""
    sections = Sections(book)
    page = book.page(JOURNEY)
    if sections.table(page, "journey"):
        # Who and in which phase stays in sight while the other columns pass by.
        page.sheet.freeze_panes = f"C{page.sheet.freeze_panes[1:]}"
    crm = book.page(CRM)
    sections.listed(crm, "crm")
    crm.heading(sections.title("lead_scoring"))
    placed = sections.table(crm, "lead_scoring")
    if placed:
        marks.bar(crm.sheet, placed.cells(1), book.palette.series[2])
    sections.table(book.page(NARRATIVE), "narrative")
