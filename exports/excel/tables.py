"""Tables before and after they are placed on a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.figures import GENERAL
from exports.excel.text import line

# What the button of a filter and the margins take of a heading.
_BUTTON = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table. `choices` are offered in its cells, `is_input` says that they are meant to be changed."""

    title: str
    width: float = 18
    number_format: str = GENERAL
    choices: tuple[str, ...] = ()
    is_input: bool = False
    is_figure: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Where a table came to stand. `head` is the row of its headings, columns are counted from nought."""

    sheet: Worksheet
    head: int
    rows: int
    columns: int

    @property
    def first(self) -> int:
        return self.head + 1

    @property
    def last(self) -> int:
        return self.head + self.rows

    @property
    def body(self) -> str:
        """All its cells but the head: `A6:K57`."""
        return f"A{self.first}:{get_column_letter(self.columns)}{self.last}"

    def cells(self, column: int) -> str:
        """The cells of a column on its own sheet: `C6:C9`."""
        letter = get_column_letter(column + 1)
        return f"{letter}{self.first}:{letter}{self.last}"

    def range(self, column: int) -> str:
        """The same from anywhere: `'Media plan'!$C$6:$C$9`."""
        letter = get_column_letter(column + 1)
        return f"{quote_sheetname(self.sheet.title)}!${letter}${self.first}:${letter}${self.last}"

    def cell(self, column: int, position: int) -> str:
        """A cell of the row at `position` from anywhere, staying the same when rows are sorted."""
        return f"{quote_sheetname(self.sheet.title)}!${get_column_letter(column + 1)}${self.first + position}"


def unlike(titles: Iterable[str]) -> list[str]:
    """Titles that differ, as the columns of a table must, whatever their case."""
    found: dict[str, str] = {}
    for title in titles:
        flat, number = line(title, 200) or "–", 1
        while (name := flat if number == 1 else f"{flat} {number}").casefold() in found:
            number += 1
        found[name.casefold()] = name
    return list(found.values())


def width_of(column: Column) -> float:
    """The width of a column whose heading has its longest word on one line."""
    return max(column.width, min(30, max(map(len, column.title.split()), default=0)) + _BUTTON)
