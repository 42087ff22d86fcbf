"""Brings a customer's text into the form the rules are written in: lower case, no accents, known spelling."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

from agents.offline.spelling import spelling

# A complaint shows at the beginning or the end of a long text; the bounds keep the time bounded.
HEAD, TAIL = 2500, 1500
_APOSTROPHES = str.maketrans("’‘`´“”«»", "''''\"\"\"\"")
_TOKEN = re.compile(r"[^\W_]+(?:['.,:@$*][^\W_]+)*\*?|[.?!]+|[,;:]+|[^\w\s,;:()\"'\-_]")
_PAUSES = frozenset(",;:–—")
# Combining accents, soft hyphens, zero-width and direction marks, variation selectors, tag characters.
_UNSEEN = re.compile(
    "[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w+")
_HASHTAG_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised text. `spaced` has one space before and after every word; sentence ends are words of their own.
    `pauses` are the places in `spaced` where a comma or the like stood."""

    raw: str
    spaced: str
    pauses: tuple[int, ...] = ()

    @property
    def words(self) -> list[str]:
        return [word for word in self.spaced.split() if word[0].isalnum()]


def fold(text: str) -> str:
    """Lower case without accents or invisible characters."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return _NOT_ASCII.sub(lambda found: _UNSEEN.sub("", found[0]), decomposed).lower()


def excerpt(text: str) -> str:
    """The part of a text that the rules read."""
    return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} {text[-TAIL:]}"


def _plain(text: str) -> str:
    """Without quoted mail, links and @names, the words of #OneHashtag apart."""
    own_words = _ADDRESS.sub(" ", _QUOTED.sub(" ", html.unescape(text)))
    return _HASHTAG_WORD.sub(" ", own_words) if "#" in own_words else own_words


@lru_cache(maxsize=32)
def normalise(text: str) -> Text:
    """The normalised text, abbreviations written out and typing errors corrected."""
    shown, correct = excerpt(text), spelling().words
    tokens = _TOKEN.findall(fold(_plain(shown)))
    # The same word over and over says no more than twice.
    heard = (token for _, run in groupby(tokens) for token in islice(run, 2))
    words: list[str] = []
    pauses: list[int] = []
    length = 0
    for token in heard:
        if token[0] in _PAUSES:
            pauses.append(length)
            continue
        known = correct(token)
        words += known
        length += sum(len(word) + 1 for word in known)
    return Text(raw=shown, spaced="".join(f" {word}" for word in words) + " ", pauses=tuple(pauses))
