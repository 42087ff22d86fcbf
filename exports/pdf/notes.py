"""The notes of a chapter: where its parts come from, what is assumed, which pages were read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from urllib.parse import urlsplit

from reportlab.platypus import Flowable

from agents.interview.state import Origin
from exports.dossier import Deliverable, Source
from exports.pdf import wording
from exports.pdf.boxes import Place, Row, Space, Stack
from exports.pdf.geometry import WIDTH
from exports.pdf.look import Look
from exports.pdf.palette import HAIRLINE, MUTED
from exports.pdf.text import Text, Type
from exports.pdf.writing import clean
from stages.presentation import Block, present

_ORIGINS, _NAME, _BETWEEN = WIDTH * 0.64, 150.0, 28.0


def notes_of(look: Look, deliverable: Deliverable, style: Type) -> Flowable:
    """Where a deliverable comes from, and what was read for it, side by side."""
    blocks = present(
        deliverable.definition, deliverable.output, language=look.language, provenance=deliverable.provenance
    )
    sides = [Place(width=_ORIGINS), Place(width=WIDTH - _ORIGINS - _BETWEEN)]
    parts = _origins(look, blocks, style)
    if deliverable.by_rules:
        parts += [Space(style.size * 0.8), Text(look.say(wording.BY_RULES), style)]
    return Row([Stack(parts), _sources(look, deliverable.sources, style)], sides, gap=_BETWEEN)


def _origins(look: Look, blocks: list[Block], style: Type) -> list[Flowable]:
    places = _places(blocks)
    columns = [Place(width=_NAME), Place(width=_ORIGINS - _NAME)]
    name = replace(look.label, size=style.size, leading=style.leading)
    parts: list[Flowable] = [
        Row(
            [Text(look.say(wording.ORIGINS[origin]), name), Text("; ".join(places[origin]), style)],
            columns,
            padding=(0, style.size * 0.4),
            rule=HAIRLINE,
        )
        for origin in Origin
        if origin in places
    ]
    if Origin.ASSUMPTION in places or any(row[0].is_assumed for block in blocks for row in block.rows if row):
        parts += [Space(style.size * 0.8), Text(look.say(wording.ASSUMED), style)]
    return parts


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


def _sources(look: Look, sources: tuple[Source, ...], style: Type) -> Flowable:
    if not sources:
        return Text(look.say(wording.NO_SOURCES), replace(style, colour=MUTED))
    listed = [_source(look, at, source, style) for at, source in enumerate(sources, 1)]
    return Stack([Text(look.say(wording.SOURCES), look.label), *listed], gap=4)


def _source(look: Look, number: int, source: Source, style: Type) -> Flowable:
    title = Text(f"{number}. {source.title}", style)
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
