"""The notes of a chapter: where its parts come from, what is assumed, which pages were read."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

from reportlab.platypus import Flowable

from agents.interview.state import Origin
from exports.dossier import Deliverable, Source
from exports.pdf import wording
from exports.pdf.boxes import Place, Row, Stack
from exports.pdf.look import WIDTH, Look
from exports.pdf.text import Text
from exports.pdf.writing import clean
from stages.presentation import Block, present

_NAME = 150.0


def notes_of(look: Look, deliverable: Deliverable) -> list[Flowable]:
    """The last part of a chapter."""
    blocks = present(
        deliverable.definition, deliverable.output, language=look.language, provenance=deliverable.provenance
    )
    places = _places(blocks)
    parts: list[Flowable] = [
        _line(look, look.say(wording.ORIGINS[origin]), Text("; ".join(places[origin]), look.small))
        for origin in Origin
        if places[origin]
    ]
    if Origin.ASSUMPTION in places or any(row[0].is_assumed for block in blocks for row in block.rows if row):
        parts.append(_line(look, "†", Text(look.say(wording.ASSUMED), look.small)))
    listed: Flowable = (
        Stack([_source(look, at, source) for at, source in enumerate(deliverable.sources, 1)], gap=4)
        if deliverable.sources
        else Text(look.say(wording.NO_SOURCES), look.small)
    )
    parts.append(_line(look, look.say(wording.SOURCES), listed))
    return [look.section(look.say(wording.NOTES), [Stack(parts, gap=6)], key=f"stage-{deliverable.stage_number}-notes")]


def _places(blocks: list[Block]) -> dict[Origin, list[str]]:
    """What comes from where, in the words of the layout."""
    places: dict[Origin, list[str]] = defaultdict(list)
    for block in blocks:
        for origin in block.origins:
            places[origin].append(block.title)
        for origin in Origin:
            named = [heading.title for heading in block.headings if origin in heading.origins]
            if named:
                places[origin].append(f"{block.title} ({', '.join(named)})")
    return places


def _line(look: Look, name: str, value: Flowable) -> Row:
    return Row([Text(name, look.label), value], [Place(width=_NAME), Place(width=WIDTH - _NAME)])


def _source(look: Look, number: int, source: Source) -> Flowable:
    title = f"{number}. {source.title}" if source.title else f"{number}."
    return Stack([Text(title, look.small), Link(source.url, look)])


class Link(Text):
    """An address; a press on it opens it, if it is one of the web."""

    def __init__(self, url: str, look: Look) -> None:
        super().__init__(url, look.quiet)
        self._url = clean(url) if _is_of_web(url) else ""

    def draw(self) -> None:
        super().draw()
        if self._url:
            self.canv.linkURL(self._url, (0, 0, self.width, self.height), relative=1, thickness=0)


def _is_of_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url
    except ValueError:
        return False
