"""How high a row must be for its texts, which Excel measures only when someone types."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

_LINE_POINTS, _MOST_POINTS = 13.5, 409
# Letters that fit in a unit of width: the unit is a figure of the larger standard letter.
_LETTERS = 1.22


def row_for(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> RowDimension:
    """A row as high as the highest of its texts, each given with the width of its column."""
    lines = max(_lines(text, width) for text, width in texts)
    height = min(_MOST_POINTS, 3 + _LINE_POINTS * lines)
    # The highest row there is need not be measured again: with 30,000 letters that takes minutes.
    kind = _OpenRow if height < _MOST_POINTS else RowDimension
    return kind(sheet, index=row, ht=height)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, roughly; more than fit in a row need not be counted."""
    if len(text) > width * _MOST_POINTS / _LINE_POINTS:
        return ceil(_MOST_POINTS / _LINE_POINTS)
    return sum(max(1, ceil(_breadth(part) / (width * _LETTERS - 2))) for part in text.split("\n"))


def _breadth(text: str) -> int:
    """Letters of the East and pictures are twice as broad."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)


class _OpenRow(RowDimension):
    """A row with a height to begin with, which Excel may change when its text does."""

    @property
    def customHeight(self) -> bool:  # noqa: N802 - openpyxl's name
        return False
