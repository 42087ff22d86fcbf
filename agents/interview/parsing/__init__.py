"""One lenient parser a kind of question: each answers with a value that JSON can hold, or with what it needs.

Text and date are strings, a list is a list of strings, number and percent (of 100) are decimal strings, money is
`{"amount", "currency"}` with what it is paid for (`"per"`) if that is said, a choice is its value, grades and tables
are lists of rows. "None" is `[]` or `""`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agents.interview.parsing.amounts import parse_money, parse_number, parse_percent, read_currency
from agents.interview.parsing.dates import parse_date
from agents.interview.parsing.evasions import evasion
from agents.interview.parsing.grades import parse_grades
from agents.interview.parsing.lists import parse_choice, parse_list
from agents.interview.parsing.tables import parse_table
from agents.interview.parsing.words import clean, clean_rows, fault, is_no, readable
from agents.interview.state import Choice, Column, Parsed, ParseFault, Question, QuestionKind

_GRIDS = frozenset((QuestionKind.GRADES, QuestionKind.TABLE))
_LISTS = frozenset((QuestionKind.LIST, QuestionKind.GRADES, QuestionKind.TABLE))
_NO_TEXT = fault(
    "No he podido leer una respuesta ahí: escríbela con palabras.",
    "I could not read an answer there: write it in words.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How to read an answer: the language for ambiguous forms, today for dates, the currency where none is named."""

    language: str
    today: date
    currency: str = "EUR"


def parse_answer(question: Question, text: str, reading: Reading) -> Parsed | ParseFault:
    """The answer to a question whose options are already resolved."""
    cleaned = clean_rows(text) if question.kind in _GRIDS else clean(text)
    if not cleaned.strip():
        return _NO_TEXT
    if question.allow_none and is_no(cleaned):
        return Parsed([] if question.kind in _LISTS else "")
    if question.kind is QuestionKind.TABLE:
        return parse_table(
            cleaned, columns=question.columns, minimum=_count(question.minimum), maximum=_count(question.maximum),
            read=lambda column, cell: _parse_cell(column, cell, reading),
        )  # fmt: skip
    if question.kind is QuestionKind.GRADES:
        return parse_grades(cleaned, minimum=_count(question.minimum), maximum=_count(question.maximum))
    return _parse_value(question.kind, cleaned, question.choices, question.minimum, question.maximum, reading)


def _parse_cell(column: Column, text: str, reading: Reading) -> Parsed | ParseFault:
    if column.is_money and read_currency(text, default=reading.currency) != reading.currency:
        return fault(
            f"La cifra tiene que estar en {reading.currency}, la moneda del plan: conviértela antes.",
            f"The figure must be in {reading.currency}, the plan's currency: convert it first.",
        )
    if column.kind is QuestionKind.PERCENT:
        return parse_percent(
            clean(text),
            language=reading.language,
            minimum=column.minimum,
            maximum=column.maximum,
            likely_maximum=column.likely_maximum,
        )
    if column.kind is QuestionKind.TEXT and not column.choices and any(map(str.isalnum, text)):
        return Parsed(clean(text))
    parsed = _parse_value(column.kind, clean(text), column.choices, column.minimum, column.maximum, reading)
    if column.whole and isinstance(parsed, Parsed) and "." in parsed.value:
        return fault("Tiene que ser un número entero.", "It must be a whole number.")
    return parsed


def _parse_value(
    kind: QuestionKind,
    text: str,
    choices: tuple[Choice, ...],
    minimum: Decimal | int | None,
    maximum: Decimal | int | None,
    reading: Reading,
) -> Parsed | ParseFault:
    match kind:
        case QuestionKind.NUMBER:
            return parse_number(text, language=reading.language, minimum=minimum, maximum=maximum)
        case QuestionKind.MONEY:
            return parse_money(
                text, language=reading.language, currency=reading.currency, minimum=minimum, maximum=maximum
            )
        case QuestionKind.PERCENT:
            return parse_percent(text, language=reading.language, minimum=minimum, maximum=maximum)
        case QuestionKind.DATE:
            return parse_date(text, language=reading.language, today=reading.today)
        case QuestionKind.LIST:
            return parse_list(text, choices=choices, minimum=_count(minimum), maximum=_count(maximum))
        case _ if choices:
            return parse_choice(text, choices=choices)
        case _:
            return Parsed(text) if readable(text) and not evasion(text) else _NO_TEXT


def _count(bound: Decimal | int | None) -> int | None:
    return None if bound is None else int(bound)
