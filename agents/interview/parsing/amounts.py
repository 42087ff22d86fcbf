"""Numbers, money and percents, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from agents.interview.parsing.currencies import OTHER_CODES, PLAIN_CODES
from agents.interview.parsing.figures import Figure, find_figures
from agents.interview.parsing.money import beside_currency, is_amount
from agents.interview.parsing.periods import read_per
from agents.interview.parsing.words import fault, fold
from agents.interview.state import Parsed, ParseFault

MAX_AMOUNT = Decimal(10) ** 12
CENT = Decimal("0.01")
HUNDRED = Decimal(100)
# A bare fraction of more than this may well be meant as a percentage below one.
LARGE_PERCENT = Decimal(30)

_PESOS = frozenset("MXN COP CLP ARS UYU DOP".split())
_DOLLARS = frozenset("USD CAD AUD NZD".split())
_WORDS: Mapping[str, str] = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "libra": "GBP", "libras": "GBP", "pound": "GBP",
    "pounds": "GBP", "sol": "PEN", "soles": "PEN", "real": "BRL", "reales": "BRL", "reais": "BRL", "franco": "CHF",
    "francos": "CHF", "francs": "CHF", "yen": "JPY", "yenes": "JPY", "eur.": "EUR",
}  # fmt: skip
_SYMBOLS = (
    ("US$", "USD"),
    ("MX$", "MXN"),
    ("CA$", "CAD"),
    ("A$", "AUD"),
    ("R$", "BRL"),
    ("S/", "PEN"),
    ("€", "EUR"),
    ("£", "GBP"),
)
_TIME = re.compile(
    r"^\W*(?:dias?|semanas?|mes(?:es)?|anos?|horas?|minutos?|trimestres?|days?|weeks?|months?|years?|hours?|minutes?|"
    r"quarters?)\b"
)
_PERCENT = re.compile(r"^\s*(?:%|por ciento|por cien\b|percent|per cent|pct)")
_PORTIONS = {
    "la mitad": 50,
    "mitad": 50,
    "half": 50,
    "un cuarto": 25,
    "a quarter": 25,
    "nada": 0,
    "none": 0,
    "nothing": 0,
    "ninguno": 0,
    "ninguna": 0,
    "sin reserva": 0,
    "no contingency": 0,
    "cero": 0,
    "zero": 0,
    "todo": 100,
    "all of it": 100,
}

_NO_AMOUNT = fault(
    "Ahí veo una cifra, pero no un importe: escribe solo el dinero, por ejemplo 4.000 €.",
    "I see a figure there, but not an amount: write just the money, for example €4,000.",
)
_ONE_FIGURE = fault(
    "Veo más de una cifra y no sé cuál usar: escribe solo una.",
    "I see more than one figure and cannot tell which to use: write just one.",
)


def parse_number(
    text: str, *, language: str, minimum: Decimal | int | None, maximum: Decimal | int | None
) -> Parsed | ParseFault:
    """A number as a decimal string."""
    figures = find_figures(text, language=language)
    if not figures:
        return fault("Necesito un número, por ejemplo 12.", "I need a number, for example 12.")
    if len(figures) > 1:
        return _ONE_FIGURE
    return bounded(figures[0].value, minimum, maximum)


def parse_money(
    text: str, *, language: str, currency: str, minimum: Decimal | int | None, maximum: Decimal | int | None
) -> Parsed | ParseFault:
    """An amount to the cent and its currency, and what it is paid for if that is said.

    `{"amount": "4000.00", "currency": "EUR", "per": ["user", "month"]}`
    """
    figures = find_figures(text, language=language, whole_thousands=True)
    # "Un poco de Instagram" has an article and no figure.
    if not any(figure.value > 1 for figure in figures) and not any(map(str.isdigit, text)):
        figures = [figure for figure in figures if beside_currency(figure) or not figure.value]
    if not figures:
        return fault("Necesito un importe, por ejemplo 4.000 €.", "I need an amount, for example €4,000.")
    amounts = figures if any(figure.ends_range for figure in figures) else [*filter(is_amount, figures)]
    if not amounts:
        return _NO_AMOUNT
    chosen = _the_amount(amounts)
    if chosen is None:
        return _ONE_FIGURE
    if _too_fine(chosen.value):
        return fault(
            "No sé si eso son miles o decimales: escribe el importe sin puntos ni comas, o con dos decimales.",
            "I cannot tell whether those are thousands or decimals: write the amount without separators, or with two "
            "decimals.",
        )
    code = read_currency(text, default=currency)
    if code is None:
        return fault(
            "¿En qué moneda es el importe? Escribe también su código, por ejemplo MXN, COP o USD.",
            "Which currency is the amount in? Write its code too, for example MXN, COP or USD.",
        )
    if minimum and 0 < minimum <= 1 and chosen.value <= 0:
        return fault("Tiene que ser mayor que cero.", "It must be more than nought.")
    amount = bounded(chosen.value, 0 if minimum is None else minimum, maximum)
    if isinstance(amount, ParseFault):
        return amount
    value = {"amount": str(chosen.value.quantize(CENT, ROUND_HALF_EVEN)), "currency": code}
    per = read_per(chosen.after)
    return Parsed(value | {"per": per} if per else value)


def _too_fine(value: Decimal) -> bool:
    """Whether an amount has more decimals than money has ("4.0000", "1.234,567")."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -2 and (value < 1000 or value != value.quantize(CENT))


