"""The sections of a definition on a sheet, each in its form, its values as Excel's own types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from exports.excel import wording
from exports.excel.book import Book
from exports.excel.figures import GENERAL, Value, column_format, typed
from exports.excel.page import Page
from exports.excel.tables import Column, Placed
from stages.definitions import vocabulary
from stages.definitions.layout import Form, Format, Label

FIELD_WIDTHS = (28, 100)
_NUMBERS = frozenset((Format.MONEY, Format.PERCENT, Format.RATE, Format.NUMBER, Format.DATE))
_WIDTH_BY_FORMAT = {
    Format.TEXT: 30,
    Format.ITEMS: 44,
    Format.MONEY: 16,
    Format.PERCENT: 13,
    Format.RATE: 13,
    Format.NUMBER: 13,
    Format.DATE: 18,
    Format.TERM: 17,
}
_WIDTHS = {
    "rationale": 56,
    "text": 110,
    "title": 46,
    "message": 100,
    "action": 70,
    "signal": 60,
    "persona": 18,
    "owner": 20,
    "format": 20,
    "channel": 22,
    "pillar": 26,
    "result": 60,
    "step": 60,
    "description": 50,
    "keyword": 34,
    "week": 10,
}
_CHOICES = {
    "phase": vocabulary.JourneyPhase,
    "journey_phase": vocabulary.JourneyPhase,
    "tier": vocabulary.Tier,
    "search_intent": vocabulary.Intent,
    "intent": vocabulary.Intent,
    "priority": vocabulary.Priority,
    "status": vocabulary.EntryStatus,
    "bucket": vocabulary.Bucket,
}


@dataclass(frozen=True, slots=True)
class Grid:
    """A section as columns and rows, before it is placed. `keys` say which column is which."""

    keys: list[str]
    columns: list[Column]
    rows: list[list[Value]]

    def at(self, key: str) -> int:
        return self.keys.index(key)


class Sections:
    """The sections of a book's deliverable, to be put where a layout wants them."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sections = {section.key: section for section in book.definition.sections}

    def title(self, key: str) -> str:
        return self._book.say(self._sections[key].title)

    def given(self, key: str) -> Any:
        """What the deliverable has for a section."""
        return at(self._book.output, self._sections[key].path)

    def onto(self, page: Page, *keys: str) -> None:
        """Sections under one another, each in its own form."""
        for key in keys:
            page.heading(self.title(key))
            match self._sections[key].form:
                case Form.FIELDS:
                    self.fields(page, key)
                case Form.TABLE:
                    self.table(page, key)
                case _:
                    self.prose(page, key)

    def fields(self, page: Page, key: str) -> None:
        page.widths(*FIELD_WIDTHS)
        values = self.given(key)
        row = values if isinstance(values, Mapping) else {}
        page.fields(
            (self._book.say(label.title), value, self._format(label, [value]))
            for label in self._sections[key].labels
            for value in [self._typed(row, label)]
        )

    def table(self, page: Page, key: str) -> Placed | None:
        grid = self.grid(key)
        return page.table(key, grid.columns, grid.rows)

    def grid(self, key: str) -> Grid:
        """The section's columns and rows, for a layout that has something to add."""
        labels = self._sections[key].labels
        given = self.given(key)
        rows = [[self._typed(row, label) for label in labels] for row in (given if isinstance(given, list) else [])]
        columns = [self._column(label, [row[at] for row in rows]) for at, label in enumerate(labels)]
        return Grid([label.key for label in labels], columns, rows)

    def prose(self, page: Page, key: str) -> None:
        """A paragraph a row, under the values of the fields."""
        page.widths(*FIELD_WIDTHS)
        value = self.given(key)
        for text in value if isinstance(value, list) else str(value or wording.NOTHING).split("\n\n"):
            page.put(1, str(text).strip())
            page.space()

    def listed(self, page: Page, key: str, *, extra: Sequence[Column] = (), filled: Sequence[Value] = ()) -> None:
        """Fields that hold lists as a table of one item a row; `filled` is what the extra columns begin with."""
        values = self.given(key)
        items = [
            [self._book.say(label.title), str(item), *filled]
            for label in self._sections[key].labels
            for item in (values.get(label.key) or [] if isinstance(values, Mapping) else [])
        ]
        area, item = (self._book.say(text) for text in (wording.AREA, wording.ITEM))
        page.table(key, [Column(title=area, width=28), Column(title=item, width=90), *extra], items)

    def choices(self, key: str) -> tuple[str, ...]:
        """The closed words of a column as people call them; none for one that takes any text."""
        words = get_args(get_args(_CHOICES[key])[0]) if key in _CHOICES else ()
        return tuple(vocabulary.term(word, self._book.language) for word in words)

    def _column(self, label: Label, values: Sequence[Value]) -> Column:
        return Column(
            title=self._book.say(label.title),
            width=_WIDTHS.get(label.key, _WIDTH_BY_FORMAT[label.format]),
            number_format=self._format(label, values),
            choices=self.choices(label.key) if label.format is Format.TERM else (),
            is_figure=label.format in _NUMBERS,
        )

    def _format(self, label: Label, values: Sequence[Value]) -> str:
        if label.format not in _NUMBERS:
            return GENERAL
        return column_format(label.format, values, language=self._book.language, currency=self._book.currency)

    def _typed(self, row: Any, label: Label) -> Value:
        value = row.get(label.key) if isinstance(row, Mapping) else None
        return typed(value, label.format, self._book.language)


def at(output: Any, path: str) -> Any:
    """What stands at a dotted path; the whole at the empty one, None where there is nothing."""
    for key in path.split(".") if path else ():
        output = output.get(key) if isinstance(output, Mapping) else None
    return output
