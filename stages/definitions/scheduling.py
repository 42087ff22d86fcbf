"""Stage 6's arithmetic: ninety days in thirteen weeks, which days may be used, which pieces fall on which."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from stages.definitions.vocabulary import WEEKDAYS

DAYS = 90
WEEKS = 13
# Month and day: the year's end and its feasts.
QUIET_DAYS = frozenset({(12, 24), (12, 25), (12, 31), (1, 1), (1, 6)})


def last_day(start: date) -> date:
    """The last of the ninety days."""
    return start + timedelta(days=DAYS - 1)


def week_of(day: date, start: date) -> int | None:
    """The week of the plan, from 1, in which a day falls; None outside the ninety days."""
    position = (day - start).days
    return position // 7 + 1 if 0 <= position < DAYS else None


def open_days(week: int, start: date, excluded: Collection[str]) -> list[date]:
    """The days of a week of the plan on which something may be published; the thirteenth week has six days."""
    first = (week - 1) * 7
    days = [start + timedelta(days=position) for position in range(first, min(first + 7, DAYS))]
    return [day for day in days if WEEKDAYS[day.weekday()] not in excluded]


def working_days(week: int, start: date, excluded: Collection[str]) -> list[date]:
    """The open days of a week without the holidays on which nobody reads, if any other is left."""
    days = open_days(week, start, excluded)
    return [day for day in days if (day.month, day.day) not in QUIET_DAYS] or days


def is_workable(start: date, excluded: Collection[str]) -> bool:
    """Whether every week has a day left."""
    return all(open_days(week, start, excluded) for week in range(1, WEEKS + 1))


def spread(count: int, days: list[date]) -> list[date]:
    """`count` pieces over some days, as evenly as they go, in order; none if there are no days."""
    return [days[position * len(days) // count] for position in range(count)] if days else []


def expand(excluded: Collection[str]) -> list[str]:
    """Weekdays in their order, the weekend as its two days."""
    wanted = set(excluded) | ({"saturday", "sunday"} if "weekend" in excluded else set())
    return [day for day in WEEKDAYS if day in wanted]
