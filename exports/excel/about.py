"""The last sheet: whose workbook this is, where its parts come from, and the sources behind them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from openpyxl.drawing.image import Image

from agents.interview.state import Bilingual, Origin
from exports.excel import wording
from exports.excel.book import Book
from exports.excel.figures import GENERAL, Value, date_format
from exports.excel.page import Page
from exports.excel.tables import Column
from stages.presentation import Block

ABOUT = Bilingual("Acerca de", "About")
CLIENT = Bilingual("Cliente", "Client")
WEBSITE = Bilingual("Web", "Website")
STAGE = Bilingual("Etapa", "Stage")
VERSION = Bilingual("Versión", "Version")
DATE = Bilingual("Fecha", "Date")
AGENCY = Bilingual("Preparado por", "Prepared by")
CURRENCY = Bilingual("Moneda", "Currency")
PROVENANCE = Bilingual("De dónde sale cada parte", "Where each part comes from")
PART = Bilingual("Parte", "Part")
FIELD = Bilingual("Dato", "Field")
FROM = Bilingual("Origen", "Origin")
SOURCES = Bilingual("Fuentes consultadas", "Sources consulted")
SOURCE = Bilingual("Fuente", "Source")
ADDRESS = Bilingual("Dirección", "Address")
COMPOSED = Bilingual("Compuesto", "Composed")
BY_RULES = Bilingual("por reglas, sin modelo de lenguaje", "by rules, without a language model")
WHOLE = Bilingual("Todo", "All of it")

_LOGO_HEIGHT, _LOGO_WIDTH = 60, 220


def about(book: Book) -> None:
    """Add the sheet."""
    page = book.page(ABOUT)
    page.widths(34, 44, 60)
    dossier, deliverable = book.dossier, book.deliverable
    stage = f"{book.definition.number} · {book.say(book.definition.title)}"
    facts: list[tuple[Bilingual, Value, str]] = [
        (CLIENT, dossier.client_name, GENERAL),
        (WEBSITE, dossier.website, GENERAL),
        (STAGE, stage, GENERAL),
        (VERSION, deliverable.version, "0"),
        (DATE, book.made_on, date_format(book.language)),
        (AGENCY, dossier.agency, GENERAL),
        (CURRENCY, book.currency, GENERAL),
    ]
    if deliverable.by_rules:
        facts.append((COMPOSED, book.say(BY_RULES), GENERAL))
    page.fields((book.say(label), value, number_format) for label, value, number_format in facts)
    _logo(page, dossier.brand.logo)
    _provenance(book, page)
    _sources(book, page)


def _logo(page: Page, logo: bytes) -> None:
    if not logo:
        return
    picture = Image(BytesIO(logo))
    scale = min(_LOGO_HEIGHT / picture.height, _LOGO_WIDTH / picture.width, 1)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
    page.sheet.add_image(picture, "C5")


def _provenance(book: Book, page: Page) -> None:
    rows = [row for block in book.blocks() for row in _origins(book, block)]
    if not rows:
        return
    page.heading(book.say(PROVENANCE))
    columns = [Column(title=book.say(title)) for title in (PART, FIELD, FROM)]
    page.table("provenance", columns, rows)


def _origins(book: Book, block: Block) -> Iterator[list[Value]]:
    """A row for what comes from the same place: the whole part, or some of its fields."""
    if block.origins:
        yield [block.title, book.say(WHOLE), _named(book, block.origins)]
    fields: dict[tuple[Origin, ...], list[str]] = {}
    for heading in block.headings:
        if heading.origins:
            fields.setdefault(heading.origins, []).append(heading.title)
    for origins, titles in fields.items():
        yield [block.title, ", ".join(titles), _named(book, origins)]


def _named(book: Book, origins: tuple[Origin, ...]) -> str:
    return "; ".join(book.say(wording.ORIGINS[origin]) for origin in origins)


def _sources(book: Book, page: Page) -> None:
    sources = book.deliverable.sources
    if not sources:
        return
    page.heading(book.say(SOURCES))
    columns = [Column(title=book.say(SOURCE)), Column(title=book.say(ADDRESS))]
    page.table("sources", columns, [[source.title, source.url] for source in sources])
