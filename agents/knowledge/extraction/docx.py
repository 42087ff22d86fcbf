"""DOCX: paragraphs and tables in order; pages where Word noted its page breaks, else one page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from agents.knowledge.errors import Damaged, TooManyPages, Unfolds
from agents.knowledge.extraction.content import Heading, Limits, Page

UNPACKED = 4  # a package may unfold to this many times the size limit
HEADING = re.compile(r"(?:heading|title)\s*(\d?)", re.IGNORECASE)
# Where Word last saw a page end; a document it never laid out has only the breaks its author set.
SEEN, SET = ".//w:lastRenderedPageBreak", './/w:br[@w:type="page"]'


def read(data: bytes, limits: Limits) -> Iterator[int | Page]:
    """The number of pages first, then each page."""
    _check_package(data, limits)
    try:
        document = Document(io.BytesIO(data))
        pages = _pages(document)
    except (PackageNotFoundError, LxmlError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Damaged from error
    if len(pages) > limits.pages:
        raise TooManyPages(pages=len(pages), most=limits.pages)
    yield len(pages)
    yield from pages


def _check_package(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Damaged from error
    if unpacked > UNPACKED * limits.size:
        raise Unfolds(megabytes=unpacked // 1024 // 1024)


def _pages(document: Document) -> list[Page]:
    mark = SEEN if document.element.body.xpath(SEEN) else SET
    pages: list[tuple[list[str], list[Heading]]] = [([], [])]
    for block in document.iter_inner_content():
        pages += [([], []) for _ in block._element.xpath(mark)]
        lines, headings = pages[-1]
        if isinstance(block, Table):
            lines += _rows(block)
        elif text := block.text.strip():
            lines.append(text)
            headings += _heading(block)
    return [
        Page(number=number, text="\n\n".join(lines), headings=tuple(headings))
        for number, (lines, headings) in enumerate(pages, 1)
    ]


def _heading(paragraph: Paragraph) -> list[Heading]:
    name = paragraph.style.name if paragraph.style is not None else None
    match = HEADING.fullmatch(name or "")
    return [Heading(level=int(match[1] or 1), title=paragraph.text.strip())] if match else []


def _rows(table: Table) -> list[str]:
    return [" | ".join(cell.text.strip() for cell in row.cells) for row in table.rows]
