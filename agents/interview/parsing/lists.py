"""Lists and choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from agents.interview.parsing.evasions import evasion
from agents.interview.parsing.words import clean, fault, fold, readable
from agents.interview.state import Choice, Parsed, ParseFault

MAX_ITEMS = 60
MAX_ITEM_LENGTH = 2_000

_BULLET = re.compile(r"^(?:[-*•·–—▪►]+\s*|\(?\d{1,2}[.)º]\s+|\(?\d{1,2}\)\s*|[a-hA-H]\)\s+)")
_INLINE_NUMBERS = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s+")
_CONJUNCTION = re.compile(r"\s+(?:y|e|and|&)\s+", re.IGNORECASE)
_LEADING_CONJUNCTION = re.compile(r"^(?:y|e|and|&|o|u|or)\s+", re.IGNORECASE)
_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_SENTENCE = re.compile(r"(?<=[a-záéíóúñ)])[.]\s+(?=\S)", re.IGNORECASE)
_ORDINALS = {
    "primero": 1, "primera": 1, "primer": 1, "first": 1, "uno": 1, "one": 1, "segundo": 2, "segunda": 2, "second": 2,
    "dos": 2, "two": 2, "tercero": 3, "tercera": 3, "third": 3, "tres": 3, "three": 3, "cuarto": 4, "cuarta": 4,
    "fourth": 4, "cuatro": 4, "four": 4, "quinto": 5, "quinta": 5, "fifth": 5, "cinco": 5, "five": 5,
}  # fmt: skip
_POSITION = re.compile(
    r"^(?:(?:la|el|the|opcion|option|numero|number|n|no|num)\s+)*(\w+)(?:\s+(?:one|opcion|option))?$"
)
_EVERYTHING = frozenset(
    ("todos", "todas", "todo", "all", "all of them", "both", "ambos", "ambas", "los dos", "las dos")
)


def split_items(text: str) -> list[str]:
    """The items of a list however it was written: lines, bullets, semicolons, commas, "a, b and c"."""
    text = clean(text)
    lines = [line for line in text.split("\n") if line]
    if len(lines) > 1:
        lines = _without_heading(lines)
        parts = lines
    elif len(_INLINE_NUMBERS.findall(text)) > 1:
        parts = _INLINE_NUMBERS.split(text)
    elif ";" in text:
        parts = text.split(";")
    elif " • " in text or " · " in text or " | " in text:
        parts = re.split(r" [•·|] ", text)
    else:
        parts = _split_sentence(text)
    return _distinct(parts)


def _without_heading(lines: list[str]) -> list[str]:
    rest = lines[1:]
    bulleted = all(_BULLET.match(line) for line in rest)
    return rest if bulleted and not _BULLET.match(lines[0]) and lines[0].endswith(":") else lines


def _split_sentence(text: str) -> list[str]:
    pieces = _outside_parentheses(text)
    if len(pieces) > 1:
        *most, last = pieces
        return [*most, *_CONJUNCTION.split(last, maxsplit=1)]
    sentences = _SENTENCE.split(text)
    if len(sentences) > 1:
        return sentences
    if " / " in text:
        return text.split(" / ")
    return _CONJUNCTION.split(text) if len(text.split()) <= 12 else [text]


def _outside_parentheses(text: str) -> list[str]:
    pieces, start, depth = [], 0, 0
    for position, character in enumerate(text):
        depth = max(0, depth + (character == "(") - (character == ")"))
        if character == "," and depth == 0 and _COMMA.match(text, position):
            pieces.append(text[start:position])
            start = position + 1
    return [*pieces, text[start:]]


def _distinct(parts: Sequence[str]) -> list[str]:
    items: dict[str, str] = {}
    for part in parts:
        item = (
            _LEADING_CONJUNCTION.sub("", _BULLET.sub("", part.strip()).strip()).strip(" ,;").removesuffix(".").strip()
        )
        if readable(item) or any(character.isalnum() for character in item):
            items.setdefault(fold(item) or item, item[:MAX_ITEM_LENGTH])
    return list(items.values())


def parse_list(
    text: str, *, choices: tuple[Choice, ...], minimum: int | None, maximum: int | None
) -> Parsed | ParseFault:
    """A list of texts, or of the values of `choices` when there are any."""
    items = [item for item in split_items(text) if not evasion(item, quoting=True)]
    if choices:
        chosen = _choose_all(items, text, choices)
        if isinstance(chosen, ParseFault):
            return chosen
        items = chosen
    return _counted(items, minimum or 1, min(maximum or MAX_ITEMS, MAX_ITEMS))


def _counted(items: list[str], minimum: int, maximum: int) -> Parsed | ParseFault:
    if len(items) < minimum:
        return fault(
            f"Necesito al menos {minimum} y he leído {len(items)}: escribe uno por línea.",
            f"I need at least {minimum} and I read {len(items)}: write one a line.",
            incomplete=bool(items),
        )
    if len(items) > maximum:
        return fault(
            f"Son {len(items)} y caben como mucho {maximum}: quédate con los más importantes.",
            f"That makes {len(items)} and there is room for {maximum} at most: keep the most important.",
        )
    return Parsed(items)


def _choose_all(items: list[str], text: str, choices: tuple[Choice, ...]) -> list[str] | ParseFault:
    if fold(text) in _EVERYTHING:
        return [choice.value for choice in choices]
    chosen: dict[str, None] = {}
    for item in items:
        found = match_choice(item, choices)
        if found is None:
            return unknown_choice(item, choices)
        chosen[found.value] = None
    return list(chosen)


def parse_choice(text: str, *, choices: tuple[Choice, ...]) -> Parsed | ParseFault:
    """The value of one choice: by number, label, synonym or close spelling, in either language."""
    found = match_choice(text, choices)
    return Parsed(found.value) if found else unknown_choice(text, choices)


def match_choice(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice a text means, or None if none or several could be meant."""
    folded = fold(text[:600])
    if not folded:
        return None
    spellings = {spelling: choice for choice in reversed(choices) for spelling in _spellings(choice)}
    if folded in spellings:
        return spellings[folded]
    position = _position(folded)
    if position is not None:
        return choices[position - 1] if 1 <= position <= len(choices) else None
    return _contained(folded, spellings) or _close(folded, spellings) or _overlapping(folded, choices)


