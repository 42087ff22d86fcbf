"""From the text of pages to text that reads on: no running headers, no hyphens at line ends, no broken lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from agents.knowledge.errors import NoText
from agents.knowledge.extraction.content import Page

# What no reader wants and PostgreSQL does not take.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
BLANKS = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"(?:(?:page|página|pág\.?|p\.)\s*)?[\divxlc]{1,6}(?:\s*(?:/|of|de)\s*\d+)?", re.IGNORECASE)
HYPHEN = re.compile(r"([^\W\d_]{2,})-\n([^\W\d_]{2,})")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LINE_END_HYPHEN = "\x02"  # what PDFium makes of a hyphen and the line end after it
EDGE = 2  # lines at the top and at the bottom of a page that may be running ones
MOST_REPEATS = 3
PART = 24  # characters by which a running line that names its section is known again
LONG_LINE = 55
SENTENCE_END = (".", ":", ";", "!", "?", "…", "|")
ITEM = re.compile(r"(?:[•·▪◦‣\-–—*$#>|]|\d+[.)]|[a-z]\))\s")


def tidy(pages: Sequence[Page], *, wrapped: bool) -> list[Page]:
    """The pages that have text. `wrapped`: lines end where the paper did. Raises `NoText` when none has any."""
    cleaned = [replace(page, text=clean(page.text)) for page in pages]
    if wrapped:
        running = _running_lines(cleaned)
        cleaned = [replace(page, text=_without_edges(page.text, running)) for page in cleaned]
        words = Counter(word for page in cleaned for word in WORD.findall(page.text.lower()))
        cleaned = [replace(page, text=unwrap(join_hyphens(page.text, words))) for page in cleaned]
    found = [page for page in cleaned if any(map(str.isalnum, page.text))]
    if not found:
        raise NoText
    return found


def clean(text: str) -> str:
    """Plain blanks and line ends; nothing invisible."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace(LINE_END_HYPHEN, "-\n")
    text = UNWANTED.sub("", text)
    lines = (BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shape(line: str) -> str:
    """A running line differs from page to page by its numbers."""
    return DIGITS.sub("#", line.lower())


def _marks(line: str) -> tuple[str, ...]:
    """What a running line is known by: all of it, and where it also names its section its beginning and its end."""
    shape = _shape(line)
    return (shape, f"{shape[:PART]}…", f"…{shape[-PART:]}") if len(shape) > 1.5 * PART else (shape,)


def _edges(lines: Sequence[str]) -> Iterable[int]:
    return sorted({*range(min(EDGE, len(lines))), *range(max(0, len(lines) - EDGE), len(lines))})


def _running_lines(pages: Sequence[Page]) -> set[str]:
    """The marks of lines that stand at the edge of several pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = page.text.split("\n")
        seen.update({mark for place in _edges(lines) for mark in _marks(lines[place])})
    return {mark for mark, count in seen.items() if count >= MOST_REPEATS and mark}


def _without_edges(text: str, running: set[str]) -> str:
    lines = text.split("\n")
    dropped = {
        place
        for place in _edges(lines)
        if PAGE_NUMBER.fullmatch(lines[place]) or any(mark in running for mark in _marks(lines[place]))
    }
    return "\n".join(line for place, line in enumerate(lines) if place not in dropped).strip()


def join_hyphens(text: str, words: Counter[str]) -> str:
    """Words parted at line ends made whole; a hyphen stays where the document writes the word with one elsewhere."""

    def joined(match: re.Match[str]) -> str:
        whole, parted = f"{match[1]}{match[2]}", f"{match[1]}-{match[2]}"
        if match[2][0].isupper() or words[parted.lower()] > words[whole.lower()]:
            return parted
        return whole

    return HYPHEN.sub(joined, text)


def unwrap(text: str) -> str:
    """Lines that broke only because the paper ended made one."""
    lines = text.split("\n")
    joined = lines[:1]
    for before, line in pairwise(lines):
        if _goes_on(before, line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(before: str, line: str) -> bool:
    if len(before) < LONG_LINE or not line or ITEM.match(line):
        return False
    return line[0].islower() or not before.endswith(SENTENCE_END)
