"""Stage 7's plan: totals on top, a line a channel, and how the spending lies between the buckets."""

from __future__ import annotations

from decimal import Decimal

from agents.interview.state import Bilingual
from exports.excel import charts, marks, wording
from exports.excel.book import Book
from exports.excel.figures import PERCENT, Formula, Value, date_format, day, money_format
from exports.excel.page import Page
from exports.excel.sheets.media.assumptions import TARGET, Inputs, titles
from exports.excel.sheets.media.calculation import Calculated
from exports.excel.sheets.media.results import KEYS, result_columns, result_formulas, result_sums
from exports.excel.sheets.media.values import Values, decimal
from exports.excel.styles import Kind
from exports.excel.tables import Column, Placed
from stages.definitions.forecasting import HUNDRED, TARGETS
from stages.definitions.media_schema import Line
from stages.definitions.rounding import divide
from stages.definitions.vocabulary import term

NOTICE = Bilingual("Aviso", "Notice")
BUCKETS = Bilingual("Reparto por grupos", "Split by bucket")
OFF = Bilingual("Desvío", "Off by")
_FIRST_RESULT = 4


def plan(book: Book, page: Page, inputs: Inputs, calculated: Calculated, values: Values) -> None:
    """Fill the sheet."""
    named, money = titles(book, "lines"), money_format(book.currency, book.language)
    cards = page.row
    page.space(3)
    columns = [
        Column(title=named["channel"], width=30),
        Column(title=named["bucket"], width=15),
        Column(title=named["budget"], width=15, number_format=money, is_figure=True),
        Column(title=named["share"], width=11, number_format=PERCENT, is_figure=True),
        *result_columns(book, named),
        Column(title=named["start"], width=16, number_format=date_format(book.language), is_figure=True),
        Column(title=named["end"], width=16, number_format=date_format(book.language), is_figure=True),
        Column(title=book.say(NOTICE), width=32),
    ]
    first = page.row + 1
    placed = page.rows(
        columns,
        [_line(book, inputs, calculated, line, at, first + at) for at, line in enumerate(values.plan.lines)],
    )
    page.register("media_plan", placed, is_main=True)
    bottom = _bottom(book, page, placed, values, money)
    marks.filled(page.sheet, placed.cells(len(columns) - 1), marks.YELLOW)
    _cards(book, page, inputs, values, cards, bottom, money)
    _buckets(book, page, inputs, placed, values, bottom, money)
    title = f"{named['budget']} · {named['channel']}"
    page.chart(charts.bars(placed, 2, book.palette, title=title, number_format="#,##0"), placed)


def _line(book: Book, inputs: Inputs, calculated: Calculated, line: Line, at: int, row: int) -> list[Value]:
    return [
        Formula(f'={inputs.line("channel", at)}&""', line.channel),
        Formula(f'={inputs.line("bucket", at)}&""', term(line.bucket, book.language)),
        Formula(f"={calculated.line('budget', at)}", Decimal(line.budget)),
        Formula(f"={calculated.line('share', at)}/10000", Decimal(line.share or 0) / HUNDRED),
        *result_formulas(line, lambda key: calculated.line(key, at)),
        *(_day(inputs.line(key, at), getattr(line, key)) for key in ("start", "end")),
        _notice(book, inputs.line("minimum_spend", at), line, row),
    ]


def _day(cell: str, value: object) -> Formula:
    return Formula(f'=IF({cell}="","",{cell})', None if value is None else day(value))


def _notice(book: Book, minimum: str, line: Line, row: int) -> Formula:
    """What the product warns of, for as long as it is so."""
    missed, unpriced, no_sale = (
        term(kind, book.language) for kind in ("minimum_missed", "unpriced", "no_sale_reached")
    )
    text = (
        f'=MID(IF(AND(N({minimum})>0,C{row}<N({minimum})),"; {missed}","")'
        f'&IF(I{row}="","; {unpriced}",IF(I{row}<1,"; {no_sale}","")),3,200)'
    )
    least, sales = decimal(line.minimum_spend), decimal(line.sales)
    said = [missed] if least is not None and Decimal(line.budget) < least else []
    if sales is None or sales < 1:
        said.append(unpriced if sales is None else no_sale)
    return Formula(text, "; ".join(said))


def _bottom(book: Book, page: Page, placed: Placed, values: Values, money: str) -> int:
    row = page.row
    page.total(
        [
            (book.say(wording.TOTAL), ""),
            (None, ""),
            (Formula(f"=SUM({placed.cells(2)})", values.whole.budget), money),
            (
                Formula(f"=SUM({placed.cells(3)})", sum(Decimal(line.share or 0) for line in values.plan.lines) / 100),
                PERCENT,
            ),
            *result_sums(book, placed, _FIRST_RESULT, f"C{row}", row, values.whole),
            *((None, "") for _ in range(3)),
        ]
    )
    return row


def _cards(book: Book, page: Page, inputs: Inputs, values: Values, row: int, bottom: int, money: str) -> None:
    """The totals as a strip over the table: what is stated, what is spent, and what it brings."""
    named, totals = titles(book, "totals"), values.plan.totals
    shown = values.whole.shown()
    strip: list[tuple[str, Value, str]] = [
        (named["total"], Formula(f"=N({inputs.total})", decimal(totals.total) or Decimal(0)), money),
        (named["contingency"], Formula(f"=N({inputs.contingency})", Decimal(totals.contingency)), money),
        (named["budget"], Formula(f"=C{bottom}", values.whole.budget), money),
        (named["price"], Formula(f'=IF({inputs.price}="","",{inputs.price})', values.price), money),
    ]
    for position, key in enumerate(KEYS):
        cell = page.sheet.cell(bottom, _FIRST_RESULT + position + 1)
        strip.append((named[key], Formula(f"={cell.coordinate}", decimal(shown[key])), cell.number_format))
    for column, (label, value, number_format) in enumerate(strip):
        page.put(column, label, Kind.CARD, row=row)
        page.put(column, value, Kind.KEY_FIGURE, number_format, row=row + 1)


def _buckets(book: Book, page: Page, inputs: Inputs, placed: Placed, values: Values, bottom: int, money: str) -> None:
    page.heading(book.say(BUCKETS))
    named = titles(book, "lines")
    columns = [
        Column(title=named["bucket"]),
        Column(title=book.say(TARGET), number_format=PERCENT, is_figure=True),
        Column(title=named["budget"], number_format=money, is_figure=True),
        Column(title=named["share"], number_format=PERCENT, is_figure=True),
        Column(title=book.say(OFF), number_format=f"+{PERCENT};-{PERCENT};{PERCENT}", is_figure=True),
    ]
    first = page.row + 1
    rows: list[list[Value]] = []
    for position, (bucket, spent) in enumerate(values.bucket_budgets().items()):
        row, target = first + position, TARGETS[bucket] / HUNDRED
        share = divide(spent, values.whole.budget) or Decimal(0)
        rows.append(
            [
                term(bucket, book.language),
                Formula(f"={inputs.targets.cell(1, position)}", target),
                Formula(f"=SUMIF({placed.cells(1)},A{row},{placed.cells(2)})", spent),
                Formula(f"=IF($C${bottom}=0,0,C{row}/$C${bottom})", share),
                Formula(f"=D{row}-B{row}", share - target),
            ]
        )
    split = page.rows(columns, rows)
    marks.when(page.sheet, split.cells(4), f"ROUND(ABS(E{first}),6)>{inputs.tolerance}", marks.RED)
