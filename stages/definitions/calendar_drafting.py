"""Stage 6 by rules: which piece comes when, from the cadence and what stages 2 to 5 say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import lcm

from agents.interview.parsing.words import fold
from stages.definitions.calendar_schema import WorkflowStep
from stages.definitions.scheduling import WEEKS, spread, working_days

# How the steps of the approval are told apart: by how their words begin.
_WRITING = ("redact", "escri", "writ", "draft", "borrador", "copy")
_MAKING = ("prepar", "produ", "cre", "disen", "design", "grab", "record", "film", "edit", "mont", "foto", "photo")
_APPROVING = ("aprob", "aprueb", "approv", "revis", "review", "check", "comprob", "valid", "firm", "sign")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the calendar: when, in which format, and on which channel if the cadence says."""

    week: int
    day: date
    format: str
    channel: str


def slots(start: date, excluded: Sequence[str], pieces: Sequence[tuple[str, int, str]]) -> list[Slot]:
    """Every place of the thirteen weeks; `pieces` are format, pieces a week, channel."""
    weekly = [(name, channel) for name, number, channel in pieces for _ in range(number)]
    found = []
    for week in range(1, WEEKS + 1):
        days = spread(len(weekly), working_days(week, start, excluded))
        found += [Slot(week, day, name, channel) for day, (name, channel) in zip(days, weekly, strict=False)]
    return found


def turn(position: int, weekly: int, others: int) -> int:
    """The index of what goes round beside the week's places, shifted when both begin again: all pairs come up."""
    return (position + position // lcm(weekly, others)) % others


def writers(people: Sequence[str], workflow: Sequence[WorkflowStep]) -> list[str]:
    """Who makes the pieces: who writes according to the steps, else who prepares them, else who does not approve."""
    for stems in (_WRITING, _MAKING):
        owners = [step.owner for step in workflow if step.owner and _is_about(step.step, stems)]
        if owners:
            return list(dict.fromkeys(owners))
    approving = {fold(step.owner) for step in workflow if _is_about(step.step, _APPROVING)}
    return [name for name in people if fold(name) not in approving] or list(people)


def _is_about(step: str, stems: tuple[str, ...]) -> bool:
    return any(word.startswith(stems) for word in fold(step).split())
