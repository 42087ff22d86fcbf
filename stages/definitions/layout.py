"""How a deliverable is laid out: an ordered list of sections that PDF, Excel and the admin follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agents.interview.state import Bilingual


class Form(StrEnum):
    """What a section looks like."""

    FIELDS = "fields"
    TABLE = "table"
    PROSE = "prose"
    ITEMS = "items"


class Format(StrEnum):
    """How a value is written: money in the deliverable's currency, a rate as a fraction, a term from the vocabulary."""

    TEXT = "text"
    ITEMS = "items"
    MONEY = "money"
    PERCENT = "percent"
    RATE = "rate"
    NUMBER = "number"
    DATE = "date"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Label:
    """A field of a section: its key, its heading and how its value is written."""

    key: str
    title: Bilingual
    format: Format = Format.TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A part of the deliverable at a dotted path (empty: the whole), with its fields or columns in order.

    `chart` names the column a chart would show.
    """

    key: str
    title: Bilingual
    path: str
    form: Form
    labels: tuple[Label, ...] = ()
    chart: str = ""
