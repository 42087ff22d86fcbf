"""What is read from a document, and how much of anything may be used for it. A leaf: the child imports it, too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What reading one document may take. `stall` is the longest silence between two pages."""

    size: int = 100 * 1024 * 1024  # bytes
    pages: int = 3000
    text: int = 30_000_000  # characters
    memory: int = 1024 * 1024 * 1024  # bytes of address space
    seconds: float = 300.0
    stall: float = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A title as it stands in the text; level 1 is the highest."""

    level: int
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page: its number from 1, its text, and the headings on it in their order. `fault`: why it has no text."""

    number: int
    text: str
    headings: tuple[Heading, ...] = ()
    fault: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageFault:
    """A page that could not be taken in, and the code of the fault."""

    page: int
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The pages of a document that have text, and those that should have and have not."""

    pages: list[Page]
    faults: tuple[PageFault, ...] = ()
