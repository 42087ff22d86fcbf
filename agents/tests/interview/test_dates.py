"""Dates, absolute and seen from a today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.interview.parsing.dates import parse_date
from agents.interview.rendering import render_date
from agents.interview.state import Parsed, ParseFault

SUNDAY = date(2026, 11, 22)


def read(text, language="es", today=SUNDAY):
    return parse_date(text, language=language, today=today)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("12/03/2026", "es", "2026-03-12"),
        ("12/03/2026", "en", "2026-12-03"),
        ("25/12/2026", "en", "2026-12-25"),
        ("2027-02-03", "es", "2027-02-03"),
        ("3-4-27", "es", "2027-04-03"),
        ("12.03.2027", "es", "2027-03-12"),
        ("lunes 12", "es", "2027-04-12"),
        ("Monday the 7th", "en", "2026-12-07"),
        ("el próximo lunes", "es", "2026-11-23"),
        ("lunes", "es", "2026-11-23"),
        ("domingo", "es", "2026-11-29"),
        ("next Monday", "en", "2026-11-23"),
        ("mañana", "es", "2026-11-23"),
        ("today", "en", "2026-11-22"),
        ("in two weeks", "en", "2026-12-06"),
        ("dentro de 10 días", "es", "2026-12-02"),
        ("la semana que viene", "es", "2026-11-23"),
        ("next week on Wednesday", "en", "2026-11-25"),
        ("el mes que viene", "es", "2026-12-01"),
        ("a mediados de enero", "es", "2027-01-15"),
        ("enero", "es", "2027-01-01"),
        ("end of month", "en", "2026-11-30"),
        ("primero de marzo", "es", "2027-03-01"),
        ("1 de enero", "es", "2027-01-01"),
        ("lunes 4 de enero de 2027", "es", "2027-01-04"),
        ("March 5th, 2027", "en", "2027-03-05"),
        ("5 March", "en", "2027-03-05"),
        ("25/12", "es", "2026-12-25"),
        ("el 15", "es", "2026-12-15"),
        ("29 de febrero", "es", "2028-02-29"),
        ("empezamos el 7 de enero, si puede ser", "es", "2027-01-07"),
    ],
)
def test_a_date_is_read_however_it_is_written(text, language, day):
    assert read(text, language) == Parsed(day)


@pytest.mark.parametrize(
    "text", ["31/02/2027", "2027-02-29", "0000-00-00", "13/25/2026", "cuanto antes", "12345", "año 1999", "1/1/2999"]
)
def test_what_is_no_date_is_a_fault_in_both_languages(text):
    fault = read(text)
    assert isinstance(fault, ParseFault)
    assert fault.needs.es
    assert fault.needs.en


def test_a_leap_day_is_read_in_a_leap_year():
    assert read("29/02/2028") == Parsed("2028-02-29")
    assert read("dentro de un mes", today=date(2028, 1, 31)) == Parsed("2028-02-29")


@given(st.text(max_size=200), st.sampled_from(("es", "en")), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_no_text_breaks_the_parser(text, language, today):
    assert isinstance(read(text, language, today), Parsed | ParseFault)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(("es", "en")))
def test_a_date_that_was_shown_is_read_back(day, language):
    assert read(render_date(day, language), language) == Parsed(day.isoformat())


@pytest.mark.parametrize(
    "text", ["ayer", "la semana pasada", "hace tres días", "yesterday", "last month", "two weeks ago"]
)
def test_a_day_that_is_past_is_said_to_be(text):
    assert "past" in read(text).needs.en
