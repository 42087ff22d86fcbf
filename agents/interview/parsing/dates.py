"""Dates as people write them, in Spanish or English, absolute or seen from a given today."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from agents.interview.parsing.words import fault
from agents.interview.state import Parsed, ParseFault

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan", "febrero feb february", "marzo mar march", "abril abr april apr", "mayo may",
            "junio jun june", "julio jul july", "agosto ago august aug", "septiembre setiembre sep sept set september",
            "octubre oct october", "noviembre nov november", "diciembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lunes monday mon", "martes tuesday tue tues", "miercoles wednesday wed", "jueves thursday thu thurs",
            "viernes friday fri", "sabado saturday sat", "domingo sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
_SMALL = {
    "un": 1, "una": 1, "uno": 1, "a": 1, "one": 1, "dos": 2, "two": 2, "tres": 3, "three": 3, "cuatro": 4, "four": 4,
    "cinco": 5, "five": 5, "seis": 6, "six": 6, "ocho": 8, "eight": 8, "diez": 10, "ten": 10, "quince": 15,
}  # fmt: skip
_FIXED = {
    "hoy": 0, "today": 0, "hoy mismo": 0, "manana": 1, "manana mismo": 1, "tomorrow": 1, "pasado manana": 2,
    "day after tomorrow": 2,
}  # fmt: skip

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d{2}))?(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}}|primero)(?:st|nd|rd|th|º|o)?(?: de| of)? (?:el )?({_MONTH})\b\.?(?:,? (?:de |del )?(\d{{4}}))?"
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\b\.? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?:of )?(\d{{4}}))?")
_MONTH_ONLY = re.compile(rf"\b({_MONTH})\b(?:,? (?:de |del |of )?(\d{{4}}))?")
_WEEKDAY_DAY = re.compile(rf"\b({_WEEKDAY})\b,? (?:the |dia )?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d/.-])")
_WEEKDAY_ONLY = re.compile(rf"\b({_WEEKDAY})\b")
_AHEAD = re.compile(r"\b(?:en|dentro de|in|within) (\d{1,3}|[a-z]+) (dias?|days?|semanas?|weeks?|mes(?:es)?|months?)\b")
_NEXT_WEEK = re.compile(
    r"\b(?:la )?(?:proxima semana|semana que viene|semana proxima|semana siguiente)\b|\bnext week\b"
)
_NEXT_MONTH = re.compile(r"\b(?:el )?(?:proximo mes|mes que viene|mes proximo|mes siguiente)\b|\bnext month\b")
_MONTH_END = re.compile(r"\b(?:fin(?:al|ales)? de|end of)\b")
_DAY_ONLY = re.compile(r"^(?:el |the |dia |on |el dia )*(\d{1,2})(?:st|nd|rd|th)?$")

_NEEDED = fault(
    "Necesito una fecha, por ejemplo 12/03/2027 o «el próximo lunes».",
    "I need a date, for example 2027-03-12 or “next Monday”.",
)
_PAST = re.compile(
    r"\b(?:ayer|anteayer|antes de ayer|(?:la semana|el mes|el ano) pasad[oa]|"
    r"hace (?:\d+|[a-z]+) (?:dias?|semanas?|mes(?:es)?)|"
    r"yesterday|last (?:week|month|year)|(?:\d+|[a-z]+) (?:days?|weeks?|months?) ago)\b"
)
_GONE = fault("Ese día ya pasó: necesito uno de hoy en adelante.", "That day is past: I need one from today on.")
_NO_SUCH_DAY = fault(
    "Esa fecha no existe en el calendario: revísala.", "There is no such day in the calendar: please check it."
)


def parse_date(text: str, *, language: str, today: date) -> Parsed | ParseFault:
    """A date as an ISO string. Without a year it is the first such day from today on."""
    plain = _flatten(text)
    if _PAST.search(plain):
        return _GONE
    for rule in _RULES:
        found = rule(plain, language, today)
        if isinstance(found, ParseFault):
            return found
        if found is not None:
            sane = 2000 <= found.year <= 2100
            return (
                Parsed(found.isoformat())
                if sane
                else fault("El año tiene que estar entre 2000 y 2100.", "The year must be between 2000 and 2100.")
            )
    return _NEEDED


def _flatten(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text[:300].casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split()).strip(" .!")


def _day(year: int, month: int, day: int) -> date | ParseFault:
    try:
        return date(year, month, day)
    except ValueError:
        return _NO_SUCH_DAY


def _full_year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _from_today(month: int, day: int, today: date) -> date | ParseFault:
    """The first such day from today on; eight years reach any leap day."""
    for year in range(today.year, today.year + 9):
        found = _day(year, month, day)
        if isinstance(found, date) and found >= today:
            return found
    return _NO_SUCH_DAY


def _iso(text: str, _language: str, _today: date) -> date | ParseFault | None:
    match = _ISO.search(text)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numeric(text: str, language: str, today: date) -> date | ParseFault | None:
    match = _NUMERIC.search(text)
    if not match:
        return None
    first, second = int(match[1]), int(match[2])
    day, month = (first, second) if language == "es" else (second, first)
    if month > 12 >= day:  # only the other order makes sense
        day, month = month, day
    return _day(_full_year(match[3]), month, day) if match[3] else _from_today(month, day, today)


def _day_and_month(text: str, _language: str, today: date) -> date | ParseFault | None:
    match = _DAY_MONTH.search(text)
    if match:
        day, month, year = 1 if match[1] == "primero" else int(match[1]), _MONTHS[match[2]], match[3]
    else:
        match = _MONTH_DAY.search(text)
        if not match:
            return None
        month, day, year = _MONTHS[match[1]], int(match[2]), match[3]
    return _day(int(year), month, day) if year else _from_today(month, day, today)


def _ahead(text: str, _language: str, today: date) -> date | ParseFault | None:
    if text in _FIXED or text.removeprefix("the ") in _FIXED:
        return today + timedelta(days=_FIXED[text.removeprefix("the ")])
    match = _AHEAD.search(text)
    if not match:
        return None
    count = int(match[1]) if match[1].isdigit() else _SMALL.get(match[1])
    if count is None:
        return None
    if match[2].startswith(("m",)):
        return _months_on(today, count)
    return today + timedelta(days=count * (7 if match[2].startswith(("sem", "week")) else 1))


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _week_or_month(text: str, _language: str, today: date) -> date | None:
    monday = today + timedelta(days=7 - today.weekday())
    if _NEXT_WEEK.search(text):
        weekday = _WEEKDAY_ONLY.search(text)
        return monday + timedelta(days=_WEEKDAYS[weekday[1]] if weekday else 0)
    if _NEXT_MONTH.search(text):
        first = _months_on(today.replace(day=1), 1)
        return _month_end(first) if _MONTH_END.search(text) else first
    return _month_end(today) if re.search(r"\b(?:fin(?:al|ales)? de mes|end of (?:the |this )?month)\b", text) else None


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _weekday_and_day(text: str, _language: str, today: date) -> date | ParseFault | None:
    match = _WEEKDAY_DAY.search(text)
    if not match or _MONTH_ONLY.search(text[match.end() :]):
        return None
    weekday, number = _WEEKDAYS[match[1]], int(match[2])
    for ahead in range(400):
        day = today + timedelta(days=ahead)
        if day.day == number and day.weekday() == weekday:
            return day
    return fault(
        "Ese día del mes no cae en ese día de la semana el próximo año: escribe la fecha completa.",
        "That day does not fall on that weekday in the coming year: write the whole date.",
    )


def _weekday(text: str, _language: str, today: date) -> date | None:
    match = _WEEKDAY_ONLY.search(text)
    if not match or re.search(r"\d", text):
        return None
    days = (_WEEKDAYS[match[1]] - today.weekday()) % 7
    return today + timedelta(days=days or 7)


def _month(text: str, _language: str, today: date) -> date | ParseFault | None:
    match = _MONTH_ONLY.search(text)
    if not match or (match[1] in ("mar", "set", "may") and match[0] != text):
        return None
    if match[2]:
        first = date(int(match[2]), _MONTHS[match[1]], 1) if int(match[2]) else None
    else:
        year = today.year + (_MONTHS[match[1]] < today.month or (_MONTHS[match[1]] == today.month and today.day > 1))
        first = date(year, _MONTHS[match[1]], 1)
    if first is None:
        return _NO_SUCH_DAY
    if re.search(r"\b(?:mediados|mid)\b", text):
        return first.replace(day=15)
    return _month_end(first) if _MONTH_END.search(text) else first


def _day_of_month(text: str, _language: str, today: date) -> date | ParseFault | None:
    match = _DAY_ONLY.match(text)
    if not match:
        return None
    for ahead in range(62):
        if (today + timedelta(days=ahead)).day == int(match[1]):
            return today + timedelta(days=ahead)
    return _NO_SUCH_DAY


_Rule: TypeAlias = Callable[[str, str, date], date | ParseFault | None]
_RULES: tuple[_Rule, ...] = (
    _iso, _weekday_and_day, _day_and_month, _numeric, _ahead, _week_or_month, _weekday, _month, _day_of_month,
)  # fmt: skip
