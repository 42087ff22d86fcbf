"""A deliverable as a workbook."""

from __future__ import annotations

from typing import BinaryIO

from exports.dossier import Deliverable, Dossier
from exports.excel.about import about
from exports.excel.book import Book
from exports.excel.sheets import lay_out


def stage_workbook(dossier: Dossier, deliverable: Deliverable, to: BinaryIO) -> None:
    """Write the deliverable's workbook in its language: the same bytes for the same deliverable.

    Stages whose definition has no workbook are the caller's to refuse.
    """
    book = Book(dossier, deliverable)
    lay_out(book)
    about(book)
    book.save(to)
