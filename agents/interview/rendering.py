"""Answers as text that people read and that the parsers read back to the same value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from agents.interview.parsing.amounts import plain
from agents.interview.parsing.grades import LEVELS
from agents.interview.parsing.periods import render_per
from agents.interview.state import Bilingual, Choice, Column, Question, QuestionKind

NONE = Bilingual("ninguno", "none")

_SIGNS = {"EUR": "€", "USD": "US$", "GBP": "£"}
_WEEKDAYS = Bilingual(
    "lunes martes miércoles jueves viernes sábado domingo", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_MONTHS = Bilingual(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "January February March April May June July August September October November December",
)


def render_answer(question: Question, value: Any, language: str) -> str:
    """An answer in the form its question's parser reads."""
    if value in ([], "", None):
        return NONE.of(language)
    match question.kind:
        case QuestionKind.GRADES:
            return "\n".join(f"{row['criterion']}: " + " | ".join(row[level] for level in LEVELS) for row in value)
        case QuestionKind.TABLE:
            return "\n".join(render_row(question.columns, row, language) for row in value)
        case _:
            return render_value(question.kind, question.choices, value, language)


def render_row(columns: tuple[Column, ...], row: Mapping[str, Any], language: str) -> str:
    """A row of a table, its cells parted by bars."""
    cells = (
        "–" if row.get(column.key) in (None, "", []) else _cell(column, row[column.key], language) for column in columns
    )
    return " | ".join(cells)


def _cell(column: Column, value: Any, language: str) -> str:
    return render_value(column.kind, column.choices, value, language).replace("|", "/").replace("\n", " ")


def render_value(kind: QuestionKind, choices: tuple[Choice, ...], value: Any, language: str) -> str:
    """One value of a kind, in the words of a language."""
    match kind:
        case QuestionKind.LIST:
            labels = [render_value(QuestionKind.CHOICE, choices, item, language) for item in value]
            return "; ".join(label.replace(";", ",").replace("\n", " ") for label in labels)
        case QuestionKind.MONEY:
            money = render_money(Decimal(value["amount"]), value["currency"], language)
            return f"{money} {render_per(value.get('per', []), language)}".strip()
        case QuestionKind.NUMBER:
            return render_decimal(Decimal(value), language)
        case QuestionKind.PERCENT:
            return render_decimal(Decimal(value), language) + (" %" if language == "es" else "%")
        case QuestionKind.DATE:
            return render_date(date.fromisoformat(value), language)
        case _:
            return next((choice.label.of(language) for choice in choices if choice.value == value), str(value))


def render_decimal(value: Decimal, language: str, *, grouped: bool = False) -> str:
    """A number with the decimal mark of the language."""
    written = f"{value:,f}" if grouped else plain(value)
    return written.translate(str.maketrans(".,", ",.")) if language == "es" else written


def render_money(amount: Decimal, currency: str, language: str) -> str:
    """An amount with its currency: "4.000 €", "€4,000", "4.000,50 COP"."""
    cents = amount.quantize(Decimal("0.01"))
    written = render_decimal(
        cents.to_integral_value() if cents == cents.to_integral_value() else cents, language, grouped=True
    )
    sign = _SIGNS.get(currency)
    if language == "en" and sign:
        return f"{sign}{written}"
    return f"{written} {sign or currency}"


def render_date(day: date, language: str) -> str:
    """A date in words, with its weekday."""
    weekday, month = _WEEKDAYS.of(language).split()[day.weekday()], _MONTHS.of(language).split()[day.month - 1]
    return (
        f"{weekday} {day.day} de {month} de {day.year}"
        if language == "es"
        else f"{weekday} {day.day} {month} {day.year}"
    )
