"""One sheet, filled from top to bottom: a title band, then headings, fields, tables and notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.chart._chart import ChartBase
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from agents.interview.state import Bilingual
from exports.excel import wording
from exports.excel.figures import GENERAL, Formula, Value
from exports.excel.styles import Kind
from exports.excel.text import cell_text, line

if TYPE_CHECKING:
    from exports.excel.book import Book

FIRST_ROW = 5
A4, ROW_POINTS = 9, 15
_RISKY = tuple("=+-@\t\n'")
_FOOTER_NAME = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table. `choices` are offered in its cells, `is_input` says that they are meant to be changed."""

    title: str
    width: float = 18
    number_format: str = GENERAL
    choices: tuple[str, ...] = ()
    is_input: bool = False
    is_figure: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Where a table came to stand. `head` is the row of its headings, columns are counted from nought."""

    sheet: Worksheet
    head: int
    rows: int
    columns: int

    @property
    def first(self) -> int:
        return self.head + 1

    @property
    def last(self) -> int:
        return self.head + self.rows

    def cells(self, column: int) -> str:
        """The cells of a column on its own sheet: `C6:C9`."""
        letter = get_column_letter(column + 1)
        return f"{letter}{self.first}:{letter}{self.last}"

    def range(self, column: int) -> str:
        """The same from anywhere: `'Media plan'!$C$6:$C$9`."""
        letter = get_column_letter(column + 1)
        return f"{quote_sheetname(self.sheet.title)}!${letter}${self.first}:${letter}${self.last}"

    def cell(self, column: int, position: int) -> str:
        """A cell of the row at `position` from anywhere, staying the same when rows are sorted."""
        return f"{quote_sheetname(self.sheet.title)}!${get_column_letter(column + 1)}${self.first + position}"


class Page:
    """A sheet under way; `row` is the next that is free."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet
        self.row = FIRST_ROW
        self._frozen = False
        self._band()
        self._print_setup()

    def widths(self, *widths: float) -> None:
        """Columns at least this wide, in characters."""
        for position, width in enumerate(widths, 1):
            dimension = self.sheet.column_dimensions[get_column_letter(position)]
            dimension.width = max(width, dimension.width if dimension.customWidth else 0)
            for row, kind in ((1, Kind.TITLE), (2, Kind.SUBTITLE), (3, Kind.STRIP)):
                self.book.styles.apply(self.sheet.cell(row, position), kind, GENERAL)

    def put(
        self, column: int, value: Value, kind: Kind = Kind.BODY, number_format: str = GENERAL, *, row: int | None = None
    ) -> str:
        """Write a value, columns counted from nought; the cell's coordinate. Only a `Formula` is ever a formula."""
        cell = self.sheet.cell(row or self.row, column + 1)
        quoted = False
        if isinstance(value, Formula):
            cell.value = value.text
            self.book.formulas.setdefault(self.sheet.title, {})[cell.coordinate] = value
        elif isinstance(value, (Decimal, int, date)):
            cell.value = value
        elif value:
            cell.value = cell_text(value, self.book.language) or None
            if cell.value is not None:
                cell.data_type = "s"
                quoted = cell.value.startswith(_RISKY)
        self.book.styles.apply(cell, kind, number_format, quoted=quoted)
        return cell.coordinate

    def space(self, rows: int = 1) -> None:
        self.row += rows

    def heading(self, text: str) -> None:
        """The title of a block; the first stands at the top, others leave a line free."""
        if self.row > FIRST_ROW:
            self.space()
        self.put(0, text, Kind.HEADING)
        self.sheet.row_dimensions[self.row].height = 22
        self.space()

    def note(self, text: str) -> None:
        """A line in small letters that runs over the columns beside it."""
        self.put(0, text, Kind.NOTE)
        self.space()

    def fields(self, pairs: Iterable[tuple[str, Value, str]], *, is_input: bool = False) -> list[str]:
        """Labels, values and number formats under one another; the coordinates of the values."""
        placed = []
        for label, value, number_format in pairs:
            self.put(0, label, Kind.LABEL)
            placed.append(self.put(1, value, Kind.INPUT if is_input else Kind.BODY, number_format))
            self.space()
        return placed

    def table(self, key: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Placed | None:
        """An Excel table with its filters, its head frozen if it is the sheet's first; None if there are no rows."""
        placed = self.rows(columns, rows)
        if not rows:
            return None
        self.register(key, placed)
        return placed

    def rows(self, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Placed:
        """Rows under a head, to be filtered and sorted only once they are registered; a dash if there are none."""
        self.widths(*(column.width for column in columns))
        for position, title in enumerate(_unlike(column.title for column in columns)):
            self.put(position, title, Kind.HEAD)
        self.sheet.row_dimensions[self.row].height = 30
        placed = Placed(sheet=self.sheet, head=self.row, rows=len(rows), columns=len(columns))
        self.space()
        for row in rows:
            for position, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.put(position, value, _kind(column), column.number_format)
            self.space()
        if not rows:
            self.note(wording.NOTHING)
        for position, column in enumerate(columns):
            if column.choices and rows:
                self.offer(placed.cells(position), column.choices)
        return placed

    def register(self, key: str, placed: Placed) -> None:
        """Make placed rows an Excel table."""
        letter = get_column_letter(placed.columns)
        name = f"stage{self.book.definition.number}_{key}"
        table = Table(displayName=name, ref=f"A{placed.head}:{letter}{placed.last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        self.sheet.add_table(table)
        if not self._frozen:
            self._frozen = True
            self.sheet.freeze_panes = f"B{placed.first}"
            self.sheet.print_title_rows = f"{placed.head}:{placed.head}"

    def total(self, cells: Iterable[tuple[Value, str]]) -> None:
        """A row of sums under a table, outside of its filter."""
        for position, (value, number_format) in enumerate(cells):
            self.put(position, value, Kind.TOTAL, number_format)
        self.space()

    def offer(self, cells: str, choices: Sequence[str]) -> None:
        """A list to choose from in these cells; its words are ours and hold neither commas nor quotes."""
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        self._explain(rule, wording.CHOOSE)
        rule.add(cells)

    def bound(self, cells: str, kind: str, least: str, most: str | None = None) -> None:
        """Only numbers from `least` to `most` in these cells; `kind` is `whole` or `decimal`."""
        operator = "greaterThanOrEqual" if most is None else "between"
        rule = DataValidation(type=kind, operator=operator, formula1=least, formula2=most, allow_blank=True)
        self._explain(rule, wording.BETWEEN if most else wording.AT_LEAST, least=least, most=most)
        rule.add(cells)

    def chart(self, chart: ChartBase, *, column: int = 0) -> None:
        """A chart below what is there, with the rows it takes."""
        self.space()
        self.sheet.add_chart(chart, f"{get_column_letter(column + 1)}{self.row}")
        self.space(round(chart.height * 28.35 / ROW_POINTS) + 1)

    def _explain(self, rule: DataValidation, text: Bilingual, **values: str | None) -> None:
        rule.showErrorMessage = True
        rule.errorTitle = self.book.say(wording.NOT_HERE)
        rule.error = self.book.say(text).format(**values)
        self.sheet.add_data_validation(rule)

    def _band(self) -> None:
        self.sheet.sheet_view.showGridLines = False
        for row, height in ((1, 30), (2, 18), (3, 4), (4, 9)):
            self.sheet.row_dimensions[row].height = height
        self.put(0, self.sheet.title, Kind.TITLE, row=1)
        self.put(0, self.book.subtitle(), Kind.SUBTITLE, row=2)

    def _print_setup(self) -> None:
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
        # An ampersand begins a command in a footer.
        client = line(self.book.dossier.client_name, _FOOTER_NAME).replace("&", "&&")
        sheet.oddFooter.left.text = f"{client} "
        sheet.oddFooter.right.text = "&P / &N"


def _kind(column: Column) -> Kind:
    if column.is_input:
        return Kind.INPUT
    return Kind.FIGURE if column.is_figure else Kind.BODY


def _unlike(titles: Iterable[str]) -> list[str]:
    """Titles that differ, as the columns of a table must, whatever their case."""
    found: dict[str, str] = {}
    for title in titles:
        flat, number = line(title, 200) or "–", 1
        while (name := flat if number == 1 else f"{flat} {number}").casefold() in found:
            number += 1
        found[name.casefold()] = name
    return list(found.values())
