"""Brings a customer's text into the form the rules are written in: lower case, no accents, whole words, known spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from agents.offline.rulebook import load

# A complaint shows at the beginning or the end of a long text; the bounds keep the time bounded.
HEAD, TAIL = 3500, 2000
_APOSTROPHES = str.maketrans("’‘`´“”«»", "''''\"\"\"\"")
_LEET = str.maketrans("013457@$", "oieastas")
_TOKEN = re.compile(r"[^\W_]+(?:['.,:@$*][^\W_]+)*\*?|[.?!]+|[^\w\s,;:()\"'\-_]")
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised text. `spaced` has one space before and after every word; sentence ends are words of their own."""

    raw: str
    spaced: str

    @property
    def words(self) -> list[str]:
        return [word for word in self.spaced.split() if word[0].isalnum()]


def fold(text: str) -> str:
    """Lower case without accents or invisible characters."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf")).lower()


def excerpt(text: str) -> str:
    """The part of a text that the rules read."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def normalise(text: str, vocabulary: Spelling) -> Text:
    """The normalised text, its typing errors corrected towards `vocabulary`."""
    shown = excerpt(text)
    tokens = _TOKEN.findall(_QUOTED.sub(" ", fold(shown)))
    return Text(raw=shown, spaced="".join(f" {word}" for token in tokens for word in vocabulary.words(token)) + " ")


class Spelling:
    """Knows the words of the rules and finds the one a misspelt word was meant to be."""

    def __init__(self, known: Iterable[str]) -> None:
        spelling = load("spelling")
        self._written_out: dict[str, str] = spelling["written_out"]
        self._known = {*known, *spelling["known"]}
        self._keys = _deletions({word for word in spelling["key_words"]})
        self.words = cache(self._words)

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
        """The key word at one deletion, insertion, change or swap from this one."""
        if not 5 <= len(word) <= 20 or not word.isalpha():
            return None
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
