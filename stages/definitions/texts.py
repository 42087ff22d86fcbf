"""Comparing and joining what people said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from agents.interview.parsing.words import fold
from agents.interview.state import Bilingual

_SHORT = 3
# Names that stand before small letters ("Instagram without paying").
_NAMES = frozenset(
    "amazon bing excel facebook google instagram meta pinterest reddit shopify telegram twitter whatsapp x".split()
)


def same(one: str, other: str) -> bool:
    """Whether two texts differ in case, accents and punctuation at most."""
    return bool(fold(one)) and fold(one) == fold(other)


def mentions(text: str, phrase: str) -> bool:
    """Whether a text says a phrase: as it is, or three of four of its longer words."""
    said, wanted = fold(text), fold(phrase)
    if not wanted:
        return False
    if f" {wanted} " in f" {said} ":
        return True
    words = [word for word in wanted.split() if len(word) > _SHORT]
    present = set(said.split())
    return len(words) > 1 and sum(word in present for word in words) * 4 >= len(words) * 3


def find(phrase: str, among: Iterable[str]) -> str | None:
    """The text among several that a phrase means: the same, or one that says it or is said by it."""
    candidates = list(among)
    exact = next((text for text in candidates if same(text, phrase)), None)
    return exact or next((text for text in candidates if mentions(text, phrase) or mentions(phrase, text)), None)


def join(items: Sequence[str]) -> str:
    """Several texts as one cell."""
    return "; ".join(item.strip().rstrip(".;") for item in items if item.strip())


def listed(items: Sequence[str], language: str) -> str:
    """Several names in a sentence: "a, b y c", "a, b and c"."""
    *before, last = [item.strip() for item in items if item.strip()] or [""]
    if not before:
        return last
    sounds_as_y = re.match(r"h?i(?!e)", fold(last)) is not None
    together = Bilingual("e" if sounds_as_y else "y", "and").of(language)
    return f"{', '.join(before)} {together} {last}"


def flowing(items: Sequence[str], language: str) -> str:
    """Several phrases in the middle of a sentence; semicolons part them if they have commas of their own."""
    phrases = [item.strip().rstrip(".;") for item in items if item.strip()]
    meant = any(phrase[:1].islower() for phrase in phrases)  # who writes some small means the capitals of the others
    phrases = [phrase if meant and position else lowered(phrase) for position, phrase in enumerate(phrases)]
    return "; ".join(phrases) if any("," in phrase for phrase in phrases) else listed(phrases, language)


def lowered(phrase: str) -> str:
    """A phrase with a small first letter, unless its first word seems to be a name."""
    first, _, rest = phrase.partition(" ")
    is_name = not rest or rest[0].isupper() or any(letter.isupper() for letter in first[1:])
    return phrase if is_name or first == "I" or fold(first) in _NAMES else phrase[0].lower() + phrase[1:]


def split_cell(cell: str) -> list[str]:
    """The texts of a cell that `join` made."""
    return [item.strip() for item in cell.split(";") if item.strip()]


def capital(text: str) -> str:
    """The first letter large, but for names that are written otherwise ("eBay")."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…:" else f"{text}."


def is_thin(text: str, words: int = 3) -> bool:
    """Whether a text is too short to say anything specific."""
    return 0 < len(text.split()) < words
