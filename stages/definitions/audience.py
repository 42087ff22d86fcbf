"""Who buys, as far as it is known: another company, or a person for themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from agents.interview.parsing.amounts import read_currency
from agents.interview.parsing.figures import find_figures
from agents.interview.parsing.words import fold
from stages.definitions.benchmarks import is_priced
from stages.definitions.buyer_persona import BuyerPersona

WORDS = Path(__file__).parent / "data" / "audience_words.json"
# A sale under the first amount is mostly a person's, one over the second a company's; currencies near the euro.
SMALL_SALE, LARGE_SALE = Decimal(300), Decimal(3000)
_QUICK = ("hora", "dia", "minut", "hour", "day", "immediate", "inmediat", "impuls")
_SLOW = ("mes", "month", "trimestre", "quarter", "ano", "year")
_CLEAR = 2  # by how many signs one side must lead
_OUTRIGHT, _OUTRIGHT_WEIGHT = ("b2b", "b2c", "d2c"), 5


class Audience(StrEnum):
    """Who buys; neutral where what is known does not tell."""

    BUSINESS = "business"
    CONSUMER = "consumer"
    NEUTRAL = "neutral"


def audience(stage1: BuyerPersona, people: Iterable[str], language: str) -> Audience:
    """Told by the words of the industry, the offering and the customer, who decides, the ticket and the cycle."""
    said = (stage1.business.industry, stage1.business.offering, stage1.persona.professional_context, *people)
    text = f" {fold(' . '.join(said))} "
    lead = sum(_signs(text, "business")) - sum(_signs(text, "consumer")) + _sale(stage1.business.ticket, language)
    if abs(lead) < _CLEAR:
        return Audience.NEUTRAL
    return Audience.BUSINESS if lead > 0 else Audience.CONSUMER


@cache
def _words() -> Mapping[str, Any]:
    return json.loads(WORDS.read_text(encoding="utf-8"))


def _signs(text: str, side: str) -> list[int]:
    """One for each word of a side that the text says; saying it outright ("B2B") settles it."""
    return [_OUTRIGHT_WEIGHT if word in _OUTRIGHT else 1 for word in _words()[side] if f" {word}" in text]


def _sale(ticket: str, language: str) -> int:
    """What the size and the length of a sale say: above nought a company's, below a person's."""
    amount, _, cycle = ticket.partition(";")
    figures = find_figures(amount, language=language, whole_thousands=True)
    words = fold(cycle.partition(":")[2]).split()
    lead = any(word.startswith(_SLOW) for word in words) - any(word.startswith(_QUICK) for word in words)
    if figures and is_priced(read_currency(amount, default="") or ""):
        lead += (figures[0].value >= LARGE_SALE) - (figures[0].value <= SMALL_SALE)
    return lead
