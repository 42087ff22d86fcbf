"""Stage 6's deliverable."""

from __future__ import annotations

import datetime

from stages.definitions.schema import Part, Rows, Text, Texts
from stages.definitions.vocabulary import EntryStatus, JourneyPhase, Weekday


class Pieces(Part):
    """How many pieces of a format are published a week, and where if always in one channel."""

    format: Text
    pieces_a_week: int
    channel: Text = ""


class Cadence(Part):
    """The pace: when it starts, how much, on which days not, by whom."""

    start_date: datetime.date
    pieces: Rows[Pieces]
    excluded_days: list[Weekday] = []
    people: Texts = []


class Entry(Part):
    """One piece. The week is computed from its date; a date that cannot be is replaced by one of its week."""

    week: int | None = None
    date: datetime.date | None = None
    title: Text
    format: Text
    channel: Text
    pillar: Text
    journey_phase: JourneyPhase
    keyword: Text
    call_to_action: Text
    owner: Text
    status: EntryStatus = "planned"


class Brief(Part):
    """What a writer needs to begin."""

    title: Text
    keyword: Text
    outline: Texts
    cta: Text


class WorkflowStep(Part):
    """A step on the way to publication, and who takes it."""

    step: Text
    owner: Text


class EditorialCalendar(Part):
    """The deliverable of stage 6."""

    cadence: Cadence
    entries: Rows[Entry]
    briefs: Rows[Brief]
    workflow: Rows[WorkflowStep]
