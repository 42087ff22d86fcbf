"""Stage 7's arithmetic in formulas, before anything is rounded; plan and forecast round what stands here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from openpyxl.utils import get_column_letter

from agents.interview.state import Bilingual
from exports.excel.book import Book
from exports.excel.figures import Formula, Value
from exports.excel.page import Page
from exports.excel.sheets.media.assumptions import Inputs, titles
from exports.excel.sheets.media.values import CHAIN, QUOTIENTS, Values, hundredths
from exports.excel.tables import Column, Placed
from stages.definitions.forecasting import HUNDRED, Forecast
from stages.definitions.vocabulary import term

EXPLAINED = Bilingual(
    "Aquí se calcula sin redondear. El plan y la previsión redondean al céntimo, la mitad exacta al céntimo par; "
    "las partes de un todo, por el resto mayor, para que sumen.",
    "Here nothing is rounded. Plan and forecast round to the cent, exact halves to the even cent; parts of a whole "
    "by largest remainder, so that they sum.",
)
BY_LINE = Bilingual("Por canal", "By channel")
BY_MONTH = Bilingual("Por mes", "By month")
SPENDING = Bilingual("Gasto por mes", "Spending by month")
IN_CENTS = Bilingual("{title}, en céntimos", "{title}, in cents")
IN_HUNDREDTHS = Bilingual("{title}, en centésimas", "{title}, in hundredths")
EXACT_SHARE = Bilingual("Cuota exacta, en centésimas de %", "Exact share, in hundredths of %")
SHARE = Bilingual("Cuota, en centésimas de %", "Share, in hundredths of %")
REST = Bilingual("Resto", "Remainder")
MONTH = Bilingual("Mes {number}", "Month {number}")
MONTH_CENTS = Bilingual("Mes {number}, céntimos exactos", "Month {number}, exact cents")
MONTH_REST = Bilingual("Mes {number}, resto", "Month {number}, remainder")

KEYS = ("name", "budget", *CHAIN, *(f"{key}_hundredths" for key in QUOTIENTS), "share_exact", "share_rest", "share")
_RATE_OF = {"clicks": "ctr", "leads": "conversion_rate", "sales": "close_rate"}
_EXACT, _CENTS = "#,##0.00####", "#,##0.00####"
_WIDTH = 18


@dataclass(frozen=True, kw_only=True, slots=True)
class Calculated:
    """Where the exact figures stand: by line, by month, and each line's spending by month."""

    lines: Placed
    spending: Placed
    months: Placed
    month_count: int

    def line(self, key: str, position: int) -> str:
        return self.lines.cell(KEYS.index(key), position)

    def month(self, key: str, position: int) -> str:
        return self.months.cell(KEYS.index(key), position)

    def month_spending(self, month: int) -> str:
        """What all lines spend in a month."""
        return self.spending.range(1 + 2 * self.month_count + month)


def half_even(hundredths: str) -> str:
    """The formula of an amount from its hundredths, exact halves to the even cent; Excel's ROUND takes them away."""
    return f'IF({hundredths}="","",(ROUND({hundredths},0)-({hundredths}-2*INT({hundredths}/2)=0.5))/100)'


def calculation(book: Book, page: Page, inputs: Inputs, values: Values) -> Calculated:
    """Fill the sheet."""
    page.note(book.say(EXPLAINED))
    page.heading(book.say(BY_LINE))
    lines = _lines(book, page, inputs, values)
    page.heading(book.say(SPENDING))
    spending = _spending(book, page, inputs, values, lines)
    page.heading(book.say(BY_MONTH))
    months = _months(book, page, inputs, values, lines)
    return Calculated(lines=lines, spending=spending, months=months, month_count=len(values.plan.months))


def _lines(book: Book, page: Page, inputs: Inputs, values: Values) -> Placed:
    first, last = page.row + 1, page.row + len(values.lines)
    rows = [
        [
            *_line(inputs, position, row, forecast, values),
            *_share(row, first, last, exact, Decimal(line.share or 0) * HUNDRED),
        ]
        for position, (line, forecast, exact) in enumerate(
            zip(values.plan.lines, values.lines, values.shares(), strict=True)
        )
        for row in [first + position]
    ]
    extra = [book.say(text) for text in (EXACT_SHARE, REST, SHARE)]
    return _placed(page, [*_chain_titles(book, "lines"), *extra], rows)


def _line(inputs: Inputs, position: int, row: int, forecast: Forecast, values: Values) -> list[Value]:
    """A line from its budget to its revenue, blank from the first figure that is not known."""
    budget, cpm = inputs.line("budget", position), inputs.line("cpm", position)
    formulas = [
        Formula(f'={inputs.line("channel", position)}&""', values.plan.lines[position].channel),
        Formula(f"=N({budget})", forecast.budget),
        Formula(f'=IF(N({cpm})=0,"",B{row}*1000/{cpm})', forecast.impressions),
    ]
    for before, key in zip("CDE", ("clicks", "leads", "sales"), strict=True):
        rate = inputs.line(_RATE_OF[key], position)
        formulas.append(_product(f"{before}{row}", rate, getattr(forecast, key)))
    formulas.append(_product(f"F{row}", inputs.price, forecast.revenue))
    return [*formulas, *_quotients(row, forecast)]


def _product(one: str, other: str, value: Decimal | None) -> Formula:
    return Formula(f'=IF(OR({one}="",{other}=""),"",{one}*{other})', value)


