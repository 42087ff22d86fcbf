"""How a customer feels, by weighted phrases; where praise and an open complaint meet, the complaint wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from agents.offline import clauses, scoring
from agents.offline.phrases import Match, Phrasebook
from agents.offline.rulebook import load
from agents.offline.text import Text

DENIABLE = frozenset({"blame", "grievance", "mild_praise", "praise"})
ABSORBING = frozenset({"not_a_complaint", "praise", "resolved", "status", "thanks_for"})
SPENDING = frozenset({"mild_praise", "not_a_complaint", "praise"})
TROUBLE = frozenset({"blame", "fault", "unanswered", "waiting", "done_to_me", "harm", "grievance", "repeat"})
COMPLAINT = TROUBLE - {"fault"} | {
    "company_did", "dates_piling_up", "demand", "distrust", "expectation", "promise_broken", "rhetorical", "threat"
}  # fmt: skip
# A text with none of these only states something: what customers state unasked is seldom good news.
ASKING_OR_PRAISING = frozenset(
    {"greeting", "information_question", "mild_praise", "not_a_complaint", "polite_request", "positive_emoji", "praise"}
    | {"resolved"}
)
# Thanks beside none of these are for something done; otherwise they are courtesy.
REASONS = COMPLAINT | {"fault", "information_question", "not_a_complaint", "polite_request", "profanity", "sarcasm"}
# What a calm report may have besides.
CALM = frozenset({"fault", "information_question", "not_a_complaint", "polite_request"})
LONG, REPORT, SHORT = 60, 12, 4
_SENTENCE_ENDED = re.compile(r" [.?!] ")


@cache
def phrasebook() -> Phrasebook:
    english, spanish = load("sentiment_en"), load("sentiment_es")
    return Phrasebook({group: [*english[group], *spanish[group]] for group in english})


def classify(signs: Mapping[str, float]) -> dict[str, float]:
    """The probability of each sentiment, from the features of a text."""
    return scoring.probabilities(signs, load("weights"))


def features(text: Text) -> dict[str, float]:
    """How often each group of phrases was found, with the marks of the writing itself."""
    matches = _unabsorbed(_distinct(phrasebook().find(text.spaced)))
    counted = scoring.count(_named(text, matches))
    if spoilt := clauses.after_praise(text, matches, TROUBLE):
        counted[spoilt] = 1
    counted["lasting_trouble"] = float("how_long" in counted and bool(TROUBLE & counted.keys()))
    counted["kinds"] = max(0.0, len(COMPLAINT & counted.keys()) - 1)
    if _calm_report(text, counted):
        counted["calm_report"] = 1
    elif not ASKING_OR_PRAISING & counted.keys() and "?" not in text.raw and len(text.words) > SHORT:
        counted["plain_report" if "fault" in counted else "plain_statement"] = 1
    counted["thanks_unasked"] = float("thanks" in counted and "?" not in text.raw and not REASONS & counted.keys())
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


def _unabsorbed(matches: list[Match]) -> list[Match]:
    """Trouble named within a phrase of praise ("not bad", "no complaints", "problem solved") is none."""
    kind = [match for match in matches if match.group in ABSORBING]
    return [
        match
        for match in matches
        if match.group not in REASONS
        or match.group in SPENDING
        or not any(phrase.start <= match.start and match.end <= phrase.end for phrase in kind)
    ]


def _named(text: Text, matches: Iterable[Match]) -> Iterator[str]:
    """The group of each match, with `_denied` after a negation; the one of "no complaints" is spent on the praise."""
    spent = 0
    for match in matches:
        denied = match.group in DENIABLE and _denied(text.spaced[max(spent, match.start - 60) : match.start])
        yield f"{match.group}_denied" if denied else match.group
        if match.group in SPENDING:
            spent = match.end


def _denied(before: str) -> bool:
    """A negation stands among the last three words, in the same clause."""
    denials = load("denials")
    following = ""
    for word in reversed(before.split()[-3:]):
        if word in denials["breaks"]:
            return False
        if word in denials["words"] and f"{word} {following}" not in denials["not_denials"]:
            return True
        following = word
    return False


def _calm_report(text: Text, counted: Mapping[str, float]) -> bool:
    """One short sentence that says what a screen, a device or an order shows, and nothing else."""
    one_sentence = not _SENTENCE_ENDED.search(text.spaced.rstrip(" .?!"))
    return "status" in counted and one_sentence and len(text.words) <= REPORT and not REASONS - CALM & counted.keys()


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
