"""Stage 7's assumptions: everything that may be changed, and nothing that is computed but its checks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.utils import quote_sheetname

from agents.interview.state import Bilingual
from exports.excel import marks
from exports.excel.book import Book
from exports.excel.figures import PERCENT, Formula, Value, date_format, day, money_format
from exports.excel.page import Page
from exports.excel.sections import Sections
from exports.excel.sheets.media.values import RATES, Values, decimal
from exports.excel.styles import Kind
from exports.excel.tables import Column, Placed
from stages.definitions.forecasting import HUNDRED, TARGETS, TOLERANCE
from stages.definitions.media_schema import Line
from stages.definitions.vocabulary import term

GUIDE = Bilingual(
    "Lo azul sobre amarillo se puede cambiar: plan y previsión se recalculan.",
    "What is blue on yellow may be changed: plan and forecast are calculated anew.",
)
GENERAL = Bilingual("Dinero y precio", "Money and price")
MONTHS = Bilingual("Ritmo de los meses", "Pace of the months")
TARGET_TITLE = Bilingual("Objetivo por grupo", "Target by bucket")
LEFT = Bilingual("Por repartir", "Left to allocate")
MINIMUM = Bilingual("Gasto mínimo", "Minimum spend")
SPENDING = Bilingual("Parte del gasto", "Part of the spending")
TARGET = Bilingual("Objetivo", "Target")
TOLERANCE_TITLE = Bilingual("Margen sin explicar", "Margin without explanation")
UNSOURCED = Bilingual("Supuesto sin fuente", "Assumption without a source")


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """Where the assumptions stand. Columns of `lines` by key; scalars as absolute references from anywhere."""

    lines: Placed
    keys: tuple[str, ...]
    months: Placed
    targets: Placed
    total: str
    contingency: str
    price: str
    tolerance: str

    def line(self, key: str, position: int) -> str:
        return self.lines.cell(self.keys.index(key), position)


def assumptions(book: Book, page: Page, sections: Sections, values: Values) -> Inputs:
    """Fill the sheet; the plan has a line at least."""
    page.note(book.say(GUIDE))
    keys, lines = _lines(book, page, sections, values)
    page.heading(book.say(GENERAL))
    scalars = _scalars(book, page, values, lines.range(keys.index("budget")))
    months = _months(book, page, values)
    page.heading(book.say(TARGET_TITLE))
    targets, tolerance = _targets(book, page)
    return Inputs(
        lines=lines,
        keys=keys,
        months=months,
        targets=targets,
        tolerance=tolerance,
        total=scalars[0],
        contingency=scalars[1],
        price=scalars[2],
    )


def _lines(book: Book, page: Page, sections: Sections, values: Values) -> tuple[tuple[str, ...], Placed]:
    named = titles(book, "lines") | titles(book, "assumptions") | {"minimum_spend": book.say(MINIMUM)}
    money = money_format(book.currency, book.language)
    formats = {
        **dict.fromkeys(("budget", "cpm", "minimum_spend"), (money, 15)),
        **dict.fromkeys(RATES, (PERCENT, 12)),
        **dict.fromkeys(("start", "end"), (date_format(book.language), 17)),
        "channel": ("General", 30),
        "bucket": ("General", 18),
        "source": ("General", 36),
        "reason": ("General", 36),
    }
    keys = ("channel", "bucket", "budget", "cpm", *RATES, "minimum_spend", "start", "end", "source", "reason")
    columns = [
        Column(
            title=named[key],
            number_format=formats[key][0],
            width=formats[key][1],
            choices=sections.choices(key) if key == "bucket" else (),
            is_input=key not in ("source", "reason"),
            is_figure=key not in ("channel", "bucket", "source", "reason"),
        )
        for key in keys
    ]
    placed = page.rows(columns, [[_input(book, line, key) for key in keys] for line in values.plan.lines])
    page.register("assumptions", placed, is_main=True)
    for key in ("budget", "cpm", "minimum_spend"):
        page.bound(placed.cells(keys.index(key)), "decimal", "0")
    for key in RATES:
        page.bound(placed.cells(keys.index(key)), "decimal", "0", "1")
    return keys, placed


def _input(book: Book, line: Line, key: str) -> Value:
    value: Any = getattr(line, key)
    if key in ("start", "end"):
        return None if value is None else day(value)
    if key == "bucket":
        return term(value, book.language)
    if key == "source":
        return value or (book.say(UNSOURCED) if line.assumption else None)
    return value if key in ("channel", "reason") else decimal(value)


def _scalars(book: Book, page: Page, values: Values, budgets: str) -> list[str]:
    named, totals = titles(book, "totals"), values.plan.totals
    money = money_format(book.currency, book.language)
    placed = []
    for key in ("total", "contingency", "price"):
        placed.append(_named(page, named[key], decimal(getattr(totals, key)), money, Kind.INPUT))
        page.bound(placed[-1].rsplit("!", 1)[1].replace("$", ""), "decimal", "0")
    total, contingency, _ = placed
    spent = values.whole.budget
    _named(page, named["budget"], Formula(f"=SUM({budgets})", spent), money, Kind.BODY)
    left = (decimal(totals.total) or Decimal(0)) - Decimal(totals.contingency) - spent
    cell = _named(
        page, book.say(LEFT), Formula(f"=ROUND({total}-{contingency}-SUM({budgets}),2)", left), money, Kind.BODY
    )
    coordinate = cell.rsplit("!", 1)[1].replace("$", "")
    marks.when(page.sheet, coordinate, f"{coordinate}<>0", marks.RED)
    return placed


def _months(book: Book, page: Page, values: Values) -> Placed:
    page.heading(book.say(MONTHS))
    named = titles(book, "months")
    columns = [
        Column(title=named["month"], number_format="0", is_figure=True),
        Column(title=named["stage"]),
        Column(title=book.say(SPENDING), number_format=PERCENT, is_input=True, is_figure=True),
        Column(title=named["conversion"], number_format=PERCENT, is_input=True, is_figure=True),
    ]
    rows = [
        [
            month.month,
            term(month.stage, book.language),
            Decimal(month.spending) / HUNDRED,
            Decimal(month.conversion) / HUNDRED,
        ]
        for month in values.plan.months
    ]
    placed = page.rows(columns, rows)
    for position in (2, 3):
        page.bound(placed.cells(position), "decimal", "0", "1")
    return placed


def _targets(book: Book, page: Page) -> tuple[Placed, str]:
    bucket = titles(book, "lines")["bucket"]
    columns = [
        Column(title=bucket),
        Column(title=book.say(TARGET), number_format=PERCENT, is_input=True, is_figure=True),
    ]
    rows = [[term(name, book.language), share / HUNDRED] for name, share in TARGETS.items()]
    placed = page.rows(columns, rows)
    return placed, _named(page, book.say(TOLERANCE_TITLE), TOLERANCE / HUNDRED, PERCENT, Kind.INPUT)


def _named(page: Page, label: str, value: Value, number_format: str, kind: Kind) -> str:
    """A label with its value; the value's absolute reference from anywhere."""
    page.put(0, label, Kind.LABEL)
    page.put(1, value, kind, number_format, right=True)
    page.space()
    return f"{quote_sheetname(page.sheet.title)}!$B${page.row - 1}"


def titles(book: Book, key: str) -> dict[str, str]:
    """What a section's fields or columns are called, by key."""
    section = next(section for section in book.definition.sections if section.key == key)
    return {label.key: book.say(label.title) for label in section.labels}