def _quotients(row: int, forecast: Forecast) -> list[Formula]:
    """Costs, revenue and return a hundred times as large, without the noise of binary fractions."""
    cells = {key: f"{letter}{row}" for key, letter in zip(("budget", *CHAIN), "BCDEFG", strict=True)}
    formulas = []
    for key, (above, below) in QUOTIENTS.items():
        value = hundredths(forecast, key)
        if not below:
            text = f'=IF({cells[above]}="","",ROUND({cells[above]}*100,6))'
        else:
            text = f'=IF(OR({cells[above]}="",N({cells[below]})=0),"",ROUND({cells[above]}/{cells[below]}*100,6))'
        formulas.append(Formula(text, value))
    return formulas


def _share(row: int, first: int, last: int, exact: Decimal, share: Decimal) -> list[Formula]:
    """Largest remainder: the whole hundredths, and one more for the largest rests until all sum to a hundred."""
    spent, floors, rests = (f"{letter}${first}:{letter}${last}" for letter in "BLM")
    ahead = f"SUMPRODUCT(({rests}>M{row})+({rests}=M{row})*(ROW({rests})<ROW(M{row})))"
    missing = f"ROUND(10000-SUMPRODUCT(INT({floors})),0)"
    return [
        Formula(f"=IF(SUM({spent})=0,0,ROUND(B{row}*10000/SUM({spent}),8))", exact),
        Formula(f"=ROUND(L{row}-INT(L{row}),8)", exact - exact.to_integral_value(ROUND_DOWN)),
        Formula(f"=IF(SUM({spent})=0,0,INT(L{row})+IF({ahead}<{missing},1,0))", share),
    ]


def _spending(book: Book, page: Page, inputs: Inputs, values: Values, lines: Placed) -> Placed:
    count = len(values.plan.months)
    head = [titles(book, "lines")["channel"]] + [
        book.say(text).format(number=month.month)
        for text in (MONTH_CENTS, MONTH_REST, MONTH)
        for month in values.plan.months
    ]
    first = page.row + 1
    rows = [
        [
            Formula(f"=A{lines.first + position}", values.plan.lines[position].channel),
            *_month_parts(inputs, first + position, f"$B{lines.first + position}", count, exact, spent),
        ]
        for position, (exact, spent) in enumerate(zip(values.month_cents(), values.month_budgets(), strict=True))
    ]
    return _placed(page, head, rows)


def _month_parts(
    inputs: Inputs, row: int, budget: str, count: int, exact: list[Decimal], spent: list[Decimal]
) -> list[Formula]:
    """A line's months in cents, their remainders, and what is spent: largest remainder again."""
    letters = [get_column_letter(2 + position) for position in range(3 * count)]
    cents, rests = letters[:count], letters[count : 2 * count]
    all_cents, all_rests = (f"${part[0]}{row}:${part[-1]}{row}" for part in (cents, rests))
    weights = inputs.months.range(2)
    missing = f"ROUND({budget}*100-SUMPRODUCT(INT({all_cents})),0)"
    found: list[Formula] = []
    for position, value in enumerate(exact):
        weight = inputs.months.cell(2, position)
        found.append(Formula(f"=IF(SUM({weights})=0,0,ROUND({budget}*100*{weight}/SUM({weights}),6))", value))
    for cell, value in zip(cents, exact, strict=True):
        rest = value - value.to_integral_value(ROUND_DOWN)
        found.append(Formula(f"=ROUND({cell}{row}-INT({cell}{row}),6)", rest))
    for cell, rest, value in zip(cents, rests, spent, strict=True):
        mine = f"{rest}{row}"
        ahead = f"SUMPRODUCT(({all_rests}>{mine})+({all_rests}={mine})*(COLUMN({all_rests})<COLUMN({mine})))"
        more = f"IF({ahead}<{missing},1,0)"
        found.append(Formula(f"=IF(SUM({weights})=0,0,(INT({cell}{row})+{more})/100)", value))
    return found


def _months(book: Book, page: Page, inputs: Inputs, values: Values, lines: Placed) -> Placed:
    """The same chain for all lines together: a part of the spending, at a part of the conversion rate."""
    first = page.row + 1
    rows = []
    for position, (month, forecast) in enumerate(zip(values.plan.months, values.months, strict=True)):
        spending, conversion = (inputs.months.cell(column, position) for column in (2, 3))
        row: list[Value] = [
            term(month.stage, book.language),
            Formula(f"=SUM({lines.cells(1)})*{spending}", forecast.budget),
        ]
        for column, key in enumerate(CHAIN, 2):
            whole = lines.cells(column)
            reached = "" if key in ("impressions", "clicks") else f"*{conversion}"
            text = f'=IF(COUNT({whole})=0,"",SUM({whole})*{spending}{reached})'
            row.append(Formula(text, getattr(forecast, key)))
        rows.append([*row, *_quotients(first + position, forecast)])
    return _placed(page, _chain_titles(book, "months"), rows)


def _chain_titles(book: Book, key: str) -> list[str]:
    named = titles(book, key)
    name = named["channel" if key == "lines" else "stage"]
    cents = [
        book.say(IN_HUNDREDTHS if quotient == "roas" else IN_CENTS).format(title=named[quotient])
        for quotient in QUOTIENTS
    ]
    return [name, *(named[part] for part in ("budget", *CHAIN)), *cents]


def _placed(page: Page, heads: list[str], rows: list[list[Value]]) -> Placed:
    columns = [
        Column(title=head, width=34 if position == 0 else _WIDTH, number_format=_EXACT, is_figure=position > 0)
        for position, head in enumerate(heads)
    ]
    return page.rows(columns, rows)
