"""Documents for tests: made in memory, taken in the way the product does it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from uuid import UUID

from docx import Document as Docx
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from agents.knowledge.ingestion import Ingested, Source, document_ingest
from agents.models import Document


def pdf(
    *pages: str, header: str = "", footer: str = "", password: str = "", outline: Sequence[tuple[int, str]] = ()
) -> bytes:
    """A PDF with these texts; `{page}` in header and footer is the page's number, `outline` pairs page and title."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=StandardEncryption(password, canPrint=0) if password else None)
    for number, text in enumerate(pages, 1):
        for place, title in outline:
            if place == number:
                canvas.bookmarkPage(title)
                canvas.addOutlineEntry(title, title)
        lines = [header.format(page=number), *text.split("\n"), footer.format(page=number)]
        writer = canvas.beginText(72, 780)
        for line in lines:
            writer.textLine(line)
        canvas.drawText(writer)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scanned(*pages: str | None) -> bytes:
    """A PDF whose pages are these texts, or pictures where there is none."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for text in pages:
        if text is None:
            canvas.drawImage(ImageReader(Image.new("RGB", (8, 8), "white")), 0, 0, *A4)
        else:
            canvas.drawString(72, 780, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def docx(*paragraphs: tuple[str, str]) -> bytes:
    """A DOCX of (style, text) pairs; the style `break` ends a page."""
    document = Docx()
    for style, text in paragraphs:
        if style == "break":
            document.add_page_break()
        else:
            document.add_paragraph(text, style=style)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def ingest(name: str, data: bytes | str, *, account_id: UUID | None = None, **fields) -> Ingested:
    stages = tuple(fields.pop("stages", ()))
    folder = fields.pop("folder", "")
    content = data.encode() if isinstance(data, str) else data
    source = Source(name=name, data=content, stages=stages, folder=folder)
    return document_ingest(source=source, account_id=account_id, **fields)


def a_document(name: str, data: bytes | str, **fields) -> Document:
    """The document after it was taken in."""
    ingest(name, data, **fields)
    return Document.objects.get(name=name, account_id=fields.get("account_id"))
