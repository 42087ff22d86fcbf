"""Whether a draft may go out: pure checks of what a model wrote. A reply that fails is never sent by itself."""

from __future__ import annotations

import re

from agents.customer_message.context import known_text
from agents.customer_message.state import CustomerMessage, Language
from agents.offline import language as languages

MAX_CHARACTERS = 1500
MAX_SENTENCES = 6
SENTENCE_END = re.compile(r"[.!?…]+(?:\s|$)")
INNER_WORDS = re.compile(
    r"\b(triage|sla|sentiment|escalat\w+|supervisor\w*|as an ai|language model|prompt|json"
    r"|sentimiento|escalad[oa]s?|escalar|modelo de lenguaje|instrucciones del sistema)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"\[[^\]]{1,60}\]|\{\{|<[a-z_]+>", re.IGNORECASE)
CURRENCY = r"(?:€|\$|£|eur\b|euros?\b|usd\b|d[oó]lar(?:es)?\b|dollars?\b|pesos?\b|mxn\b|gbp\b|pounds?\b|soles\b)"
UNITS = (
    r"(?:minutes?|hours?|hrs?|(?:business |working )?days?|weeks?|months?"
    r"|minutos?|horas?|d[ií]as?(?: h[aá]biles| laborables)?|semanas?|mes(?:es)?)\b"
)
MONTHS = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
NUMBER = r"\d+(?:[.,]\d+)*"
# Money, percentages, time spans and dates: each must stand in what we were given.
COMMITMENTS = (
    re.compile(rf"{CURRENCY}\s?({NUMBER})", re.IGNORECASE),
    re.compile(rf"({NUMBER})\s?{CURRENCY}", re.IGNORECASE),
    re.compile(rf"({NUMBER})\s?(?:%|percent\b|por ciento\b)", re.IGNORECASE),
    re.compile(rf"({NUMBER})(?:\s?(?:-|–|to|a|o|or)\s?{NUMBER})?\s{UNITS}", re.IGNORECASE),
    re.compile(r"\b(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})\b"),
    re.compile(rf"\b(\d{{1,2}}(?:st|nd|rd|th)?\s(?:de\s|of\s)?{MONTHS})\b", re.IGNORECASE),
    re.compile(rf"\b({MONTHS}\s\d{{1,2}})\b", re.IGNORECASE),
)
SURE_LANGUAGE = 0.7


def faults(draft: str, message: CustomerMessage, language: str) -> list[str]:
    """What keeps a draft from being sent, in words a model can act on; empty when it is fit."""
    found = []
    if not draft.strip():
        return ["The reply is empty."]
    if len(draft) > MAX_CHARACTERS or len(SENTENCE_END.findall(draft)) > MAX_SENTENCES:
        found.append("The reply is too long: two to four sentences.")
    if inner := INNER_WORDS.search(draft):
        found.append(f"The reply speaks of inner matters: {inner[0]!r}.")
    if PLACEHOLDER.search(draft):
        found.append("The reply holds a placeholder or a tag.")
    if promised := unknown_commitment(draft, known_text(message)):
        found.append(f"The reply promises {promised!r}, which the data does not contain.")
    if not speaks(draft, language):
        found.append(f"The reply is not in the customer's language ({language}).")
    return found


def unknown_commitment(draft: str, known: str) -> str:
    """The first sum, percentage, time span or date of the draft that stands nowhere in `known`; empty if none."""
    lowered = known.lower()
    for pattern in COMMITMENTS:
        for match in pattern.finditer(draft):
            if not re.search(rf"(?<!\d){re.escape(match[1].lower())}(?!\d)", lowered):
                return match[0]
    return ""


def speaks(draft: str, language: str) -> bool:
    """Whether the draft may be in `language`; only a clear case of the other one counts against it."""
    if language == Language.OTHER:
        return True
    found, confidence = languages.detect(draft)
    return found == language or confidence < SURE_LANGUAGE or found == Language.OTHER
