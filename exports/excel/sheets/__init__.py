"""The sheets of each stage's workbook. A stage without a layout of its own gets one sheet a section."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from exports.excel.book import Book
from exports.excel.sheets import calendar, channels, journey, media, persona, pillars, plain

Layout: TypeAlias = Callable[[Book], None]

LAYOUTS: Mapping[str, Layout] = {
    "buyer_persona": persona.lay_out,
    "buyers_journey": journey.lay_out,
    "channels": channels.lay_out,
    "content_pillars": pillars.lay_out,
    "editorial_calendar": calendar.lay_out,
    "media_plan": media.lay_out,
}


def lay_out(book: Book) -> None:
    """Every sheet of the deliverable."""
    LAYOUTS.get(book.definition.slug, plain.lay_out)(book)
