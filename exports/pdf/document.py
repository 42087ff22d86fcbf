"""The PDFs of an account: one stage's deliverable, or a report of all that are completed."""

from __future__ import annotations

from typing import BinaryIO
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from exports.dossier import Deliverable, Dossier
from exports.pdf import wording
from exports.pdf.book import Book, Opens, new_page
from exports.pdf.boxes import Space
from exports.pdf.chapters import body_of
from exports.pdf.contents import ContentsLine, Line
from exports.pdf.cover import Cover, day, version
from exports.pdf.headings import CHAPTER_LEVEL, SectionHeading
from exports.pdf.look import Look
from exports.pdf.notes import notes_of
from exports.pdf.opening import Opening
from exports.pdf.palette import Palette
from exports.pdf.text import Type
from stages.definitions.catalogue import TOTAL_STAGES


def stage_pdf(dossier: Dossier, deliverable: Deliverable, to: BinaryIO) -> None:
    """Write one stage's deliverable: a cover and its chapter, in the language it was written in."""
    look = _look(dossier, deliverable.language)
    title = look.say(deliverable.definition.title)
    book = _book(dossier, look, title, to)
    cover = _cover(dossier, look, title, [deliverable], _stage_words(look, deliverable))
    book.write([cover, *_chapter(look, dossier, deliverable)])


def report_pdf(dossier: Dossier, to: BinaryIO) -> None:
    """Write all deliverables: a cover, the contents and a chapter each."""
    look = _look(dossier, dossier.language)
    title = look.say(wording.REPORT)
    book = _book(dossier, look, title, to)
    story: list[Flowable] = [
        _cover(dossier, look, title, list(dossier.deliverables), ""),
        *_contents(look, dossier.deliverables),
    ]
    for deliverable in dossier.deliverables:
        story += _chapter(_look(dossier, deliverable.language), dossier, deliverable)
    book.write(story)


def _look(dossier: Dossier, language: str) -> Look:
    return Look(palette=Palette.of(dossier.brand.primary, dossier.brand.accent), language=language)


def _book(dossier: Dossier, look: Look, title: str, to: BinaryIO) -> Book:
    return Book(
        to,
        look=look,
        title=f"{title} – {dossier.client_name}",
        subject=title,
        author=dossier.agency,
        client=dossier.client_name,
        agency=dossier.agency,
    )


def _cover(dossier: Dossier, look: Look, title: str, made: list[Deliverable], subtitle: str) -> Cover:
    brand = dossier.brand
    return Cover(
        look,
        title=title,
        subtitle=subtitle or dossier.website,
        client=dossier.client_name,
        brand=brand.name if brand.name != dossier.client_name or not brand.logo else "",
        logo=brand.logo,
        facts=[
            (look.say(wording.PREPARED_FOR), dossier.client_name),
            (look.say(wording.PREPARED_BY), dossier.agency),
            (look.say(wording.DATE), day(dossier.made_on, look)),
            version([deliverable.version for deliverable in made], look),
        ],
    )


def _stage_words(look: Look, deliverable: Deliverable) -> str:
    return f"{look.say(wording.STAGE)} {deliverable.stage_number} {look.say(wording.OF)} {TOTAL_STAGES}"


def _contents(look: Look, deliverables: tuple[Deliverable, ...]) -> list[Flowable]:
    title = look.say(wording.CONTENTS)
    heading = SectionHeading(
        title,
        key="contents",
        style=look.display(25),
        note_style=look.quiet,
        colour=look.palette.accent,
        level=CHAPTER_LEVEL,
    )
    lines = [ContentsLine(look, _line(look, deliverable)) for deliverable in deliverables]
    return [*new_page(), Opens(title, "contents-page", _page_style(look)), heading, Space(8), *lines]


def _page_style(look: Look) -> Type:
    return look.number(look.display(13, look.palette.strong))


def _line(look: Look, deliverable: Deliverable) -> Line:
    return Line(
        number=f"{deliverable.stage_number:02}",
        title=look.say(deliverable.definition.title),
        goal=look.say(deliverable.definition.goal),
        version=f"{look.say(wording.VERSION)} {deliverable.version}",
        key=_key(deliverable),
        form=f"{_key(deliverable)}-page",
    )


def _key(deliverable: Deliverable) -> str:
    return f"stage-{deliverable.stage_number}"


def _chapter(look: Look, dossier: Dossier, deliverable: Deliverable) -> list[Flowable]:
    definition, key = deliverable.definition, _key(deliverable)
    title = look.say(definition.title)
    opening = Opening(
        look,
        number=f"{deliverable.stage_number:02}",
        eyebrow=_stage_words(look, deliverable),
        title=title,
        goal=look.say(definition.goal),
        facts=[
            f"{look.say(wording.VERSION)} {deliverable.version}",
            day(deliverable.made_at.astimezone(ZoneInfo(dossier.timezone)).date(), look),
        ],
        key=key,
    )
    return [
        *new_page(),
        Opens(title, f"{key}-page", _page_style(look)),
        opening,
        *body_of(look, deliverable),
        *notes_of(look, deliverable),
    ]