def _spellings(choice: Choice) -> set[str]:
    return {fold(text) for text in (choice.value, *choice.label, *choice.synonyms)} - {""}


def _position(folded: str) -> int | None:
    match = _POSITION.match(folded)
    if not match:
        return None
    word = match[1]
    return int(word) if word.isdigit() and len(word) < 4 else _ORDINALS.get(word)


def _contained(folded: str, spellings: dict[str, Choice]) -> Choice | None:
    padded = f" {folded} "
    inside = {choice.value: choice for spelling, choice in spellings.items() if f" {spelling} " in padded}
    if not inside and len(folded) >= 4:
        inside = {choice.value: choice for spelling, choice in spellings.items() if f" {folded} " in f" {spelling} "}
    return next(iter(inside.values())) if len(inside) == 1 else None


def _close(folded: str, spellings: dict[str, Choice]) -> Choice | None:
    near = get_close_matches(folded[:200], list(spellings), n=2, cutoff=0.75)
    if not near or len(folded) < 3:
        return None
    return spellings[near[0]]


def _overlapping(folded: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice that shares most of the text's longer words ("takes months"), if one does more than any other."""
    wanted = _stems(folded)
    if not wanted:
        return None
    shares = sorted(
        (
            (len(wanted & set().union(*map(_stems, _spellings(choice)))), position)
            for position, choice in enumerate(choices)
        ),
        key=lambda share: -share[0],
    )
    best, second = shares[0], shares[1] if len(shares) > 1 else (0, 0)
    return choices[best[1]] if best[0] * 5 >= len(wanted) * 3 and best[0] > second[0] else None


def _stems(folded: str) -> set[str]:
    return {word[:5].rstrip("s") for word in folded.split() if len(word) > 3}


def unknown_choice(text: str, choices: tuple[Choice, ...]) -> ParseFault:
    shown = text[:60].strip()
    es = "; ".join(f"{number}) {choice.label.es}" for number, choice in enumerate(choices[:15], start=1))
    en = "; ".join(f"{number}) {choice.label.en}" for number, choice in enumerate(choices[:15], start=1))
    return fault(
        f"«{shown}» no es una de las opciones. Elige entre: {es}.",
        f"“{shown}” is not one of the options. Choose from: {en}.",
    )
