"""One sheet, filled from top to bottom: a title band, then headings, fields, tables and notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.chart import BarChart
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from agents.interview.state import Bilingual
from exports.excel import wording
from exports.excel.charts import remember
from exports.excel.figures import GENERAL, Formula, Value
from exports.excel.heights import row_for
from exports.excel.styles import Kind
from exports.excel.tables import Column, Placed, unlike, width_of
from exports.excel.text import cell_text, line

if TYPE_CHECKING:
    from exports.excel.book import Book

FIRST_ROW = 5
A4 = 9
# Widths in characters: of a title band, and of what can still be read on one page.
LEAST_WIDTH, PAGE_WIDTH = 110, 165
_SPARE = 16.0
_ROW_POINTS = 15
# Programs take minutes to lay out names of thousands of letters, and nobody can tell hundreds of bars apart.
_LONGEST_BAR_NAME, _MOST_BARS = 200, 60
_WRAPPED = (Kind.BODY, Kind.INPUT, Kind.LABEL)
_RISKY = tuple("=+-@\t\n'")
_FOOTER_NAME = 80


class Page:
    """A sheet under way; `row` is the next that is free."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet
        self.row = FIRST_ROW
        self._has_chart = False
        self._widths: list[float] = []
        self._texts: dict[int, list[tuple[int, str]]] = {}

    def widths(self, *widths: float) -> None:
        """Columns at least this wide, in characters."""
        for position, width in enumerate(widths):
            if position == len(self._widths):
                self._widths.append(width)
            self._widths[position] = max(width, self._widths[position])

    def put(
        self,
        column: int,
        value: Value,
        kind: Kind = Kind.BODY,
        number_format: str = GENERAL,
        *,
        row: int | None = None,
        right: bool = False,
    ) -> str:
        """Write a value, columns counted from nought; the cell's coordinate. Only a `Formula` is ever a formula."""
        cell = self.sheet.cell(row or self.row, column + 1)
        quoted = False
        if isinstance(value, Formula):
            cell.value = value.text
            self.book.formulas.setdefault(self.sheet.title, {})[cell.coordinate] = self._storable(value)
        elif isinstance(value, (Decimal, int, date)):
            cell.value = value
        elif value:
            cell.value = cell_text(value, self.book.language) or None
            if cell.value is not None:
                cell.data_type = "s"
                quoted = cell.value.startswith(_RISKY)
                if kind in _WRAPPED:
                    self._texts.setdefault(cell.row, []).append((column, cell.value))
        self.book.styles.apply(cell, kind, number_format, right=right, quoted=quoted)
        return cell.coordinate

    def _storable(self, formula: Formula) -> Formula:
        if isinstance(formula.value, str):
            return replace(formula, value=cell_text(formula.value, self.book.language))
        return formula

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

    def fields(self, pairs: Iterable[tuple[str, Value, str]]) -> None:
        """Labels, values and number formats under one another."""
        for label, value, number_format in pairs:
            self.put(0, label, Kind.LABEL)
            self.put(1, value, Kind.BODY, number_format)
            self.space()

    def table(self, key: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Placed | None:
        """An Excel table with its filters; None if there are no rows."""
        placed = self.rows(columns, rows)
        if not rows:
            return None
        self.register(key, placed)
        return placed

    def rows(self, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Placed:
        """Rows under a head, to be filtered and sorted only once they are registered; a dash if there are none."""
        self.widths(*(width_of(column) for column in columns))
        for position, title in enumerate(unlike(column.title for column in columns)):
            self.put(position, title, Kind.HEAD, right=columns[position].is_figure)
        self.sheet.row_dimensions[self.row].height = 30
        placed = Placed(sheet=self.sheet, head=self.row, rows=len(rows), columns=len(columns))
        self.space()
        for row in rows:
            for position, (column, value) in enumerate(zip(columns, row, strict=True)):
                kind = Kind.INPUT if column.is_input else Kind.BODY
                self.put(position, value, kind, column.number_format, right=column.is_figure)
            self.space()
        if not rows:
            self.note(wording.NOTHING)
        for position, column in enumerate(columns):
            if column.choices and rows:
                self.offer(placed.cells(position), column.choices)
        return placed

    def register(self, key: str, placed: Placed, *, is_main: bool = False) -> None:
        """Make placed rows an Excel table; the head of the sheet's main one, or of one at its top, stays in sight."""
        letter = get_column_letter(placed.columns)
        name = f"stage{self.book.definition.number}_{key}"
        table = Table(displayName=name, ref=f"A{placed.head}:{letter}{placed.last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
        self.sheet.add_table(table)
        if is_main or placed.head == FIRST_ROW:
            self.sheet.freeze_panes = f"B{placed.first}"
            self.sheet.print_title_rows = f"{placed.head}:{placed.head}"

    def total(self, cells: Iterable[tuple[Value, str]]) -> None:
        """A row of sums under a table, outside of its filter."""
        for position, (value, number_format) in enumerate(cells):
            self.put(position, value, Kind.TOTAL, number_format, right=position > 0)
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

    def chart(self, chart: BarChart, placed: Placed, names: int = 0) -> None:
        """A chart of a table below what is there, if its names and bars can be drawn at all."""
        drawn = (str(self._value(row, names)) for row in range(placed.first, placed.last + 1))
        if placed.rows > _MOST_BARS or any(len(name) > _LONGEST_BAR_NAME for name in drawn):
            return
        remember(chart, placed, names, self._value)
        self._has_chart = True
        self.space()
        self.sheet.add_chart(chart, f"A{self.row}")
        self.space(round(chart.height * 28.35 / _ROW_POINTS) + 1)

    def _value(self, row: int, column: int) -> Value:
        """What a cell shows; of a formula, what it comes to."""
        cell = self.sheet.cell(row, column + 1)
        formula = self.book.formulas.get(self.sheet.title, {}).get(cell.coordinate)
        return formula.value if formula else cell.value

    def _explain(self, rule: DataValidation, text: Bilingual, **values: str | None) -> None:
        rule.showErrorMessage = True
        rule.errorTitle = self.book.say(wording.NOT_HERE)
        rule.error = self.book.say(text).format(**values)
        self.sheet.add_data_validation(rule)

    def finish(self) -> None:
        """Give the sheet its title band, widths, heights and the way it is printed."""
        while sum(self._widths) < LEAST_WIDTH:
            self._widths.append(_SPARE)
        for position, width in enumerate(self._widths):
            self.sheet.column_dimensions[get_column_letter(position + 1)].width = width
        self._band()
        for row, texts in self._texts.items():
            measured = [(text, self._widths[column]) for column, text in texts]
            self.sheet.row_dimensions[row] = row_for(self.sheet, row, measured)
        self._print_setup()

    def _band(self) -> None:
        self.sheet.sheet_view.showGridLines = False
        self.sheet.sheet_properties.tabColor = self.book.palette.line
        for row, height, kind in ((1, 30, Kind.TITLE), (2, 18, Kind.SUBTITLE), (3, 4, Kind.STRIP)):
            self.sheet.row_dimensions[row].height = height
            for position in range(len(self._widths)):
                self.book.styles.apply(self.sheet.cell(row, position + 1), kind)
        self.sheet.row_dimensions[4].height = 9
        self.put(0, self.sheet.title, Kind.TITLE, row=1)
        self.put(0, self.book.subtitle(), Kind.SUBTITLE, row=2)

    def _print_setup(self) -> None:
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = A4
        # What is too wide to be read on one page goes over several, unless its charts would be cut.
        pages = 1 if self._has_chart else max(1, round(sum(self._widths) / PAGE_WIDTH))
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        if sheet.page_setup.fitToWidth > 1 and sheet.freeze_panes:
            before = column_index_from_string(coordinate_from_string(sheet.freeze_panes)[0]) - 1
            sheet.print_title_cols = f"A:{get_column_letter(before)}"
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
        sheet.page_margins.footer = 0.35
        # An ampersand begins a command in a footer; one before a bracket would be taken for openpyxl's own.
        client = line(self.book.dossier.client_name, _FOOTER_NAME).replace("&", "&&").replace("&[", "& [")
        sheet.oddFooter.left.text = f"{client} "
        sheet.oddFooter.right.text = "&P / &N"
