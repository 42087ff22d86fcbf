"""Which language to answer in: Spanish, English, or another one the product has no fixed sentences for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from agents.customer_message.state import Language
from agents.offline.rulebook import load
from agents.offline.text import excerpt, fold

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
UNSURE = 0.2
FIRM_EVIDENCE = 3.0


def detect(text: str) -> tuple[Language, float]:
    """The language of the text's grammar and the confidence, from 0 to 1; near 0 where there are no words."""
    shown = _URL.sub(" ", excerpt(text)).lower()
    words = _WORD.findall(fold(shown))
    if not words:
        return Language.OTHER, UNSURE / 2
    if (foreign := _foreign_script(shown)) > 0.5:
        return Language.OTHER, foreign
    scores = _scores(words, shown)
    first, second = scores.most_common(2)
    if first[1] <= 0:
        return Language.OTHER, UNSURE
    return _as_language(first[0]), _confidence(first[1], second[1], len(words))


def _scores(words: Iterable[str], shown: str) -> Counter[str]:
    rules = load("language")
    scores = Counter(dict.fromkeys(rules["words"], 0.0))
    for word in words:
        for language, worth in _evidence(word):
            scores[language] += worth
    for language, marks in rules["marks"].items():
        scores[language] += rules["mark_worth"] * min(3, sum(shown.count(mark) for mark in marks))
    return scores


def _evidence(word: str) -> list[tuple[str, float]]:
    """What one word says: a small word of several languages is divided among them."""
    rules = load("language")
    if speakers := _speakers().get(word):
        return [(language, rules["word_worth"] / len(speakers) ** 0.5) for language in speakers]
    found = [language for language, endings in rules["endings"].items() if word.endswith(tuple(endings))]
    return [(language, rules["ending_worth"] / len(found)) for language in found] if len(word) > 4 else []


@cache
def _speakers() -> dict[str, list[str]]:
    speakers: dict[str, list[str]] = {}
    for language, words in load("language")["words"].items():
        for word in set(words.split()):
            speakers.setdefault(word, []).append(language)
    return speakers


def _as_language(name: str) -> Language:
    return Language(name) if name in (Language.SPANISH, Language.ENGLISH) else Language.OTHER


def _confidence(first: float, second: float, words: int) -> float:
    """Grows with the lead over the next language and with the evidence; one word alone is never certain."""
    lead = first / (first + second)
    evidence = min(1.0, first / min(FIRM_EVIDENCE, max(1.0, words * 0.6)))
    return round(min(0.99, UNSURE + (lead - UNSURE) * evidence), 3)


def _foreign_script(shown: str) -> float:
    """The share of letters that are not Latin."""
    letters = sum(map(str.isalpha, shown))
    return len(_FOREIGN.findall(shown)) / letters if letters else 0.0
