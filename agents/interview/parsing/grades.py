"""Criteria and their five levels: "Size: over 200 | 100–200 | 50–100 | 20–50 | under 20"."""

from __future__ import annotations

import re

from agents.interview.parsing.words import clean_rows, fault, fold
from agents.interview.state import Bilingual, Parsed, ParseFault

LEVELS = {
    "super_green": Bilingual("Súper verde", "Super green"),
    "green": Bilingual("Verde", "Green"),
    "yellow": Bilingual("Amarillo", "Yellow"),
    "red": Bilingual("Rojo", "Red"),
    "not_eligible": Bilingual("No elegible", "Not eligible"),
}
MAX_LEVEL_LENGTH = 1_000

_LABEL = re.compile(
    r"(?:^|(?<=[\s|;,.(]))(?:[-*•]\s*)?(?P<label>s[uú]per[ -]?(?:verde|green)|verde|green|amarillo|yellow|rojo|red|"
    r"no[ -](?:elegible|apto|venta)|not[ -]eligible|no sale)\s*[:=]\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[-*•]\s*|\d{1,2}[.)]\s+)")
_RULE = re.compile(r"^[\s|:+-]+$")
_SHAPE = fault(
    "Necesito el criterio y sus cinco niveles en una línea, de mejor a peor: criterio: súper verde | verde | amarillo "
    "| rojo | no elegible.",
    "I need the criterion and its five levels on one line, best to worst: criterion: super green | green | yellow | "
    "red | not eligible.",
)


def parse_grades(text: str, *, minimum: int | None, maximum: int | None) -> Parsed | ParseFault:
    """Rows of a criterion and five different levels; more rows than `maximum` are the caller's to place."""
    text = clean_rows(text)
    rows = _labelled(text) or _delimited(text)
    if not rows:
        return _SHAPE
    for row in rows:
        wrong = _row_fault(row)
        if wrong:
            return wrong
    names = [fold(row[0]) for row in rows]
    if len(set(names)) < len(names):
        return fault(
            "Hay un criterio repetido: cada criterio va una sola vez.", "A criterion is repeated: write each one once."
        )
    if len(rows) < (minimum or 1):
        return fault(
            f"Necesito al menos {minimum} criterios y he leído {len(rows)}.",
            f"I need at least {minimum} criteria and I read {len(rows)}.",
        )
    if maximum is not None and len(rows) > maximum:
        return fault(
            f"Caben {maximum} criterios y he leído {len(rows)}.",
            f"There is room for {maximum} criteria and I read {len(rows)}.",
        )
    return Parsed(
        [dict(zip(("criterion", *LEVELS), (cell[:MAX_LEVEL_LENGTH] for cell in row), strict=True)) for row in rows]
    )


def _row_fault(row: list[str]) -> ParseFault | None:
    name, *levels = row
    if len(levels) != len(LEVELS) or not all(levels):
        filled = sum(bool(level) for level in levels)
        return fault(
            f"En «{name[:60]}» leo {filled} niveles y hacen falta cinco, separados por «|»: súper verde | verde | "
            f"amarillo | rojo | no elegible.",
            f"In “{name[:60]}” I read {filled} levels and five are needed, separated by “|”: super green | green | "
            f"yellow | red | not eligible.",
        )
    if not name:
        return _SHAPE
    if len({level.casefold() for level in levels}) < len(levels):
        return fault(
            f"En «{name[:60]}» hay dos niveles iguales: los cinco tienen que ser distintos.",
            f"In “{name[:60]}” two levels are the same: all five must differ.",
        )
    return None


def _labelled(text: str) -> list[list[str]]:
    """Levels named one by one, on lines of their own or in a row."""
    matches = list(_LABEL.finditer(text))
    if len(matches) < len(LEVELS):
        return []
    rows, name = [], text[: matches[0].start()]
    for first in range(0, len(matches), len(LEVELS)):
        group = matches[first : first + len(LEVELS)]
        following = matches[first + len(LEVELS)].start() if first + len(LEVELS) < len(matches) else len(text)
        ends = [*(match.start() for match in group[1:]), following]
        levels = [text[match.end() : end] for match, end in zip(group, ends, strict=True)]
        rest = ""
        if following < len(text):  # the next criterion's name stands on the lines after the last level
            levels[-1], _, rest = levels[-1].partition("\n")
        rows.append([_criterion_name(_trim(name)), *map(_trim, levels)])
        name = rest
    return rows


def _delimited(text: str) -> list[list[str]]:
    lines = [line for line in text.split("\n") if line and not _RULE.match(line)]
    rows = [cells for line in lines if (cells := _cells(line)) and not _is_heading(cells)]
    if rows:
        return rows
    if len(lines) == len(LEVELS) + 1:  # a name, then one level a line
        return [[_trim(line).rstrip(":") for line in lines]]
    return []


def _cells(line: str) -> list[str]:
    line = _BULLET.sub("", line)
    for mark in ("|", "\t", ";", " / ", ","):
        if line.count(mark) >= 3:
            cells = [cell.strip() for cell in line.strip("|").split(mark)]
            name, colon, level = cells[0].partition(":")
            if colon and level.strip():
                return [_criterion_name(name), level.strip(), *cells[1:]]
            return [_criterion_name(cells[0].rstrip(":")), *cells[1:]]
    return []


def _is_heading(cells: list[str]) -> bool:
    known = {fold(text) for label in LEVELS.values() for text in label}
    return sum(fold(cell) in known for cell in cells) >= 3


def _criterion_name(text: str) -> str:
    return re.sub(r"^(?:criterio|criterion)\s*\d*\s*[:.]\s*", "", text.strip(), flags=re.IGNORECASE).strip(" :.-")


def _trim(text: str) -> str:
    return _BULLET.sub("", text.strip().strip("|;,(").strip()).strip()
