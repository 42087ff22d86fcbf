"""Finding figures in a sentence: "4.000", "2,500.50", "3k", "unos tres mil", "half a million"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from agents.interview.parsing.words import fold

MAX_DIGITS = 15

_FIGURE = re.compile(
    r"(?P<sign>(?<![\w)])[-−+]\s?)?(?<![\w.,])(?P<digits>\d+(?:(?:[.,'’]|[ \u00a0\u202f](?=\d{3}(?!\d)))\d+)*)"
    r"(?P<scale>\s?[kK](?!\w)|M{1,2}(?!\w)|\s?(?:mil(?:es)?|thousand|millones|mill[oó]n|millions?)(?!\w))?"
)
_SCALES = {"k": 1_000, "m": 1_000_000, "mm": 1_000_000, "mil": 1_000, "miles": 1_000, "thousand": 1_000}
_EXPONENT = re.compile(r"[eE][-+]?\d")
_RANGE = re.compile(r"\d\s*(?:%|€|\$|£|k|mil|eur|usd)?\s*(?:y|and|a|to|hasta|o|or|u|-|–|—)\s*[€$£]?$", re.IGNORECASE)
_AND_A_PART = re.compile(r"\s+(?:y|and|and\s+a)\s+(?P<part>medi[oa]|half|cuarto|quarter)(?!\w)", re.IGNORECASE)
_QUARTERS = re.compile(
    r"(?<!\w)(?:(?:un|a|one)\s+)?(?P<three>tres\s+|three\s+)?(?:cuartos?|quarters?)\s+(?:de|of\s+a|of)\s+"
    r"(?:mill[oó]n|million)(?!\w)",
    re.IGNORECASE,
)
_PARTS = {"medio": Decimal("0.5"), "media": Decimal("0.5"), "half": Decimal("0.5"), "cuarto": Decimal("0.25"),
          "quarter": Decimal("0.25")}  # fmt: skip
_PARENTHESES = re.compile(r"\([^()]*\)")

_UNITS = {
    word: value
    for value, words in {
        0: "cero zero", 1: "un uno una one", 2: "dos two", 3: "tres three", 4: "cuatro four", 5: "cinco five",
        6: "seis six", 7: "siete seven", 8: "ocho eight", 9: "nueve nine", 10: "diez ten", 11: "once eleven",
        12: "doce twelve", 13: "trece thirteen", 14: "catorce fourteen", 15: "quince fifteen",
        16: "dieciseis sixteen", 17: "diecisiete seventeen", 18: "dieciocho eighteen", 19: "diecinueve nineteen",
        20: "veinte twenty", 21: "veintiuno veintiun veintiuna", 22: "veintidos", 23: "veintitres", 24: "veinticuatro",
        25: "veinticinco", 26: "veintiseis", 27: "veintisiete", 28: "veintiocho", 29: "veintinueve",
        30: "treinta thirty", 40: "cuarenta forty", 50: "cincuenta fifty", 60: "sesenta sixty", 70: "setenta seventy",
        80: "ochenta eighty", 90: "noventa ninety", 100: "cien ciento", 200: "doscientos doscientas",
        300: "trescientos trescientas", 400: "cuatrocientos cuatrocientas", 500: "quinientos quinientas",
        600: "seiscientos seiscientas", 700: "setecientos setecientas", 800: "ochocientos ochocientas",
        900: "novecientos novecientas",
    }.items()
    for word in words.split()
}  # fmt: skip
_MULTIPLIERS = {
    "hundred": 100, "docena": 12, "docenas": 12, "dozen": 12, "par": 2, "couple": 2, "mil": 1_000, "thousand": 1_000,
    "millon": 1_000_000, "millones": 1_000_000, "million": 1_000_000, "millions": 1_000_000,
}  # fmt: skip
_NUMBER_WORDS = _UNITS.keys() | _MULTIPLIERS.keys()
_ARTICLES = frozenset(("un", "una", "uno", "one"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and what stands directly before and after it."""

    value: Decimal
    before: str
    after: str

    @property
    def ends_range(self) -> bool:
        """Whether it is the upper end of "3,000 to 4,000": two figures where one is wanted."""
        return bool(_RANGE.search(self.before))


