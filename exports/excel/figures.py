"""Values of a deliverable as Excel's own types, and the number formats that show them in the deliverable's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from stages.definitions.layout import Format
from stages.definitions.vocabulary import term

GENERAL, TEXT = "General", "@"
COUNT, FEW, RATIO = "#,##0", "#,##0.00", "0.00"
PERCENT = "0.00%"
BULLET = "• "

# Excel's calendar is wrong before this day and ends in 9999; other days are written out.
_FIRST_DAY = date(1900, 3, 1)
_SIGNS = {"EUR": "€", "USD": "US$", "GBP": "£"}
_MOST_PLACES = 4


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in English names and commas, and the value it has as the workbook is made. Blank is an empty text."""

    text: str
    value: Decimal | int | date | str | None


Value: TypeAlias = "str | int | Decimal | date | Formula | None"


def money_format(currency: str, language: str) -> str:
    """Cents, with the currency where the language puts it; what is no code of letters is left out."""
    code = re.sub("[^A-Z]", "", currency.upper())[:8]
    sign = _SIGNS.get(code, code)
    if not sign:
        return FEW
    if language == "en" and code in _SIGNS:
        return f'"{sign}"#,##0.00'
    return f'#,##0.00\\ "{sign}"'


def date_format(language: str) -> str:
    """A day with its weekday, in the deliverable's language whatever the reader's Excel speaks."""
    return "[$-C0A]ddd d mmm yyyy" if language == "es" else "[$-809]ddd d mmm yyyy"


def column_format(form: Format, values: Iterable[Value], *, language: str, currency: str) -> str:
    """The number format of a column that holds these values."""
    if form is Format.MONEY:
        return money_format(currency, language)
    if form is Format.DATE:
        return date_format(language)
    if form in (Format.PERCENT, Format.RATE):
        places = max(0, _places(values) - 2)
        return f"0.{'0' * places}%" if places else "0%"
    if form is Format.NUMBER:
        places = min(2, _places(values))
        return f"#,##0.{'0' * places}" if places else COUNT
    return GENERAL


def typed(value: Any, form: Format, language: str) -> Value:
    """A value as its format has it; what is not of its format stays a text. A percentage becomes a fraction."""
    if value in (None, "", []):
        return None
    if isinstance(value, list):
        return "\n".join(f"{BULLET}{term(str(item), language)}" for item in value)
    if form in (Format.MONEY, Format.RATE, Format.NUMBER):
        return number(value)
    if form is Format.PERCENT:
        found = number(value)
        return found / 100 if isinstance(found, Decimal) else found
    if form is Format.DATE:
        return day(value)
    return term(str(value), language) if form is Format.TERM else str(value)


def number(value: Any) -> Value:
    """A decimal, or the text that is none."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return found if found.is_finite() else str(value)


def day(value: Any) -> Value:
    """A date that Excel can count, or its text."""
    try:
        found = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return found if found >= _FIRST_DAY else found.isoformat()


def _places(values: Iterable[Value]) -> int:
    exponents = (
        value.normalize().as_tuple().exponent for value in values if isinstance(value, Decimal) and value.is_finite()
    )
    needed = max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)
    return max(0, min(_MOST_PLACES, needed))
