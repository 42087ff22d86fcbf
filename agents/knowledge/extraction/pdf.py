"""PDF through PDFium: the text of each page in reading order, and the outline's titles on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from pypdfium2 import PdfiumError

from agents.knowledge.errors import Damaged, Encrypted, PageDamaged, PageScanned, TooManyPages
from agents.knowledge.extraction.content import Heading, Limits, Page

DEEPEST = 4
MOST_HEADINGS = 20_000


def read(data: bytes, limits: Limits) -> Iterator[int | Page]:
    """The number of pages first, then each page."""
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        raise (Encrypted if "password" in str(error).lower() else Damaged) from error
    with closing(document):
        count = len(document)
        if count > limits.pages:
            raise TooManyPages(pages=count, most=limits.pages)
        if not count:
            raise Damaged
        yield count
        headings = _headings(document)
        for index in range(count):
            text, fault = _text(document, index)
            yield Page(number=index + 1, text=text, headings=tuple(headings.get(index, ())), fault=fault)


def _text(document: pypdfium2.PdfDocument, index: int) -> tuple[str, str]:
    """The text of a page, or why it has none. One that PDFium cannot make sense of leaves the others worth having."""
    try:
        with closing(document[index]) as page, closing(page.get_textpage()) as found:
            text = found.get_text_bounded()
            return text, PageScanned.code if not text.strip() and _is_picture(page) else ""
    except PdfiumError:
        return "", PageDamaged.code


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2), None) is not None


def _headings(document: pypdfium2.PdfDocument) -> dict[int, list[Heading]]:
    found: dict[int, list[Heading]] = {}
    try:
        for number, entry in enumerate(document.get_toc(max_depth=DEEPEST)):
            target = entry.get_dest()
            index = target.get_index() if target else None
            title = (entry.get_title() or "").strip()
            if index is not None and title and number < MOST_HEADINGS:
                found.setdefault(index, []).append(Heading(level=entry.level + 1, title=title))
    except PdfiumError:
        return found
    return found
