"""The notes of a chapter: where its parts come from, what is assumed, which pages were read."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

from reportlab.platypus import Flowable

from agents.interview.state import Origin
from exports.dossier import Deliverable, Source
from exports.pdf import wording
from exports.pdf.boxes import Place, Row, Stack
from exports.pdf.geometry import WIDTH
from exports.pdf.look import Look
from exports.pdf.text import Text
from exports.pdf.writing import clean
from stages.presentation import Block, present

_ORIGINS, _NAME, _BETWEEN = WIDTH * 0.62, 132.0, 28.0


def notes_of(look: Look, deliverable: Deliverable, *, title: str = "") -> list[Flowable]:
    """Where a deliverable comes from, as a part of a chapter."""
    blocks = present(
        deliverable.definition, deliverable.output, language=look.language, provenance=deliverable.provenance
    )
    places = _places(blocks)
    parts: list[Flowable] = [
        Row(
            [Text(look.say(wording.ORIGINS[origin]), look.label), Text("; ".join(places[origin]), look.tiny)],
            [Place(width=_NAME), Place(width=_ORIGINS - _NAME)],
        )
        for origin in Origin
        if origin in places
    ]
    if Origin.ASSUMPTION in places or any(row[0].is_assumed for block in blocks for row in block.rows if row):
        parts.append(Text(look.say(wording.ASSUMED), look.tiny))
    places_of_parts = [Place(width=_ORIGINS), Place(width=WIDTH - _ORIGINS - _BETWEEN)]
    row = Row([Stack(parts, gap=4), _sources(look, deliverable.sources)], places_of_parts, gap=_BETWEEN)
    return [look.section(title or look.say(wording.NOTES), [row], key=f"stage-{deliverable.stage_number}-notes")]


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


def _sources(look: Look, sources: tuple[Source, ...]) -> Flowable:
    if not sources:
        return Text(look.say(wording.NO_SOURCES), look.tiny)
    listed = [_source(look, at, source) for at, source in enumerate(sources, 1)]
    return Stack([Text(look.say(wording.SOURCES), look.label), *listed], gap=4)


def _source(look: Look, number: int, source: Source) -> Flowable:
    title = Text(f"{number}. {source.title}", look.tiny)
    return Stack([title, Link(source.url, look)]) if source.url else title


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
