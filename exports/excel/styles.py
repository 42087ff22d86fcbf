"""What the cells of a workbook look like, by what they are."""

from __future__ import annotations

from copy import copy
from enum import StrEnum

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

from exports.excel.figures import GENERAL
from exports.excel.palette import BLACK, Palette

FACE = "Calibri"
GREY, RULE, PAPER = "595959", "D9D9D9", "FFFFFF"
# What may be changed is blue on yellow, as in any financial model.
INPUT_INK, INPUT_FILL = "0000C0", "FFF9DB"


class Kind(StrEnum):
    """What a cell is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    STRIP = "strip"
    HEADING = "heading"
    HEAD = "head"
    LABEL = "label"
    BODY = "body"
    INPUT = "input"
    TOTAL = "total"
    NOTE = "note"
    CARD = "card"
    KEY_FIGURE = "key_figure"


class Styles:
    """The looks of one workbook; each is made once and copied, for there are thousands of cells."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._made: dict[tuple[Kind, str, bool, bool], StyleArray] = {}

    def apply(
        self, cell: Cell, kind: Kind, number_format: str = GENERAL, *, right: bool = False, quoted: bool = False
    ) -> None:
        """Figures stand `right`; `quoted` is for a text that would be a formula if it were typed."""
        key = (kind, number_format, right, quoted)
        if key not in self._made:
            self._dress(cell, kind, right)
            cell.number_format = number_format
            cell.quotePrefix = quoted
            self._made[key] = copy(cell._style)
        cell._style = copy(self._made[key])

    def _dress(self, cell: Cell, kind: Kind, right: bool) -> None:
        cell.font = self._font(kind)
        cell.alignment = _alignment(kind, right)
        fill = self._fill(kind)
        if fill:
            cell.fill = PatternFill("solid", start_color=fill)
        if kind in (Kind.BODY, Kind.INPUT, Kind.LABEL):
            cell.border = Border(bottom=Side("thin", color=RULE))
        elif kind is Kind.TOTAL:
            cell.border = Border(top=Side("medium", color=self._palette.line), bottom=Side("thin", color=RULE))

    def _font(self, kind: Kind) -> Font:
        ink = self._palette.ink
        match kind:
            case Kind.TITLE:
                return Font(FACE, 18, bold=True, color=ink)
            case Kind.SUBTITLE:
                return Font(FACE, 10, color=ink)
            case Kind.HEADING:
                return Font(FACE, 13, bold=True, color=BLACK)
            case Kind.HEAD:
                return Font(FACE, 10, bold=True, color=ink)
            case Kind.LABEL | Kind.TOTAL:
                return Font(FACE, 10, bold=True, color=BLACK)
            case Kind.INPUT:
                return Font(FACE, 10, color=INPUT_INK)
            case Kind.NOTE:
                return Font(FACE, 9, italic=True, color=GREY)
            case Kind.CARD:
                return Font(FACE, 9, color=GREY)
            case Kind.KEY_FIGURE:
                return Font(FACE, 13, bold=True, color=BLACK)
            case _:
                return Font(FACE, 10, color=BLACK)

    def _fill(self, kind: Kind) -> str:
        match kind:
            case Kind.TITLE | Kind.SUBTITLE | Kind.HEAD:
                return self._palette.primary
            case Kind.STRIP:
                return self._palette.line
            case Kind.LABEL | Kind.TOTAL | Kind.CARD | Kind.KEY_FIGURE:
                return self._palette.tint
            case Kind.INPUT:
                return INPUT_FILL
            case _:
                return ""


def _alignment(kind: Kind, right: bool) -> Alignment:
    match kind:
        case Kind.TITLE | Kind.SUBTITLE | Kind.HEADING | Kind.NOTE:
            return Alignment(horizontal="left", vertical="center")
        case Kind.HEAD:
            # The button of the filter stands at the right.
            return Alignment(
                horizontal="right" if right else "left", vertical="center", wrap_text=True, indent=2 if right else 1
            )
        case Kind.CARD | Kind.KEY_FIGURE:
            return Alignment(horizontal="left", vertical="center", indent=1, shrink_to_fit=True)
        case _:
            return Alignment(horizontal="right" if right else "left", vertical="top", indent=1, wrap_text=not right)
