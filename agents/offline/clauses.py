"""What follows praise: "lovely, but the sole is coming off". A clause nobody understood is not taken for praise."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from agents.offline.phrases import Match, Phrasebook
from agents.offline.rulebook import load
from agents.offline.text import Text

PRAISE = frozenset({"mild_praise", "praise", "positive_emoji", "thanks_for"})
# A clause with one of these is understood: more praise, a courtesy, a question or a request.
UNDERSTOOD = PRAISE | {"greeting", "information_question", "not_a_complaint", "polite_request", "resolved", "thanks"}
RELIEF = frozenset({"praise", "resolved"})
GOOD_END = RELIEF | {"not_a_complaint"}
# What somebody says before a request explains the request.
EXPLAINED = frozenset({"polite_request", "not_a_complaint", "thanks"})
# Shorter than this (in words and sentence ends), a clause states nothing.
STATEMENT = 4
_SENTENCE_END = re.compile(r" [.?!](?= )")


@dataclass(slots=True)
class Clause:
    """A part of a sentence: whether it began with "but" or the like, whether it asks, and what was found in it."""

    turns: bool
    asks: bool
    words: int
    groups: set[str] = field(default_factory=set)

    @property
    def praises(self) -> bool:
        if {"damage", "doubt"} & self.groups:
            return False
        # "Nice to meet you" is none.
        return "praise" in self.groups or bool(PRAISE & self.groups and "not_a_complaint" not in self.groups)

    @property
    def understood(self) -> bool:
        return self.asks or bool(UNDERSTOOD & self.groups)

    @property
    def unread(self) -> bool:
        """It says something, and nobody knows whether that is good."""
        stated = "doubt" in self.groups or (self.words >= STATEMENT and "good_news" not in self.groups)
        return not self.understood and (self.turns or stated)

    @property
    def spoils(self) -> bool:
        """After "but" any trouble counts; elsewhere only what can hardly be meant otherwise."""
        if self.turns:
            return bool({"damage", "trouble"} & self.groups) and not RELIEF & self.groups
        return "damage" in self.groups and not self.understood


@cache
def phrasebook() -> Phrasebook:
    return Phrasebook(load("clauses"))


def after_praise(text: Text, matches: Iterable[Match], trouble: frozenset[str]) -> str | None:
    """`praise_then_trouble` or `praise_then_unread`, or None where nothing spoils the praise."""
    verdict = None
    clauses = _clauses(text, matches, trouble)
    praised = next((number for number, clause in enumerate(clauses) if clause.praises), len(clauses))
    explained = False
    # From the end: a trouble that praise or its solution follows is a story with a good end.
    for clause in reversed(clauses[praised + 1 :]):
        if not clause.asks and clause.spoils:
            return "praise_then_trouble"
        if GOOD_END & clause.groups:
            return verdict
        if clause.unread and not explained:
            verdict = "praise_then_unread"
        explained = explained or clause.asks or bool(EXPLAINED & clause.groups)
    return verdict


def _clauses(text: Text, matches: Iterable[Match], trouble: frozenset[str]) -> list[Clause]:
    spaced = text.spaced
    own = list(phrasebook().find(spaced))
    turns = {match.start: match.end for match in own if match.group == "turn"}
    starts = [0, *sorted({*turns, *text.pauses, *(found.end() for found in _SENTENCE_END.finditer(spaced))} - {0})]
    clauses = [
        Clause(turns=start in turns, asks=spaced.endswith(" ?", start, end), words=spaced.count(" ", start, end))
        for start, end in zip(starts, [*starts[1:], len(spaced)], strict=True)
    ]
    for match in (*own, *matches):
        place = bisect_right(starts, match.start) - 1
        # What belongs to the turn itself ("only", "ahora bien") says nothing of the clause.
        if match.group == "turn" or match.start >= turns.get(starts[place], 0):
            clauses[place].groups.add("trouble" if match.group in trouble else match.group)
    return clauses
