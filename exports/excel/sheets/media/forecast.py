"""Stage 7's forecast: the three months and their quarter, with charts."""

from __future__ import annotations

from decimal import Decimal

from agents.interview.state import Bilingual
from exports.excel import charts
from exports.excel.book import Book
from exports.excel.figures import PERCENT, Formula, money_format
from exports.excel.page import Page
from exports.excel.sheets.media.assumptions import Inputs, titles
from exports.excel.sheets.media.calculation import Calculated
from exports.excel.sheets.media.results import KEYS, result_columns, result_formulas, result_sums
from exports.excel.sheets.media.values import Values
from exports.excel.tables import Column
from stages.definitions.forecasting import HUNDRED
from stages.definitions.vocabulary import term

PACE = Bilingual(
    "El plan supone toda la conversión desde el primer día; aquí se alcanza mes a mes.",
    "The plan takes the whole conversion from the first day; here it is reached month by month.",
)
QUARTER = Bilingual("Trimestre", "Quarter")
_FIRST_RESULT = 4


def forecast(book: Book, page: Page, inputs: Inputs, calculated: Calculated, values: Values) -> None:
    """Fill the sheet."""
    named, money = titles(book, "months"), money_format(book.currency, book.language)
    columns = [
        Column(title=named["month"], width=12, number_format="0", is_figure=True),
        Column(title=named["stage"], width=18),
        Column(title=named["budget"], width=16, number_format=money, is_figure=True),
        Column(title=named["conversion"], width=15, number_format=PERCENT, is_figure=True),
        *result_columns(book, named),
    ]
    rows = [
        [
            month.month,
            term(month.stage, book.language),
            Formula(f"=SUM({calculated.month_spending(at)})", Decimal(month.budget)),
            Formula(f"={inputs.months.cell(3, at)}", Decimal(month.conversion) / HUNDRED),
            *result_formulas(month, lambda key, at=at: calculated.month(key, at)),
        ]
        for at, month in enumerate(values.plan.months)
    ]
    placed = page.rows(columns, rows)
    page.register("forecast", placed)
    row = page.row
    page.total(
        [
            (book.say(QUARTER), ""),
            (None, ""),
            (Formula(f"=SUM({placed.cells(2)})", values.quarter.budget), money),
            (None, ""),
            *result_sums(book, placed, _FIRST_RESULT, f"C{row}", row, values.quarter),
        ]
    )
    page.note(book.say(PACE))
    revenue, leads, sales = (_FIRST_RESULT + KEYS.index(key) for key in ("revenue", "leads", "sales"))
    money_title = f"{named['budget']} · {named['revenue']}"
    page.chart(charts.columns(placed, [2, revenue], book.palette, title=money_title, number_format="#,##0"), placed, 1)
    count_title = f"{named['leads']} · {named['sales']}"
    page.chart(
        charts.columns(placed, [leads, sales], book.palette, title=count_title, number_format="#,##0.0"), placed, 1
    )