def parse_percent(
    text: str,
    *,
    language: str,
    minimum: Decimal | int | None,
    maximum: Decimal | int | None,
    likely_maximum: Decimal | int | None = None,
) -> Parsed | ParseFault:
    """A percent of 100 as a decimal string; a bare figure below 1 ("0,15") is a fraction if that is likely."""
    portion = _PORTIONS.get(fold(text))
    if portion is not None:
        return bounded(Decimal(portion), minimum, maximum)
    figures = find_figures(text, language=language)
    signed = [figure for figure in figures if _PERCENT.match(figure.after.casefold())]
    candidates = signed or [figure for figure in figures if not _TIME.match(fold(figure.after))]
    if not candidates:
        return fault("Necesito un porcentaje, por ejemplo 15 %.", "I need a percentage, for example 15%.")
    if len(candidates) > 1 or any(figure.ends_range for figure in figures):
        return _ONE_FIGURE
    value, top = candidates[0].value, Decimal(100) if maximum is None else Decimal(maximum)
    likely = top if likely_maximum is None else Decimal(likely_maximum)
    if not signed and likely_maximum is None and LARGE_PERCENT < value * 100 < HUNDRED:
        written = plain(value)
        return fault(
            f"¿Es un {written.replace('.', ',')} % o un {plain(value * 100)} %? Escríbelo con el signo.",
            f"Is it {written}% or {plain(value * 100)}%? Write it with the sign.",
        )
    if not signed and 0 < value < 1 and value * 100 <= likely:
        value *= 100
    return bounded(value, 0 if minimum is None else minimum, top)


def bounded(value: Decimal, minimum: Decimal | int | None, maximum: Decimal | int | None) -> Parsed | ParseFault:
    """The value as a plain decimal string, or what is wrong with its size."""
    if minimum is not None and value < minimum:
        return fault(
            f"Ese valor es demasiado bajo: el mínimo es {minimum}.", f"That value is too low: the minimum is {minimum}."
        )
    highest = MAX_AMOUNT if maximum is None else Decimal(maximum)
    if abs(value) > MAX_AMOUNT or value > highest:
        top = f"{highest:,f}".rstrip("0").rstrip(".") if "." in f"{highest:f}" else f"{highest:f}"
        return fault(
            f"Ese valor es demasiado alto: el máximo es {top}.", f"That value is too high: the maximum is {top}."
        )
    return Parsed(plain(value))


def plain(value: Decimal) -> str:
    """A decimal without exponent or idle noughts."""
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def read_currency(text: str, *, default: str) -> str | None:
    """The currency a text names, `default` if it names none, None if it names one that could be several."""
    for symbol, code in _SYMBOLS:
        if symbol in text.upper():
            return code
    words = fold(text).replace("€", " € ").replace("£", " £ ").split()
    named = ({word.upper() for word in words} & PLAIN_CODES) | (set(text.split()) & OTHER_CODES)
    if named:
        return sorted(named)[0]
    for word in words:
        if word in _WORDS:
            return _WORDS[word]
    if {"peso", "pesos"} & set(words):
        return default if default in _PESOS else None
    if {"dolar", "dolares", "dollar", "dollars", "bucks"} & set(words):
        return default if default in _DOLLARS else "USD"
    if "$" in text:
        return default if default in _DOLLARS | _PESOS else "USD"
    return default


def _the_amount(figures: list[Figure]) -> Figure | None:
    """The figure that is money: the only one beside a currency, else the only one there is."""
    if any(figure.ends_range for figure in figures):
        return None
    marked = [figure for figure in figures if beside_currency(figure)]
    chosen = marked or figures
    return chosen[0] if len(chosen) == 1 else None
