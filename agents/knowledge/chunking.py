"""From pages to passages: about 900 characters, never across a page or a heading, knowing what they stand under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from semantic_text_splitter import MarkdownSplitter, TextSplitter

from agents.knowledge.embeddings.base import BETWEEN
from agents.knowledge.extraction.content import Heading, Page
from agents.models import Kind, Language
from agents.offline.language import detect

LENGTH = (800, 900)  # characters
BLOCK = 50_000  # characters
SHORTEST_SECTION = 120  # characters; a shorter one goes with its neighbour
NUMBERING = 12  # characters before a heading on its line: its number, or Markdown's marks
LEVELS = 3  # how many headings are kept above a passage
LONGEST_HEADING = 300
SURE = 0.6  # below this a passage is taken to be in the document's language


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A passage before it is stored."""

    page: int
    heading: str
    text: str
    language: str

    @property
    def embedded_text(self) -> str:
        return with_heading(self.heading, self.text)


def with_heading(heading: str, text: str) -> str:
    """What is embedded: a passage seldom repeats what it is about."""
    return f"{heading}\n{text}" if heading else text


def pieces_of(pages: Sequence[Page], kind: str) -> list[Piece]:
    """The passages of a document, in order."""
    found = list(_pieces(pages, kind))
    languages = [detect(text) for _, _, text in found]
    usual = _usual([language for language, sure in languages if sure >= SURE])
    return [
        Piece(page=page, heading=heading, text=text, language=language.value if sure >= SURE else usual)
        for (page, heading, text), (language, sure) in zip(found, languages, strict=True)
    ]


def language_of(pieces: Sequence[Piece]) -> str:
    """The language most of its passages are in."""
    return _usual([piece.language for piece in pieces])


def _usual(languages: Sequence[str]) -> str:
    return str(Counter(languages).most_common(1)[0][0]) if languages else Language.OTHER.value


def _pieces(pages: Sequence[Page], kind: str) -> Iterator[tuple[int, str, str]]:
    trail = _Trail()
    for page in pages:
        places = _places(page)
        for offset, text in _cut(page.text, places, _splitter(kind)):
            # A passage belongs to the heading it begins under, or to one that comes soon in it.
            while places and places[0][0] <= offset + len(text) // 3:
                trail.enter(places.pop(0)[1])
            yield page.number, str(trail), text
        for _, heading in places:
            trail.enter(heading)


def _cut(
    text: str, places: Sequence[tuple[int, Heading]], splitter: TextSplitter | MarkdownSplitter
) -> Iterator[tuple[int, str]]:
    """A page's passages with their places in it: a section is about one thing, hence no passage holds two."""
    starts = [0]
    for place, _ in places:
        line = text.rfind("\n", 0, place) + 1
        start = line if place - line <= NUMBERING else place
        if start - starts[-1] >= SHORTEST_SECTION and len(text) - start >= SHORTEST_SECTION:
            starts.append(start)
    for start, end in pairwise([*starts, len(text)]):
        for block, until in _blocks(text, start, end):
            for offset, passage in splitter.chunk_indices(text[block:until]):
                yield block + offset, passage


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The splitter's time grows with the square of a text: a long one is given in parts that end with a line."""
    while end - start > BLOCK:
        line = text.rfind("\n", start + BLOCK // 2, start + BLOCK) + 1
        until = line or text.rfind(" ", start + BLOCK // 2, start + BLOCK) + 1 or start + BLOCK
        yield start, until
        start = until
    yield start, end


@cache
def _splitter(kind: str) -> TextSplitter | MarkdownSplitter:
    return MarkdownSplitter(LENGTH) if kind == Kind.MARKDOWN else TextSplitter(LENGTH)


def _places(page: Page) -> list[tuple[int, Heading]]:
    """Where in the text its headings stand; one that cannot be found counts where the one before it does."""
    place = 0
    found = []
    for heading in page.headings:
        words = r"\s+".join(map(re.escape, heading.title.split()))
        if match := re.compile(words, re.IGNORECASE).search(page.text, place):
            place = match.start()
        found.append((place, heading))
    return found


class _Trail:
    """The headings above the place reached, highest first."""

    def __init__(self) -> None:
        self._headings: list[Heading] = []

    def enter(self, heading: Heading) -> None:
        self._headings = [above for above in self._headings if above.level < heading.level]
        self._headings.append(heading)

    def __str__(self) -> str:
        return BETWEEN.join(" ".join(heading.title.split()) for heading in self._headings[-LEVELS:])[:LONGEST_HEADING]
