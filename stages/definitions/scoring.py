"""Stage 4's arithmetic: score, tier and the proposed split. The weights and thresholds of the method are here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from agents.interview.parsing.words import fold
from stages.definitions.rounding import apportion

FIT_WEIGHT = Decimal("0.5")
COST_WEIGHT = Decimal("0.3")
EFFORT_WEIGHT = Decimal("0.2")
EFFORT_TOP = 11  # effort counts against: 11 minus it, so that every grade runs from 1 to 10

PRIMARY_PLACES, PRIMARY_FLOOR = 2, Decimal("6.0")
SECONDARY_PLACES, SECONDARY_FLOOR = 3, Decimal("4.5")

# The split proposed before the consultant changes it.
PRIMARY_SHARE, SECONDARY_SHARE = Decimal(70), Decimal(30)


def score(audience_fit: int, cost_efficiency: int, effort: int) -> Decimal:
    """0.5 fit + 0.3 cost efficiency + 0.2 (11 − effort): from 1.0 to 10.0, exact to one decimal."""
    return FIT_WEIGHT * audience_fit + COST_WEIGHT * cost_efficiency + EFFORT_WEIGHT * (EFFORT_TOP - effort)


def tiers(scores: list[Decimal]) -> list[str]:
    """The tier of each of the scores, given best first. The best is primary whatever its score."""
    found: list[str] = []
    for position, value in enumerate(scores):
        primary, secondary = found.count("primary"), found.count("secondary")
        if position == 0 or (primary < PRIMARY_PLACES and value >= PRIMARY_FLOOR):
            found.append("primary")
        elif secondary < SECONDARY_PLACES and value >= SECONDARY_FLOOR:
            found.append("secondary")
        else:
            found.append("avoid")
    return found


def ranked(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Channels best first (ties: higher fit, then name), each with its score and tier."""
    scored = [
        {**row, "score": score(*(int(row[key]) for key in ("audience_fit", "cost_efficiency", "effort")))}
        for row in rows
    ]
    scored.sort(key=lambda row: (-row["score"], -int(row["audience_fit"]), fold(row["name"]), row["name"]))
    for row, tier in zip(scored, tiers([row["score"] for row in scored]), strict=True):
        row["tier"] = tier
    return scored


def propose_split(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, Decimal]]:
    """Whole percents for the primary and secondary channels: 70 and 30, within each by score."""
    chosen = [row for row in ranked(rows) if row["tier"] != "avoid"]
    primary = [row for row in chosen if row["tier"] == "primary"]
    secondary = [row for row in chosen if row["tier"] == "secondary"]
    pools = ((primary, PRIMARY_SHARE if secondary else Decimal(100)), (secondary, SECONDARY_SHARE))
    split: list[tuple[str, Decimal]] = []
    for channels, share in pools:
        parts = apportion(share, [row["score"] for row in channels], step=Decimal(1))
        split += [(row["name"], part) for row, part in zip(channels, parts, strict=True)]
    return split
