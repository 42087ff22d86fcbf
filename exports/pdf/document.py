"""The PDFs of an account: one stage's deliverable, or a report of all that are completed."""

from __future__ import annotations

from typing import BinaryIO
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from agents.interview.state import Bilingual
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
from stages.definitions.base import StageDefinition
from stages.definitions.catalogue import TOTAL_STAGES

NOTES = "notes"


def stage_pdf(dossier: Dossier, deliverable: Deliverable, to: BinaryIO) -> None:
    """Write one stage's deliverable: a cover, its chapter and its notes, in the language it was written in."""
    only = dossier.only(deliverable)
    look = _look(dossier, deliverable.language)
    title = look.say(deliverable.definition.title)
    cover = _cover(only, look, title, _stage_words(look, deliverable))
    notes = [*_unnumbered(look, look.say(wording.NOTES), NOTES), notes_of(look, deliverable, look.body)]
    story = [cover, *_chapter(look, only, deliverable), *notes]
    _book(only, look, title, to).write(story)


def report_pdf(dossier: Dossier, to: BinaryIO) -> None:
    """Write all deliverables: a cover, the contents, a chapter each and their notes."""
    look = _look(dossier, dossier.language)
    title = look.say(wording.REPORT)
    story: list[Flowable] = [_cover(dossier, look, title, ""), *_contents(look, dossier.deliverables)]
    for deliverable in dossier.deliverables:
        story += _chapter(_look(dossier, deliverable.language), dossier, deliverable)
    story += _notes(look, dossier)
    _book(dossier, look, title, to).write(story)


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


def _cover(dossier: Dossier, look: Look, title: str, subtitle: str) -> Cover:
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
            version([deliverable.version for deliverable in dossier.deliverables], look),
        ],
    )


def _stage_words(look: Look, deliverable: Deliverable) -> str:
    return f"{look.say(wording.STAGE)} {deliverable.stage_number} {look.say(wording.OF)} {TOTAL_STAGES}"


def _contents(look: Look, deliverables: tuple[Deliverable, ...]) -> list[Flowable]:
    title = look.say(wording.CONTENTS)
    lines = [ContentsLine(look, _line(look, deliverable)) for deliverable in deliverables]
    return [*_unnumbered(look, title, "contents"), *lines, ContentsLine(look, _notes_line(look))]


def _notes(look: Look, dossier: Dossier) -> list[Flowable]:
    """Where everything comes from, at the end of a report."""
    story = _unnumbered(look, look.say(wording.NOTES), NOTES)
    for deliverable in dossier.deliverables:
        title = f"{deliverable.stage_number:02}  {look.say(deliverable.definition.title)}"
        story.append(look.section(title, [notes_of(look, deliverable, look.tiny)], key=f"{_key(deliverable)}-notes"))
    return story


def _unnumbered(look: Look, title: str, key: str) -> list[Flowable]:
    """A page that begins with a title and no stage."""
    heading = SectionHeading(title, key=key, style=look.display(25), colour=look.palette.accent, level=CHAPTER_LEVEL)
    return [*new_page(), Opens(title, f"{key}-page", _page_style(look)), heading, Space(8)]


def _page_style(look: Look) -> Type:
    return look.number(look.display(13, look.palette.strong))


def _line(look: Look, deliverable: Deliverable) -> Line:
    return Line(
        number=f"{deliverable.stage_number:02}",
        title=look.say(deliverable.definition.title),
        goal=look.say(_subject(deliverable.definition)),
        version=f"{look.say(wording.VERSION)} {deliverable.version}",
        key=_key(deliverable),
        form=f"{_key(deliverable)}-page",
    )


def _subject(definition: StageDefinition) -> Bilingual:
    return wording.SUBJECTS.get(definition.slug, definition.goal)


def _notes_line(look: Look) -> Line:
    title, goal = look.say(wording.NOTES), look.say(wording.NOTES_GOAL)
    return Line(number="", title=title, goal=goal, version="", key=NOTES, form=f"{NOTES}-page")


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
        goal=look.say(_subject(definition)),
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
    ]
