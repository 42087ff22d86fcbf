"""What a message is about: a named topic and the reference number of an order, invoice or ticket."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from agents.offline.phrases import Phrasebook
from agents.offline.rulebook import load
from agents.offline.text import excerpt, normalise

_REFERENCE = re.compile(
    r"\b(?:order|pedido|orden|compra|invoice|factura|ticket|booking|reserva|parcel|package|paquete|gu[ií]a|folio"
    r"|vuelo|flight|case|caso|boleto)\b[^\w\n]{0,3}(?:n(?:o|ro|um|umber|úmero|[º°])?\b[^\w\n]{0,3})?"
    r"((?=[A-Z0-9-]{0,11}\d)[A-Z0-9][A-Z0-9-]{2,11})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """`topic` is a key of the topic rules, or empty; `reference` a number the customer gave, or empty."""

    topic: str = ""
    reference: str = ""

    def name(self, language: str) -> str:
        return load("topics")[self.topic][language] if self.topic else ""


def subject(text: str) -> Subject:
    """The first topic in the order of the rules (from the particular to the general) that the text mentions."""
    found = {match.group for match in _phrasebook().find(normalise(text).spaced)}
    topic = next((name for name in load("topics") if name in found), "")
    reference = _REFERENCE.search(excerpt(text))
    return Subject(topic=topic, reference=reference[1].upper() if reference else "")


@cache
def _phrasebook() -> Phrasebook:
    return Phrasebook({name: rule["patterns"] for name, rule in load("topics").items()})
