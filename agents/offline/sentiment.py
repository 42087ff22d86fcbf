"""How a customer feels, by weighted phrases; where praise and an open complaint meet, the complaint wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from agents.offline import scoring
from agents.offline.phrases import Match, Phrasebook
from agents.offline.rulebook import load
from agents.offline.text import Text

DENIABLE = frozenset({"blame", "grievance", "mild_praise", "praise"})
TROUBLE = frozenset({"blame", "fault", "unanswered", "waiting", "done_to_me", "harm", "grievance", "repeat"})
COMPLAINT = TROUBLE - {"fault"} | {
    "company_did", "dates_piling_up", "demand", "distrust", "expectation", "promise_broken", "rhetorical", "threat"
}  # fmt: skip
# A text with none of these only states something: what customers state unasked is seldom good news.
ASKING_OR_PRAISING = frozenset(
    {"greeting", "information_question", "not_a_complaint", "mild_praise", "polite_request", "positive_emoji", "praise", "resolved"}
)
LONG, SHORT = 60, 4


@cache
def phrasebook() -> Phrasebook:
    english, spanish = load("sentiment_en"), load("sentiment_es")
    return Phrasebook({group: [*english[group], *spanish[group]] for group in english})


def classify(signs: Mapping[str, float]) -> dict[str, float]:
    """The probability of each sentiment, from the features of a text."""
    return scoring.probabilities(signs, load("weights"))


def features(text: Text) -> dict[str, float]:
    """How often each group of phrases was found, with the marks of the writing itself."""
    matches = _distinct(phrasebook().find(text.spaced))
    named = [match.group + ("_denied" if match.group in DENIABLE and _denied(text, match) else "") for match in matches]
    counted = scoring.count(named)
    counted["praise_then_trouble"] = float(_praise_then_trouble(matches))
    counted["lasting_trouble"] = float("how_long" in counted and bool(TROUBLE & counted.keys()))
    counted["kinds"] = max(0.0, len(COMPLAINT & counted.keys()) - 1)
    counted["plain_statement"] = float(
        not ASKING_OR_PRAISING & counted.keys() and "?" not in text.raw and len(text.words) > SHORT
    )
    return counted | _writing(text)


def _distinct(matches: Iterable[Match]) -> list[Match]:
    """Overlapping matches of one group say one thing, not several."""
    reached: dict[str, int] = {}
    kept = []
    for match in matches:
        if match.start >= reached.get(match.group, 0):
            kept.append(match)
            reached[match.group] = match.end
    return kept


def _denied(text: Text, match: Match) -> bool:
    """A negation stands up to three words before, in the same clause."""
    denials = load("denials")
    before = text.spaced[max(0, match.start - 60) : match.start].split()[-3:]
    for place, word in enumerate(reversed(before)):
        if word in denials["breaks"]:
            return False
        following = before[len(before) - place] if place else ""
        if word in denials["words"] and f"{word} {following}".strip() not in denials["not_denials"]:
            return True
    return False


def _praise_then_trouble(matches: list[Match]) -> bool:
    turn = min((match.start for match in matches if match.group == "contrast"), default=None)
    if turn is None:
        return False
    praised = any(match.group in ("mild_praise", "praise", "thanks_for") and match.start < turn for match in matches)
    return praised and any(match.group in TROUBLE and match.start >= turn for match in matches)


def _writing(text: Text) -> dict[str, float]:
    words = text.words
    letters, capitals = sum(map(str.isalpha, text.raw)), sum(map(str.isupper, text.raw))
    return {
        "shouting": float(len(words) >= 3 and letters >= 12 and capitals > 0.6 * letters),
        "exclaiming": float(text.raw.count("!") >= 3 or "??" in text.raw or "?!" in text.raw or "!?" in text.raw),
        "question": float("?" in text.raw),
        "long": float(len(words) >= LONG),
        "short": float(len(words) <= SHORT),
    }
