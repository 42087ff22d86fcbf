"""Workbooks calculated by another's engine: what a spreadsheet would show, without a spreadsheet program."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path

import numpy
from openpyxl import load_workbook

SHOWN_TO = 0.005


def calculated(content: bytes, folder: Path) -> dict[tuple[str, str], object]:
    """The values of all formulas by sheet and coordinate, none of them read from the file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        path = folder / "book.xlsx"
        path.write_bytes(content)
        solution = formulas.ExcelModel().loads(str(path)).finish(circular=False).calculate()
    cells = formula_cells(content)
    return {
        (sheet, coordinate): _plain(solution[f"'[book.xlsx]{sheet.upper()}'!{coordinate}"].value[0, 0])
        for sheet, coordinate in cells
    }


def formula_cells(content: bytes) -> dict[tuple[str, str], str]:
    """Every formula by sheet and coordinate."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in load_workbook(BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def stored(content: bytes) -> dict[tuple[str, str], object]:
    """What the file says that its formulas come to."""
    book = load_workbook(BytesIO(content), data_only=True)
    return {key: _plain(book[key[0]][key[1]].value) for key in formula_cells(content)}


def changed(content: bytes, sheet: str, **cells: object) -> bytes:
    """The workbook as one who types into its cells leaves it."""
    book = load_workbook(BytesIO(content))
    for coordinate, value in cells.items():
        book[sheet][coordinate] = value
    to = BytesIO()
    book.save(to)
    return to.getvalue()


def unlike(one: dict, other: dict) -> dict:
    """Where two calculations differ by half a cent or more, or at all if they are no numbers."""
    return {key: (value, other[key]) for key, value in one.items() if not _same(value, other[key])}


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < max(SHOWN_TO, abs(one) * 1e-12)
    return one == other


def _plain(value: object) -> object:
    if value is None or value is numpy.nan or str(value) == "empty":
        return ""
    if hasattr(value, "toordinal"):
        return float(value.toordinal() - 693594)
    return float(value) if isinstance(value, (int, float, numpy.number)) else str(value)
