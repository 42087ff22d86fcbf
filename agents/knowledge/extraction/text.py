"""Markdown and plain text, in whatever encoding. One page, or more where form feeds say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agents.knowledge.errors import TooManyPages
from agents.knowledge.extraction.content import Heading, Limits, Page

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MARKDOWN_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


def read(data: bytes, limits: Limits) -> Iterator[int | Page]:
    """The number of pages first, then each page."""
    pages = decode(data).split("\f")
    if len(pages) > limits.pages:
        raise TooManyPages(pages=len(pages), most=limits.pages)
    yield len(pages)
    for number, text in enumerate(pages, 1):
        headings = (Heading(level=len(match[1]), title=match[2]) for match in MARKDOWN_HEADING.finditer(text))
        yield Page(number=number, text=text, headings=tuple(headings))


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16 where the bytes say so; else Windows' Latin, which reads anything."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if data.startswith(mark)), None)
    for encoding in filter(None, (marked, "utf-8")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")
