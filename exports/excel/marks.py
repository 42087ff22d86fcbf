"""Conditional colours: grades, states, scores and sums that are off."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

# Fill and ink, from best to worst; each ink can be read on its fill (over 7 to 1).
SUPER_GREEN, GREEN, YELLOW, RED, GREY = (
    ("A9D8B0", "0B3D16"),
    ("DDF2DC", "14461C"),
    ("FFF1B8", "4D3B00"),
    ("F9D0CC", "6B120B"),
    ("DEDEDE", "333333"),
)
BLUE = ("D6E6F7", "0B3260")
GRADES = (SUPER_GREEN, GREEN, YELLOW, RED, GREY)


def by_word(sheet: Worksheet, cells: str, looks: Mapping[str, tuple[str, str]]) -> None:
    """Cells that hold one of our own words take its colours."""
    for word, look in looks.items():
        quoted = word.replace('"', '""')
        sheet.conditional_formatting.add(cells, CellIsRule("equal", [f'"{quoted}"'], **_look(look)))


def filled(sheet: Worksheet, cells: str, look: tuple[str, str]) -> None:
    """Cells with anything in them take a look."""
    first = cells.split(":")[0]
    sheet.conditional_formatting.add(cells, FormulaRule([f"LEN({first})>0"], **_look(look)))


def when(sheet: Worksheet, cells: str, formula: str, look: tuple[str, str]) -> None:
    """Cells take a look where a formula, written for the first of them, is true."""
    sheet.conditional_formatting.add(cells, FormulaRule([formula], **_look(look)))


def bar(sheet: Worksheet, cells: str, colour: str, *, most: float | None = None) -> None:
    """A bar in the cell, from nought to `most` or to the largest."""
    end_type, end_value = ("max", None) if most is None else ("num", most)
    sheet.conditional_formatting.add(
        cells, DataBarRule(start_type="num", start_value=0, end_type=end_type, end_value=end_value, color=colour)
    )


def _look(look: tuple[str, str]) -> dict[str, object]:
    fill, ink = look
    return {"fill": PatternFill("solid", start_color=fill, end_color=fill, bgColor=fill), "font": Font(color=ink)}
