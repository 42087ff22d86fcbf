"""Phrase patterns over normalised words: `stem*`, `(either|or)`, `?optional`, `~3` (up to three words between),
`@class`, `#` (a number), `%` (a question mark), `^` and `$` (where a sentence begins and ends).

A pattern is tried only where one of its first words stands, so that time grows with the text and not with the rules.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from agents.offline.rulebook import load

DIGITS = "#"
START = "^"
QUESTION_MARK = "%"
LONGEST_STEM = 24
_PARTS = re.compile(r"[()|]|\?(?=\S)|[^\s()|?]+")
_NUMBER = r"[^ ]?\d[^ ]*+"
_GAP = r"(?: (?![.?!] )[^ ]++){0,%d}?"


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase of `group` stands in the text, in characters of `Text.spaced`."""

    group: str
    start: int
    end: int


@dataclass(slots=True)
class _Parsed:
    """A piece of a pattern: its regular expression, the words it may start with, and whether it may be empty."""

    regex: str
    firsts: set[str] = field(default_factory=set)
    empty: bool = False


def _expand(pattern: str) -> str:
    """Write out the word classes a pattern names."""
    classes = load("classes")
    return re.sub(r"@(\w+)", lambda found: f"({_expand(classes[found[1]])})", pattern)


def _word(part: str) -> _Parsed:
    if part == START:
        return _Parsed(r"(?<![^ .?!])", empty=True)
    if part == "$":
        return _Parsed(r"(?= $| [.?!])", empty=True)
    if part.startswith("~"):
        return _Parsed(_GAP % int(part[1:]), empty=True)
    if part == DIGITS:
        return _Parsed(" " + _NUMBER, {DIGITS})
    if part == QUESTION_MARK:
        return _Parsed(r" \?", {"?"})
    if part.startswith("*"):
        return _Parsed(rf" [^ ]*?{re.escape(part[1:])}(?= )", {part})
    if part.endswith("*"):
        return _Parsed(f" {re.escape(part[:-1])}[^ ]*+", {part})
    return _Parsed(f" {re.escape(part)}(?= )", {part})


def _sequence(parts: list[str]) -> _Parsed:
    """One branch of a pattern, up to a `|`, a `)` or the end; consumes what it reads."""
    regex, firsts, empty = "", set[str](), True
    while parts and parts[0] not in "|)":
        piece = _piece(parts)
        if empty:
            firsts |= piece.firsts
            empty = piece.empty
        regex += piece.regex
    return _Parsed(regex, firsts, empty)


def _piece(parts: list[str]) -> _Parsed:
    part = parts.pop(0)
    if part == "?":
        piece = _piece(parts)
        return _Parsed(f"(?:{piece.regex})?", piece.firsts, empty=True)
    if part != "(":
        return _word(part)
    branches = [_sequence(parts)]
    while parts.pop(0) == "|":
        branches.append(_sequence(parts))
    return _Parsed(
        "(?:" + "|".join(branch.regex for branch in branches) + ")",
        set().union(*(branch.firsts for branch in branches)),
        any(branch.empty for branch in branches),
    )


def parse(pattern: str) -> _Parsed:
    """Raise ValueError for a pattern that could match nothing at all."""
    parsed = _sequence(_PARTS.findall(_expand(pattern)))
    if parsed.empty or not parsed.firsts:
        raise ValueError(f"a pattern must begin with a word: {pattern!r}")
    return parsed


class Phrasebook:
    """Groups of patterns, findable in a text in one pass."""

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        self._by_word: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        self._by_stem: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        for group, patterns in groups.items():
            for pattern in patterns:
                self._add(group, pattern)
        self._candidates = lru_cache(maxsize=4096)(self._look_up)

    def _add(self, group: str, pattern: str) -> None:
        parsed = parse(pattern)
        rule = (group, re.compile(parsed.regex))
        for first in parsed.firsts:
            if first.endswith("*"):
                self._by_stem[first[:-1]].append(rule)
            else:
                self._by_word[first].append(rule)

    def _look_up(self, word: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """The rules that may start at this word."""
        key = DIGITS if any(char.isdigit() for char in word[:2]) else word
        found = list(self._by_word.get(key, ()))
        for length in range(1, min(len(word), LONGEST_STEM) + 1):
            found += self._by_stem.get(word[:length], ())
        return tuple(found)

    def find(self, spaced: str) -> Iterator[Match]:
        """Every match, at most one for each rule and place; `spaced` is `Text.spaced`."""
        position = 0
        for word in spaced.split():
            for group, regex in self._candidates(word):
                if matched := regex.match(spaced, position):
                    yield Match(group, position, matched.end())
            position += len(word) + 1
