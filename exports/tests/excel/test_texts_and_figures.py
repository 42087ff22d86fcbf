"""Texts and figures on their way into cells."""

from datetime import date
from decimal import Decimal

import pytest

from exports.excel.figures import column_format, day, money_format, number, typed
from exports.excel.text import line, sheet_name
from stages.definitions.layout import Format


@pytest.mark.parametrize(
    ("currency", "language", "shown"),
    [
        ("EUR", "es", '#,##0.00\\ "€"'),
        ("EUR", "en", '"€"#,##0.00'),
        ("USD", "es", '#,##0.00\\ "US$"'),
        ("COP", "en", '#,##0.00\\ "COP"'),
        ("", "es", "#,##0.00"),
        ('"];', "en", "#,##0.00"),
    ],
)
def test_money_has_its_currency_where_the_language_puts_it(currency, language, shown):
    assert money_format(currency, language) == shown


@pytest.mark.parametrize(
    ("value", "form", "found"),
    [
        ("6000.00", Format.MONEY, Decimal(6000)),
        ("36.00", Format.PERCENT, Decimal("0.36")),
        ("0.031", Format.RATE, Decimal("0.031")),
        ("about ten", Format.MONEY, "about ten"),
        ("NaN", Format.NUMBER, "NaN"),
        (7, Format.NUMBER, Decimal(7)),
        ("2026-11-23", Format.DATE, date(2026, 11, 23)),
        ("soon", Format.DATE, "soon"),
        ("primary", Format.TERM, "Primary"),
        (["saturday", "a walk"], Format.ITEMS, "• Saturday\n• a walk"),
        (None, Format.MONEY, None),
        ([], Format.ITEMS, None),
    ],
)
def test_a_value_has_the_type_of_its_format_or_stays_a_text(value, form, found):
    assert typed(value, form, "en") == found


@pytest.mark.parametrize(
    ("values", "form", "shown"),
    [
        ([Decimal("0.36"), Decimal("0.3")], Format.PERCENT, "0%"),
        ([Decimal("0.3667"), None], Format.PERCENT, "0.00%"),
        ([Decimal("0.009")], Format.RATE, "0.0%"),
        ([Decimal("7.5"), Decimal(8), "none"], Format.NUMBER, "#,##0.0"),
        ([Decimal("1200")], Format.NUMBER, "#,##0"),
        ([Decimal("1E+3")], Format.NUMBER, "#,##0"),
        ([], Format.NUMBER, "#,##0"),
    ],
)
def test_a_column_has_as_many_places_as_its_figures_need(values, form, shown):
    assert column_format(form, values, language="en", currency="EUR") == shown


def test_infinities_and_days_before_excels_calendar_stay_texts():
    assert number("Infinity") == "Infinity"
    assert day("1899-12-31") == "1899-12-31"
    assert day(date(1900, 3, 1)) == date(1900, 3, 1)


@pytest.mark.parametrize(
    ("text", "taken", "name"),
    [
        ("Plan: ¿qué [medios]?", [], "Plan  ¿qué  medios"),
        ("'Quoted'", [], "Quoted"),
        ("", [], "–"),
        ("Plan", ["plan", "PLAN 2"], "Plan 3"),
        ("x" * 40, ["X" * 30 + "…"], "x" * 29 + " 2"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(text, taken, name):
    found = sheet_name(text, taken)

    assert found == " ".join(name.split()) if "  " in name else found == name
    assert len(found) <= 31


def test_a_title_is_one_line():
    assert line("one\r\n two\x00\tthree", 40) == "one two three"
    assert line("y" * 50, 10) == "y" * 9 + "…"
