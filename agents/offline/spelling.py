"""Knows the words of the rules, writes abbreviations out and finds the word that a misspelt one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from agents.offline.rulebook import RULES, load

_LEET = str.maketrans("013457@$", "oieastas")
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d])\1")


_RULE_FILES = ("sentiment_en", "sentiment_es", "intent", "safety", "topics", "classes", "language")
_RULE_WORD = re.compile(r"(?<![\w*])[a-z]{2,}(?![\w*])")


@cache
def spelling() -> Spelling:
    """The spelling of the rules' own words; what ends in `*` in a pattern is the beginning of a word, not one."""
    return Spelling(word for name in _RULE_FILES for word in _RULE_WORD.findall((RULES / f"{name}.json").read_text()))


class Spelling:
    """Knows the words of the rules and finds the one a misspelt word was meant to be."""

    def __init__(self, known: Iterable[str]) -> None:
        rules = load("spelling")
        self._written_out: dict[str, str] = rules["written_out"]
        self._known = {*known, *rules["known"], *rules["key_words"]}
        self._keys = _deletions(set(rules["key_words"]))
        self._without_doubles = {_DOUBLED.sub(r"\1", key): key for key in rules["key_words"]}
        self.words = lru_cache(maxsize=4096)(self._words)

    def _words(self, token: str) -> tuple[str, ...]:
        if not token[0].isalnum():
            return (token[0],) if token[0] in ".?!" else (token,)
        if token in self._written_out:
            return tuple(self._written_out[token].split())
        if token in self._known or token.isdigit():
            return (token,)
        if "'" in token:
            return tuple(part for half in self._contraction(token) for part in self.words(half))
        return self._corrected(token)

    def _contraction(self, token: str) -> list[str]:
        stem, _, ending = token.rpartition("'")
        if ending == "t" and stem.endswith("n"):
            return [stem[:-1] or "n", "not"]
        full = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": ""}.get(ending, ending)
        return [part for part in (stem.replace("'", ""), full) if part]

    def _corrected(self, token: str) -> tuple[str, ...]:
        for candidate in self._respelt(token):
            if candidate in self._known:
                return (candidate,)
        plain = _REPEATED.sub(r"\1", token)
        return (self._near(plain) or plain,)

    def _respelt(self, token: str) -> list[str]:
        leet = token.translate(_LEET) if not token.isalpha() else token
        once, twice = _REPEATED.sub(r"\1", leet), _REPEATED.sub(r"\1\1", leet)
        written = twice if twice in self._written_out else once
        spanish = re.sub(r"k(?=[ei])", "qu", once).replace("k", "c")
        return [leet, twice, once, self._written_out.get(written, once), spanish]

    def _near(self, word: str) -> str | None:
        """The key word that differs in doubled letters only, or at one deletion, insertion, change or swap."""
        if not 5 <= len(word) <= 20 or not word.isalpha():
            return None
        if (plain := _DOUBLED.sub(r"\1", word)) in self._without_doubles:
            return self._without_doubles[plain]
        candidates = {key for form in _forms(word) for key in self._keys.get(form, ())}
        return min((key for key in candidates if _one_edit_apart(word, key)), default=None)


def _forms(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _deletions(words: Iterable[str]) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for word in words:
        for form in _forms(word):
            forms.setdefault(form, []).append(word)
    return forms


def _one_edit_apart(word: str, key: str) -> bool:
    if word[0] != key[0] or abs(len(word) - len(key)) > 1:
        return False
    place = next((n for n, (a, b) in enumerate(zip(word, key, strict=False)) if a != b), min(len(word), len(key)))
    rest, other = word[place:], key[place:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