def find_figures(text: str, *, language: str, whole_thousands: bool = False) -> list[Figure]:
    """Every figure in the text; words count only where there are no digits.

    `whole_thousands`: one separator before three digits means thousands in any language, as with money. Figures too
    long to mean anything are left out.
    """
    text = _QUARTERS.sub(lambda part: "750000" if part["three"] else "250000", text)
    outside = _PARENTHESES.sub(" ", text)
    source = outside if any(character.isdigit() for character in outside) else text
    matches = [match for match in _FIGURE.finditer(source) if sum(c.isdigit() for c in match["digits"]) <= MAX_DIGITS]
    figures = [_figure(match, source, language, whole_thousands) for match in matches]
    found = [figure for figure in figures if figure is not None]
    return found if any(character.isdigit() for character in source) else _worded(source)


def _figure(match: re.Match[str], source: str, language: str, whole_thousands: bool) -> Figure | None:
    value = read_decimal(match["digits"], language=language, whole_thousands=whole_thousands)
    if value is None or _EXPONENT.match(source, match.end()):
        return None
    scale = fold(match["scale"] or "")
    unit = _SCALES.get(scale, 1_000_000 if scale.startswith("mill") else 1)
    part = _AND_A_PART.match(source, match.end()) if scale else None
    value = value * unit + (_PARTS[part["part"].casefold()] * unit if part else 0)
    sign = -1 if (match["sign"] or "").strip() in ("-", "−") else 1
    end = part.end() if part else match.end()
    return Figure(sign * value, source[max(0, match.start() - 12) : match.start()], source[end : end + 24])


def read_decimal(digits: str, *, language: str, whole_thousands: bool = False) -> Decimal | None:
    """Digits with separators as a decimal, or None if the groups make no sense ("1.2.3")."""
    plain = re.sub(r"['’ \u00a0\u202f]", "", digits)
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return Decimal(plain)
    mark = plain[last]
    mixed = "." in plain and "," in plain
    if not mixed and (plain.count(mark) > 1 or _means_thousands(plain, mark, language, whole_thousands)):
        head, *groups = plain.split(mark)
        well_formed = 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)
        return Decimal(plain.replace(mark, "")) if well_formed else None
    if plain.count(mark) > 1:
        return None
    whole = plain[:last].replace(".", "").replace(",", "")
    return Decimal(f"{whole}.{plain[last + 1 :]}")


def _means_thousands(plain: str, mark: str, language: str, whole_thousands: bool) -> bool:
    whole, _, rest = plain.partition(mark)
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0"):
        return False
    return whole_thousands or mark == ("." if language == "es" else ",")


def _worded(text: str) -> list[Figure]:
    words = fold(text).split()
    found: list[Figure] = []
    position = 0
    while position < len(words):
        end = _run_end(words, position)
        if end > position:
            value = _worth(words[position:end])
            found.append(
                Figure(value, " ".join(words[max(0, position - 2) : position]), " ".join(words[end : end + 4]))
            )
        position = max(end, position + 1)
    # "un presupuesto de tres mil": the article is no figure where there is a real one.
    real = [figure for figure in found if figure.value != 1]
    return (real or found)[:20]


def _run_end(words: list[str], start: int) -> int:
    position = start
    while position < len(words) and _belongs(words, position, start):
        position += 1
    return position


def _belongs(words: list[str], position: int, start: int) -> bool:
    """Whether a word carries on the number that begins at `start`: "dos", "mil", the "y" of "treinta y cinco"."""
    word = words[position]
    before = words[position - 1] if position > start else ""
    following = words[position + 1] if position + 1 < len(words) else ""
    if word in _UNITS:
        return not (word in _ARTICLES and before in _ARTICLES)
    if word in _MULTIPLIERS or (before and word in ("y", "and", "a", "an") and following in _NUMBER_WORDS | {*_PARTS}):
        return True
    if word in _PARTS and before in ("y", "and", "a"):
        return True
    return word in ("a", "an", "half", "medio") and (following in _MULTIPLIERS or following in ("a", "an"))


def _worth(words: list[str]) -> Decimal:
    if len(words) > 1 and words[0] in _ARTICLES and words[1] in _UNITS:
        words = words[1:]  # "un quince por ciento"
    total, group, unit = Decimal(0), Decimal(0), Decimal(1)
    for place, word in enumerate(words):
        if word in _UNITS:
            group += _UNITS[word]
        elif word in _PARTS and place and words[place - 1] in ("y", "and", "a"):
            total += _PARTS[word] * unit
        elif word in ("half", "medio"):
            group += Decimal("0.5")
        elif word in _MULTIPLIERS:
            group = (group or Decimal(1)) * _MULTIPLIERS[word]
            if _MULTIPLIERS[word] >= 1_000:
                total, group, unit = total + group, Decimal(0), Decimal(_MULTIPLIERS[word])
    return total + group
