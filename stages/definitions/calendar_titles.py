"""Stage 6's titles: what stage 5 planned, then its keywords from one angle after another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from agents.interview.parsing.words import fold
from stages.definitions.content_pillars import Cluster, ContentPillars, Keyword
from stages.definitions.texts import listed

ANGLES = Path(__file__).parent / "data" / "title_angles.json"
_PRIORITY_ORDER = ("high", "medium", "low")


@cache
def _angles() -> Mapping[str, Any]:
    return json.loads(ANGLES.read_text(encoding="utf-8"))


@dataclass(slots=True)
class PillarContents:
    """What a pillar has to say, in order; `used` is shared by the pillars of a calendar, so that no title repeats."""

    cluster: Cluster | None
    name: str
    keywords: Sequence[Keyword]
    used: set[str] = field(default_factory=set)
    told: int = 0

    def next(self, phase: str, language: str) -> tuple[str, str]:
        """The next title and keyword, for a phase of the journey."""
        keyword = self.keywords[self.told % len(self.keywords)].keyword if self.keywords else ""
        subjects = self._subjects(keyword)
        titles = (title for title in self._titles(subjects, phase, language) if fold(title) not in self.used)
        title = next(titles, subjects[0])
        self.used.add(fold(title))
        self.told += 1
        return title, keyword

    def _titles(self, subjects: Sequence[str], phase: str, language: str) -> Iterator[str]:
        if self.cluster:
            yield from map(_capital, (*self.cluster.spokes, *self.cluster.questions))
        angles = _angles()[phase][language]
        turned = [*angles[self.told % len(angles) :], *angles[: self.told % len(angles)]]
        for several in (1, 2):
            for subject in subjects:
                yield from (f"{subject}: {listed(pair, language)}" for pair in combinations(turned, several))

    def _subjects(self, keyword: str) -> list[str]:
        """What the title may be about: the piece's keyword first."""
        pages = [self.cluster.hub_page, *self.cluster.spokes] if self.cluster else []
        named = [keyword, *(word.keyword for word in self.keywords), *pages, self.name]
        return list(dict.fromkeys(_capital(name) for name in named if name))


def contents(stage5: ContentPillars) -> list[PillarContents]:
    """The pillars of stage 5 with their pages and keywords, most urgent keywords first."""
    ordered = sorted(stage5.keywords, key=lambda word: _PRIORITY_ORDER.index(word.priority))
    used: set[str] = set()
    return [
        PillarContents(
            cluster=next((cluster for cluster in stage5.clusters if cluster.pillar == pillar.name), None),
            name=pillar.name,
            keywords=[word for word in ordered if word.pillar == pillar.name] or ordered,
            used=used,
        )
        for pillar in stage5.pillars
    ]


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
