"""The layout of a stage that has none of its own: one sheet a section, as the definition has them."""

from __future__ import annotations

from exports.excel.book import Book
from exports.excel.sections import Sections


def lay_out(book: Book) -> None:
    """Every section on a sheet of its own."""
    sections = Sections(book)
    for section in book.definition.sections:
        sections.onto(book.page(section.title), section.key)
