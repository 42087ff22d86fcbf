"""Whether a figure in a sentence is an amount of money, or counts people, weeks or stars."""

from __future__ import annotations

import re

from agents.interview.parsing.currencies import CURRENCIES
from agents.interview.parsing.figures import Figure
from agents.interview.parsing.words import fold

CURRENCY_MARK = re.compile(
    r"[€$£]|(?<![a-z])(?:eur|usd|gbp|mxn|cop|clp|ars|pen|euros?|dolares|dolar|dollars?|bucks|pesos?|soles|libras?|"
    r"pounds?|pavos?|eurillos?|eurazos?|euritos?|lucas?|quid|sol|real|reales|reais|francos?|francs|yen(?:es)?|brl|chf|"
    r"cad|uyu)(?![a-z])"
)
_SYMBOL_AFTER = re.compile(r"\s*(?:[A-Z]{1,3}\$|S/|[€$£])")
_SYMBOL_BEFORE = re.compile(r"(?:S/|[€$£])\s*$")
_OF = re.compile(r"^(?:de|of) ")
_CODE_AFTER = re.compile(r"^\W{0,2}([A-Z]{3})\b")
_CODE_BEFORE = re.compile(r"\b([A-Z]{3})\W{0,2}$")
# What may follow an amount without a currency: nothing, a period, a share of the price, or a word that is no noun.
_MAY_FOLLOW = re.compile(
    r"^(?:$|(?:al|a|por|per|each|cada|mensual(?:es|mente)?|anual(?:es|mente)?|trimestral(?:es)?|semanal(?:es)?|"
    r"diari[oa]s?|monthly|yearly|annual(?:ly)?|weekly|quarterly|daily|mes|ano|month|year|mas|menos|plus|minus|iva|vat|"
    r"tax|taxes|impuestos|brut[oa]s?|net[oa]s?|net|gross|con|sin|with|without|excluding|including|aprox|aproximad\w*|"
    r"approx\w*|roughly|about|or|o|y|and|en total|in total|in all|total|totales|de media|de promedio|de ticket|"
    r"de presupuesto|de inversion|en promedio|"
    r"en publicidad|en medios|on average|average|median|para|for|pero|but|que|which|es|is|si|if|cuando|when|segun|"
    r"depending|como|as|like|la|el|un|una|an|the|ya|creo|supongo|i think|i guess|maybe|mas o menos|give|justos?|"
    r"exact\w*|limpios?|cash|de golpe|one off|up front|ahora|now|today|hoy|normalmente|usually|habitualmente|"
    r"at least|at most|como mucho|como minimo|minimo|minimum|maximo|maximum|to start|de entrada|entonces|then|instead|"
    r"please|por favor|gracias|thanks|not|no|sino)(?:\s|$))"
)
_PERCENT = re.compile(r"^\s*(?:%|por ?cien|percent|per cent|pct)", re.IGNORECASE)
_MONTHS = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|january|february|"
    r"march|april|may|june|july|august|september|october|november|december)"
)
_HOUR_OR_DATE = re.compile(r"(?:^|\s)(?:a las?|sobre las?|las|at|dia|day|week|semana|version|number|numero|n|no)$")
_NEVER_BEFORE = re.compile(rf"(?:^|\s)(?:{_MONTHS}|somos|eramos|seremos|we are|we re|were|there are|on the)$")
_A_YEAR_FOLLOWS = re.compile(r"(?:^|\s)(?:en|in|desde|since|ano|year|hasta|until|de|of|para|by|for)$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LAST_HOUR = 24


def beside_currency(figure: Figure) -> bool:
    """Whether a currency stands directly before or after the figure."""
    if _SYMBOL_AFTER.match(figure.after) or _SYMBOL_BEFORE.search(figure.before):
        return True
    after, before = _OF.sub("", fold(figure.after)).split()[:1], fold(figure.before).split()[-1:]
    if any(CURRENCY_MARK.fullmatch(word) for word in (*after, *before)):
        return True
    codes = (*_CODE_AFTER.findall(figure.after), *_CODE_BEFORE.findall(figure.before))
    return any(code in CURRENCIES for code in codes)


def is_amount(figure: Figure) -> bool:
    """Whether the figure can be money: beside a currency, or with nothing around it that makes it something else."""
    if _PERCENT.match(figure.after):
        return False
    return beside_currency(figure) or (_stands_alone(figure) and not _is_time(figure))


def _stands_alone(figure: Figure) -> bool:
    after = figure.after.lstrip()
    if after.startswith(("/", "(", ",", ";", ".", "!", "?", ":", "-", "–", "—", ")", '"', "»", "”")):
        # "4.000/mes", "4.000, más o menos": what follows is another thought, unless it is a date or an hour.
        return not re.match(r"[/:.-]\d", after)
    return bool(_MAY_FOLLOW.match(fold(after))) and not (figure.value <= 1 and fold(after))


def _is_time(figure: Figure) -> bool:
    if re.search(r"\d[/:.-]$", figure.before):
        return True
    before = fold(figure.before)
    whole = figure.value == figure.value.to_integral_value()
    year = whole and _FIRST_YEAR <= figure.value <= _LAST_YEAR and _A_YEAR_FOLLOWS.search(before)
    hour = figure.value <= _LAST_HOUR and _HOUR_OR_DATE.search(before)
    return bool(year or hour or _NEVER_BEFORE.search(before))
