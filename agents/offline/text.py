"""Brings a customer's text into the form the rules are written in: lower case, no accents, whole words, known spelling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from agents.offline.spelling import Spelling

# A complaint shows at the beginning or the end of a long text; the bounds keep the time bounded.
HEAD, TAIL = 3500, 2000
_APOSTROPHES = str.maketrans("’‘`´“”«»", "''''\"\"\"\"")
_TOKEN = re.compile(r"[^\W_]+(?:['.,:@$*][^\W_]+)*\*?|[.?!]+|[^\w\s,;:()\"'\-_]")
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
