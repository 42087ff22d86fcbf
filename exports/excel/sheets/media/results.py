"""The columns of results that plan and forecast share: their formats, their formulas and their sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from openpyxl.utils import get_column_letter

from exports.excel.book import Book
from exports.excel.figures import COUNT, FEW, RATIO, Formula, Value, money_format
from exports.excel.sheets.media.calculation import half_even
from exports.excel.sheets.media.values import QUOTIENTS, decimal
from exports.excel.tables import Column, Placed
from stages.definitions.forecasting import Forecast
from stages.definitions.media_schema import Results

KEYS = ("impressions", "clicks", "leads", "cpl", "sales", "cac", "revenue", "roas")
_COUNTS = ("impressions", "clicks", "leads", "sales")
_SUMMED = (*_COUNTS, "revenue")


def result_columns(book: Book, named: Mapping[str, str]) -> list[Column]:
    """Counts, money and return, in the order of the definitions."""
    return [Column(title=named[key], width=13, number_format=_format(book, key), is_figure=True) for key in KEYS]


def result_formulas(stored: Results, cell: Callable[[str], str]) -> list[Formula]:
    """The formulas of a row from its exact figures; `cell` says where those stand. The values are the stored ones."""
    return [
        Formula(
            f"={half_even(cell(f'{key}_hundredths'))}" if key in QUOTIENTS else _to_millionths(cell(key)),
            decimal(getattr(stored, key)),
        )
        for key in KEYS
    ]


def result_sums(
    book: Book, placed: Placed, first: int, budget: str, row: int, whole: Forecast
) -> list[tuple[Value, str]]:
    """What stands under the columns of results, from column `first` on: sums, and quotients of sums."""
    shown = whole.shown()
    letters = {key: get_column_letter(first + position + 1) for position, key in enumerate(KEYS)}
    found: list[tuple[Value, str]] = []
    for position, key in enumerate(KEYS):
        cells = placed.cells(first + position)
        if key in _SUMMED:
            text = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
        else:
            above, below = QUOTIENTS[key]
            dividend = budget if above == "budget" else f"{letters[above]}{row}"
            divisor = budget if below == "budget" else f"{letters[below]}{row}"
            text = f'=IF(OR({dividend}="",N({divisor})=0),"",{_rounded(f"{dividend}/{divisor}")})'
        found.append((Formula(text, decimal(shown[key])), _format(book, key)))
    return found


def _rounded(quotient: str) -> str:
    hundredths = f"ROUND({quotient}*100,6)"
    return f"(ROUND({hundredths},0)-({hundredths}-2*INT({hundredths}/2)=0.5))/100"


def _to_millionths(cell: str) -> str:
    return f'=IF({cell}="","",ROUND({cell},6))'


def _format(book: Book, key: str) -> str:
    if key in _COUNTS:
        return COUNT if key in ("impressions", "clicks") else FEW
    return RATIO if key == "roas" else money_format(book.currency, book.language)
