"""Rows of named columns, written with | or ; or tabs, as "name: value" pairs, or as "LinkedIn 40 %, Google 60 %"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from agents.interview.parsing.words import clean_rows, fault, fold
from agents.interview.state import Column, Parsed, ParseFault, QuestionKind

MAX_ROWS = 200

_RULE = re.compile(r"^[\s|:+=-]+$")
_BULLET = re.compile(r"^(?:[-*•]\s*|\d{1,3}[.)]\s+)")
_EMPTY = frozenset(("", "-", "–", "—", "?", "n/a", "na", "ninguno", "ninguna", "none", "vacio", "vacío", "empty", "no"))
_FIGURED = frozenset((QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.PERCENT))
_NAME_THEN_FIGURE = re.compile(
    r"^(?P<name>.*?[^\W\d_].*?)\s*(?:[:=(]|\s[-–—]|\s)\s*(?P<value>[€$£]?\s?[-−]?\d[^:]*?)\)?$"
)
_FIGURE_THEN_NAME = re.compile(
    r"^(?P<value>[€$£]?\s?\d[\d.,]*\s?(?:%|€|\$|£|eur|usd)?)\s*(?:[:x×]|\s[-–—]|\s(?:de|of|en|on|in|para|"
    r"for)\b)?\s*(?P<name>[^\W\d].*)$",
    re.IGNORECASE,
)

_PACE = re.compile(r"\s+(?:a|per|each|por|cada|a la|al)\s+(?:week|semana|month|mes|day|d[ií]a)s?\s*$", re.IGNORECASE)
_SMALL = {
    "un": 1, "una": 1, "uno": 1, "one": 1, "dos": 2, "two": 2, "tres": 3, "three": 3, "cuatro": 4, "four": 4,
    "cinco": 5, "five": 5, "seis": 6, "six": 6, "siete": 7, "seven": 7, "ocho": 8, "eight": 8, "nueve": 9, "nine": 9,
    "diez": 10, "ten": 10,
}  # fmt: skip
_ROW_BREAK = re.compile(rf";|,\s+|,(?!\d)|\s+(?:y|and)\s+(?=\d|(?:{'|'.join(_SMALL)})\s|\S+[^,;]*\d)", re.IGNORECASE)
_SMALL_NUMBER = re.compile(rf"^({'|'.join(_SMALL)})\s+", re.IGNORECASE)

CellReader: TypeAlias = Callable[[Column, str], Parsed | ParseFault]


def parse_table(
    text: str, *, columns: tuple[Column, ...], minimum: int | None, maximum: int | None, read: CellReader
) -> Parsed | ParseFault:
    """Rows as mappings from column key to value; an optional cell left empty is None."""
    written = _rows(clean_rows(text), columns)
    if not written:
        return shape(columns)
    if len(written) > min(maximum or MAX_ROWS, MAX_ROWS):
        most = min(maximum or MAX_ROWS, MAX_ROWS)
        return fault(
            f"Son {len(written)} filas y caben como mucho {most}.",
            f"That makes {len(written)} rows and there is room for {most} at most.",
        )
    rows: list[dict[str, Any]] = []
    for number, cells in enumerate(written, start=1):
        row = _read_row(number, cells, columns, read)
        if isinstance(row, ParseFault):
            return row
        rows.append(row)
    if len(rows) < (minimum or 1):
        return fault(
            f"Necesito al menos {minimum} filas y he leído {len(rows)}: una por línea.",
            f"I need at least {minimum} rows and I read {len(rows)}: one a line.",
            incomplete=True,
        )
    return _whole(rows, columns)


def shape(columns: tuple[Column, ...]) -> ParseFault:
    """What a table should look like."""
    return fault(
        "Necesito una fila por línea con estas columnas separadas por «|»: "
        + " | ".join(column.label.es for column in columns)
        + ".",
        "I need one row a line with these columns separated by “|”: "
        + " | ".join(column.label.en for column in columns)
        + ".",
    )


def _rows(text: str, columns: tuple[Column, ...]) -> list[dict[str, str]]:
    lines = [line for line in text.split("\n") if line.strip() and not _RULE.match(line)]
    if len(lines) == 1 and "|" not in text and _is_name_and_figure(columns):
        lines = [part for part in _ROW_BREAK.split(text) if part.strip()]
    rows = [_cells(line, columns, text) for line in lines]
    return [row for row in rows if row and not _is_heading(row, columns)]


def _cells(line: str, columns: tuple[Column, ...], text: str) -> dict[str, str]:
    mark = next((mark for mark in ("|", "\t", ";") if mark in text), "")
    line = _BULLET.sub("", line.strip(" "))
    if mark and mark in line:
        return _by_position(line.strip(mark + " " if mark == "|" else " ").split(mark), columns)
    pairs = _by_name(re.split(r",\s+|\s-\s", line), columns)
    if len(pairs) >= min(2, len(columns)):
        return pairs
    if len(columns) == 1:
        return {columns[0].key: line}
    if len(columns) == 2 or _is_name_and_figure(columns):
        return _pair(line, columns)
    figured = _name_and_figures(line, columns)
    if figured:
        return figured
    parts = re.split(r",\s+|\s[-–—]\s", line)
    return _by_position(parts if len(parts) > 1 else line.split(","), columns)


def _by_position(cells: list[str], columns: tuple[Column, ...]) -> dict[str, str]:
    named = _by_name(cells, columns)
    if len(named) == len([cell for cell in cells if cell.strip()]) and len(named) >= 2:
        return named
    return {column.key: cell.strip() for column, cell in zip(columns, cells, strict=False)}


def _by_name(parts: list[str], columns: tuple[Column, ...]) -> dict[str, str]:
    labels = {fold(text): column.key for column in columns for text in (column.key, *column.label)}
    found: dict[str, str] = {}
    for part in parts:
        name, colon, value = part.partition(":")
        key = labels.get(fold(name)) if colon else None
        if key:
            found[key] = value.strip()
    return found


def _is_name_and_figure(columns: tuple[Column, ...]) -> bool:
    """Whether a row needs no more than a name and a figure: "LinkedIn 40 %", "2 articles a week"."""
    required = tuple(column for column in columns if column.required)
    return len(required) == 2 and required == columns[:2] and required[1].kind in _FIGURED


def _name_and_figures(line: str, columns: tuple[Column, ...]) -> dict[str, str]:
    """ "LinkedIn 9 6 5 45 because…": a name, as many figures as the columns after it want, and the rest."""
    count = next((n for n, column in enumerate(columns[1:]) if column.kind not in _FIGURED), len(columns) - 1)
    words = line[:600].split()
    start = next((position for position, word in enumerate(words) if position and word[:1].isdigit()), 0)
    figures = [word.strip(",;/") for word in words[start : start + count]]
    if count < 2 or not start or len(figures) < count or not all(any(map(str.isdigit, word)) for word in figures):
        return {}
    rest = " ".join(words[start + count :]).lstrip(" ,;:–-")
    cells = [" ".join(words[:start]).rstrip(" ,;:–-"), *figures, *([rest] if rest else [])]
    return {column.key: cell for column, cell in zip(columns, cells, strict=False)}


def _pair(line: str, columns: tuple[Column, ...]) -> dict[str, str]:
    first, second, *_ = columns
    line = _PACE.sub("", _SMALL_NUMBER.sub(lambda match: f"{_SMALL[match[1].casefold()]} ", line))
    for pattern in (_NAME_THEN_FIGURE, _FIGURE_THEN_NAME) if second.kind in _FIGURED else ():
        match = pattern.match(line[:600])
        if match:
            return {first.key: match["name"].strip(" :=-–—("), second.key: match["value"].strip()}
    for mark in (":", " - ", " – ", " — ", "=", "->", ","):
        name, found, value = line.partition(mark)
        if found:
            return {first.key: name.strip(), second.key: value.strip()}
    return {first.key: line}


def _is_heading(cells: Mapping[str, str], columns: tuple[Column, ...]) -> bool:
    known = {column.key: {fold(text) for text in (column.key, *column.label)} for column in columns}
    hits = sum(fold(cell) in known[key] for key, cell in cells.items())
    return hits >= max(2, len(cells) // 2)


def _read_row(
    number: int, cells: Mapping[str, str], columns: tuple[Column, ...], read: CellReader
) -> dict[str, Any] | ParseFault:
    row: dict[str, Any] = {}
    for column in columns:
        text = cells.get(column.key, "").strip()
        if text.casefold() in _EMPTY:
            if column.required:
                return fault(
                    f"En la fila {number} falta «{column.label.es}». El orden es: {_order(columns, 'es')}.",
                    f"Row {number} lacks “{column.label.en}”. The order is: {_order(columns, 'en')}.",
                )
            row[column.key] = None
            continue
        value = read(column, text)
        if isinstance(value, ParseFault):
            return fault(
                f"Fila {number}, columna «{column.label.es}»: {value.needs.es}",
                f"Row {number}, column “{column.label.en}”: {value.needs.en}",
            )
        row[column.key] = value.value
    return row


def _order(columns: tuple[Column, ...], language: str) -> str:
    return " | ".join(column.label.of(language) for column in columns)


def _whole(rows: list[dict[str, Any]], columns: tuple[Column, ...]) -> Parsed | ParseFault:
    for column in columns:
        values = [fold(str(row[column.key])) for row in rows]
        repeated = next((row[column.key] for row in rows if values.count(fold(str(row[column.key]))) > 1), None)
        if column.unique and repeated is not None:
            return fault(
                f"«{repeated}» está repetido: va en una sola fila.",
                f"“{repeated}” is repeated: it goes on one row only.",
            )
        missing = [choice for choice in column.choices if fold(choice.value) not in values]
        if column.covers and missing:
            return fault(
                "Falta una fila para: " + ", ".join(choice.label.es for choice in missing[:8]) + ".",
                "A row is missing for: " + ", ".join(choice.label.en for choice in missing[:8]) + ".",
                incomplete=True,
            )
    return Parsed(rows)
