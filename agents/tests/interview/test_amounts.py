"""Numbers, money and percents as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.interview.parsing.amounts import parse_money, parse_number, parse_percent
from agents.interview.rendering import render_money, render_value
from agents.interview.state import Parsed, ParseFault, QuestionKind

LANGUAGES = st.sampled_from(("es", "en"))


def money(text, language="es", currency="EUR", **bounds):
    return parse_money(text, language=language, currency=currency, **{"minimum": None, "maximum": None, **bounds})


def percent(text, language="es", **bounds):
    return parse_percent(text, language=language, **{"minimum": None, "maximum": None, **bounds})


def number(text, language="es", **bounds):
    return parse_number(text, language=language, **{"minimum": None, "maximum": None, **bounds})


@pytest.mark.parametrize(
    ("text", "language", "amount", "currency"),
    [
        ("un millón y medio", "es", "1500000.00", "EUR"),
        ("1 millón y medio de soles", "es", "1500000.00", "PEN"),
        ("dos millones y medio", "es", "2500000.00", "EUR"),
        ("un cuarto de millón", "es", "250000.00", "EUR"),
        ("three quarters of a million", "en", "750000.00", "EUR"),
        ("1,5 millones de euros", "es", "1500000.00", "EUR"),
        ("unos tres mil", "es", "3000.00", "EUR"),
        ("3k", "es", "3000.00", "EUR"),
        ("about 2,500.50 USD", "en", "2500.50", "USD"),
        ("1.234,56", "es", "1234.56", "EUR"),
        ("1.234", "en", "1234.00", "EUR"),
        ("3,000.00", "es", "3000.00", "EUR"),
        ("12 cuotas de 500 €", "es", "500.00", "EUR"),
        ("dos mil quinientos euros", "es", "2500.00", "EUR"),
        ("thirty-five hundred dollars", "en", "3500.00", "USD"),
        ("medio millón", "es", "500000.00", "EUR"),
        ("half a million euros", "en", "500000.00", "EUR"),
        ("1.5M", "en", "1500000.00", "EUR"),
        ("2,5 mil", "es", "2500.00", "EUR"),
        ("4 000 €", "es", "4000.00", "EUR"),
        ("1'500 CHF", "en", "1500.00", "CHF"),
        ("un presupuesto de tres mil euros", "es", "3000.00", "EUR"),
        ("15% of 3000", "en", "3000.00", "EUR"),
        ("US$ 1.200", "es", "1200.00", "USD"),
        ("£99.99", "en", "99.99", "GBP"),
        ("6.000 € (más IVA del 21 %)", "es", "6000.00", "EUR"),
        ("4.000,-", "es", "4000.00", "EUR"),
    ],
)
def test_an_amount_is_read_however_it_is_written(text, language, amount, currency):
    assert money(text, language) == Parsed({"amount": amount, "currency": currency})


@pytest.mark.parametrize(
    ("text", "language", "amount", "per", "shown"),
    [
        ("4.000 € al mes", "es", "4000.00", ["month"], "4.000 € al mes"),
        ("€6,000 a year", "en", "6000.00", ["year"], "€6,000 a year"),
        ("1.200€/mes", "es", "1200.00", ["month"], "1.200 € al mes"),
        ("£30 pcm", "en", "30.00", ["month"], "£30 a month"),
        ("49 € por usuario y mes", "es", "49.00", ["user", "month"], "49 € por usuario al mes"),
        ("€49/user/month", "en", "49.00", ["user", "month"], "€49 per user a month"),
        ("S/ 450 por tratamiento", "es", "450.00", ["treatment"], "450 PEN por tratamiento"),
        ("$3,000 for 3 months", "en", "3000.00", ["months-3"], "US$3,000 over 3 months"),
        ("9.000 € en los tres meses", "es", "9000.00", ["months-3"], "9.000 € en 3 meses"),
        ("1,5 millones anuales", "es", "1500000.00", ["year"], "1.500.000 € al año"),
    ],
)
def test_what_an_amount_is_paid_for_is_kept_shown_and_read_back(text, language, amount, per, shown):
    read = money(text, language).value
    assert (read["amount"], read["per"]) == (amount, per)
    assert render_value(QuestionKind.MONEY, (), read, language) == shown
    assert money(shown, language).value == read


@pytest.mark.parametrize(
    "text", ["4.000 € al contado", "6000 € a plazos", "300 € por favor", "€40 in all", "5000 a la vez"]
)
def test_what_tells_no_period_adds_none(text):
    assert "per" not in money(text, "es").value


def test_pesos_and_dollar_signs_mean_the_accounts_own_when_it_has_one():
    assert money("3.000 pesos", currency="MXN").value["currency"] == "MXN"
    assert money("$3.000", currency="COP").value["currency"] == "COP"
    assert money("$3,000", currency="EUR").value["currency"] == "USD"


def test_a_rare_code_counts_in_capitals_only():
    assert money("90.000 HUF").value["currency"] == "HUF"
    assert money("3,000 in all", "en").value["currency"] == "EUR"
    assert money("90.000", currency="HUF").value["currency"] == "HUF"


def test_pesos_of_no_known_country_are_asked_about():
    assert "MXN" in money("3.000 pesos").needs.es


@pytest.mark.parametrize("text", ["entre 3000 y 4000", "between 3,000 and 4,000 euros", "3.000-4.000 €", "3k a 4k"])
def test_a_range_is_not_an_amount(text):
    assert "una" in money(text).needs.es


@pytest.mark.parametrize("text", ["gratis", "mucho", "no sé", "9" * 400, "1e999", "1.2.3", "€", "-500"])
def test_what_is_no_amount_is_a_fault_in_both_languages(text):
    fault = money(text)
    assert isinstance(fault, ParseFault)
    assert fault.needs.es
    assert fault.needs.en


def test_bounds_are_named_in_the_fault():
    assert "nought" in money("0", minimum=Decimal("0.01")).needs.en
    assert "100" in money("5", minimum=100).needs.en
    assert "10" in number("11", maximum=10).needs.es


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15%", "15"),
        ("0,15", "15"),
        ("0.15", "15"),
        ("15", "15"),
        ("15 por ciento", "15"),
        ("un quince por ciento", "15"),
        ("0,5 %", "0.5"),
        ("la mitad", "50"),
        ("a quarter", "25"),
        ("2.5 percent", "2.5"),
        ("el 12 % en 3 meses", "12"),
        ("0", "0"),
    ],
)
def test_a_percent_is_read_of_one_hundred(text, value):
    assert percent(text) == Parsed(value)


def test_a_bare_rate_is_no_fraction_where_that_is_unlikely():
    assert percent("0,8", likely_maximum=10) == Parsed("0.8")
    assert percent("0,031", likely_maximum=10) == Parsed("3.1")


@pytest.mark.parametrize("text", ["150%", "-3%", "5 o 10 %", "between 5 and 10%", "poco"])
def test_what_is_no_percent_is_a_fault(text):
    assert isinstance(percent(text), ParseFault)


@pytest.mark.parametrize(
    ("text", "value"), [("12", "12"), ("unas 3 personas", "3"), ("1.234", "1234"), ("veintiuno", "21")]
)
def test_a_number_is_read(text, value):
    assert number(text) == Parsed(value)


@given(st.text(max_size=300), LANGUAGES)
def test_no_text_breaks_the_parsers(text, language):
    for parse in (money, number, percent):
        assert isinstance(parse(text, language), Parsed | ParseFault)


@given(st.decimals(min_value=0, max_value=10**9, places=2), LANGUAGES, st.sampled_from(("EUR", "USD", "COP", "CHF")))
def test_an_amount_that_was_shown_is_read_back(amount, language, currency):
    shown = render_money(amount, currency, language)
    assert money(shown, language, currency="EUR") == Parsed({"amount": f"{amount:.2f}", "currency": currency})


@given(st.decimals(min_value=1, max_value=100, places=3), LANGUAGES)
def test_a_percent_that_was_shown_is_read_back(value, language):
    shown = render_value(QuestionKind.PERCENT, (), str(value), language)
    assert Decimal(percent(shown, language).value) == value


@pytest.mark.parametrize(
    "text",
    [
        "Somos tres personas", "tres semanas", "three weeks", "en 2024", "since 2019", "el 12 de mayo", "May 12",
        "12 May", "twice 3 times",
        "50 %", "50 por ciento", "a las 5", "5pm", "10:30", "12/05/2026", "12 clientes", "5 stars", "there are 5 of us",
        "somos 5", "we are 5", "a couple of months", "un mes", "half an hour", "20 km", "100 empleados", "12 CRM",
    ],
)  # fmt: skip
def test_a_figure_that_counts_something_else_is_no_amount(text):
    for language in ("es", "en"):
        assert "importe" in money(text, language).needs.es or "cifra" in money(text, language).needs.es


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("4000", "4000.00"), ("2024", "2024.00"), ("2000 por proyecto", "2000.00"), ("50 la noche", "50.00"),
        ("20/mes", "20.00"), ("5000 más IVA", "5000.00"), ("12 clientes pagan 300", "300.00"), ("un euro", "1.00"),
        ("50 per person", "50.00"), ("3,000 per year", "3000.00"), ("5000 on average", "5000.00"), ("mil", "1000.00"),
        ("3 pavos", "3.00"), ("it sells at 5,000", "5000.00"), ("3000, creo", "3000.00"),
    ],
)  # fmt: skip
def test_a_bare_figure_or_one_with_a_word_of_money_is_an_amount(text, amount):
    assert money(text).value["amount"] == amount


@pytest.mark.parametrize("text", ["4.0000", "€ 1.234,567", "0.0005"])
def test_separators_that_could_mean_either_are_asked_about(text):
    assert "decimals" in money(text).needs.en


@pytest.mark.parametrize(("text", "value"), [("1.2345 millones", "1234500.00"), ("1,2345k", "1234.50")])
def test_many_decimals_of_thousands_and_millions_are_plain(text, value):
    assert money(text).value["amount"] == value


def test_a_bare_half_may_be_half_a_percent_or_half_of_all():
    assert percent("0,5").needs.es.startswith("¿Es un 0,5 % o un 50 %?")
    assert percent("0,5 %") == Parsed("0.5")
    assert percent("0.05", "en") == Parsed("5")
