"""Stage 6 by rules: which piece comes when, from the cadence and what stages 2 to 5 say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import lcm

from agents.interview.state import Bilingual
from stages.definitions.content_pillars import Cluster, ContentPillars, Keyword
from stages.definitions.scheduling import WEEKS, open_days, spread

_PRIORITY_ORDER = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the calendar: when, in which format, and on which channel if the cadence says."""

    week: int
    day: date
    format: str
    channel: str


@dataclass(slots=True)
class PillarContents:
    """What a pillar has to say, in order; titles never run out and never repeat."""

    cluster: Cluster | None
    name: str
    keywords: Sequence[Keyword]
    told: int = 0

    def next(self, language: str) -> tuple[str, str]:
        """The next title and keyword."""
        position = self.told
        self.told += 1
        pool = [*self.cluster.spokes, *self.cluster.questions] if self.cluster else []
        pool = [_capital(title) for title in pool] or [self.name]
        again, place = divmod(position, len(pool))
        part = Bilingual("parte", "part").of(language)
        title = pool[place] if not again else f"{pool[place]} ({part} {again + 1})"
        return title, self.keywords[position % len(self.keywords)].keyword if self.keywords else ""


def slots(start: date, excluded: Sequence[str], pieces: Sequence[tuple[str, int, str]]) -> list[Slot]:
    """Every place of the thirteen weeks; `pieces` are format, pieces a week, channel."""
    weekly = [(name, channel) for name, number, channel in pieces for _ in range(number)]
    found = []
    for week in range(1, WEEKS + 1):
        days = spread(len(weekly), open_days(week, start, excluded))
        found += [Slot(week, day, name, channel) for day, (name, channel) in zip(days, weekly, strict=False)]
    return found


def contents(stage5: ContentPillars) -> list[PillarContents]:
    """The pillars of stage 5 with their pages and keywords, most urgent keywords first."""
    ordered = sorted(stage5.keywords, key=lambda word: _PRIORITY_ORDER.index(word.priority))
    return [
        PillarContents(
            cluster=next((cluster for cluster in stage5.clusters if cluster.pillar == pillar.name), None),
            name=pillar.name,
            keywords=[word for word in ordered if word.pillar == pillar.name] or ordered,
        )
        for pillar in stage5.pillars
    ]


def turn(position: int, weekly: int, others: int) -> int:
    """The index of what goes round beside the week's places, shifted when both begin again: all pairs come up."""
    return (position + position // lcm(weekly, others)) % others


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
