"""Stage 4: the channels, scored by formulas; the split, shared out by formulas; the roadmap and the constraints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl.utils import get_column_letter

from agents.interview.state import Bilingual
from exports.excel import charts, marks, wording
from exports.excel.book import Book
from exports.excel.figures import Formula, Value, money_format, number
from exports.excel.sections import Grid, Sections
from exports.excel.sheets.apportioning import largest_remainder
from exports.excel.styles import Kind
from exports.excel.tables import Column
from stages.definitions import scoring

CHANNELS = Bilingual("Canales", "Channels")
SPLIT = Bilingual("Reparto del presupuesto", "Budget split")
ROADMAP = Bilingual("Hoja de ruta", "Roadmap")
CONSTRAINTS = Bilingual("Condiciones", "Constraints")
PLACE = Bilingual("Puesto", "Place")
BUDGET = Bilingual("Presupuesto mensual", "Monthly budget")
GUIDE = Bilingual(
    "Cambia una nota y cambian puntuación, puesto, nivel y gráfico.",
    "Change a grade, and score, place, tier and chart change.",
)
SPLIT_GUIDE = Bilingual(
    "Cambia un porcentaje o el presupuesto y cambian los importes: suman el presupuesto al céntimo.",
    "Change a percentage or the budget and the amounts change: they sum to the budget to the cent.",
)
_GRADES = ("audience_fit", "cost_efficiency", "effort")
_TOP = 10


def lay_out(book: Book) -> None:
    """Channels, split, roadmap and constraints."""
    sections = Sections(book)
    _channels(book, sections)
    _split(book, sections)
    sections.table(book.page(ROADMAP), "roadmap")
    sections.onto(book.page(CONSTRAINTS), "constraints", "current_channels")


def _channels(book: Book, sections: Sections) -> None:
    page, grid = book.page(CHANNELS), sections.grid("channels")
    cells = _Cells(grid, page.row + 1)
    names = sections.choices("tier")
    rows = [
        [*_scored(cells, row, grid, position, names), Formula(f"={cells.place(position)}", position + 1)]
        for position, row in enumerate(grid.rows)
    ]
    columns = [_column(key, column) for key, column in zip(grid.keys, grid.columns, strict=True)]
    place = Column(title=book.say(PLACE), width=10, number_format="0", is_figure=True)
    placed = page.table("channels", [*columns, place], rows)
    if placed is None:
        return
    page.note(book.say(GUIDE))
    score = grid.at("score")
    marks.bar(page.sheet, placed.cells(score), book.palette.series[2], most=_TOP)
    looks = zip(names, (marks.GREEN, marks.YELLOW, marks.GREY), strict=True)
    marks.by_word(page.sheet, placed.cells(grid.at("tier")), dict(looks))
    for key in _GRADES:
        page.bound(placed.cells(grid.at(key)), "whole", "1", "10")
    title = columns[score].title
    page.chart(charts.bars(placed, score, book.palette, title=title, number_format="0.0"), placed)


def _column(key: str, column: Column) -> Column:
    if key in _GRADES:
        return replace(column, is_input=True)
    return replace(column, choices=()) if key == "tier" else column


class _Cells:
    """Formulas of a channel's score, place and tier, from the method's weights and thresholds."""

    def __init__(self, grid: Grid, first: int) -> None:
        self._grid = grid
        self._first = first
        self._last = first + len(grid.rows) - 1

    def score(self, position: int) -> str:
        fit, cost, effort = (self._cell(key, position) for key in _GRADES)
        weights = scoring.FIT_WEIGHT, scoring.COST_WEIGHT, scoring.EFFORT_WEIGHT
        return f"ROUND({weights[0]}*{fit}+{weights[1]}*{cost}+{weights[2]}*({scoring.EFFORT_TOP}-{effort}),1)"

    def place(self, position: int) -> str:
        """Best score first; of equals the one that fits better, then the one above."""
        scores, fits = self._column("score"), self._column("audience_fit")
        score, fit = self._cell("score", position), self._cell("audience_fit", position)
        better = f"({scores}>{score})+({scores}={score})*({fits}>{fit})"
        above = f"({scores}={score})*({fits}={fit})*(ROW({scores})<ROW({score}))"
        return f"1+SUMPRODUCT({better}+{above})"

    def tier(self, position: int, names: Sequence[str]) -> str:
        primary, secondary, avoid = names
        score, place = self._cell("score", position), f"{self._letter(len(self._grid.keys))}{self._first + position}"
        high = f"SUMPRODUCT(1*({self._column('score')}>={scoring.PRIMARY_FLOOR}))"
        primaries = f"MAX(1,MIN({scoring.PRIMARY_PLACES},{high}))"
        chosen = f"AND({score}>={scoring.SECONDARY_FLOOR},{place}<={scoring.SECONDARY_PLACES}+{primaries})"
        return f'IF({place}<={primaries},"{primary}",IF({chosen},"{secondary}","{avoid}"))'

    def _cell(self, key: str, position: int) -> str:
        return f"{self._letter(self._grid.at(key))}{self._first + position}"

    def _column(self, key: str) -> str:
        letter = self._letter(self._grid.at(key))
        return f"${letter}${self._first}:${letter}${self._last}"

    @staticmethod
    def _letter(column: int) -> str:
        return get_column_letter(column + 1)


def _scored(cells: _Cells, row: Sequence[Value], grid: Grid, position: int, names: Sequence[str]) -> list[Value]:
    """The row with its score and tier as formulas, their values as they are stored."""
    live = {"score": cells.score(position), "tier": cells.tier(position, names)}
    return [
        Formula(f"={live[key]}", value) if key in live else value for key, value in zip(grid.keys, row, strict=True)
    ]


def _split(book: Book, sections: Sections) -> None:
    page, grid = book.page(SPLIT), sections.grid("budget_split")
    money = money_format(book.currency, book.language)
    first, last = page.row + 1, page.row + len(grid.rows)
    budget = number((sections.given("constraints") or {}).get("monthly_budget"))
    # The budget stands two rows below the sums.
    total = f"$C${last + 3}"
    rows = [
        [
            name,
            percent,
            Formula(f"={largest_remainder(total, f'$B${first}:$B${last}', f'B{first + position}')}", amount),
        ]
        for position, (name, percent, amount) in enumerate(grid.rows)
    ]
    channel, percent, amount = grid.columns
    placed = page.table("budget_split", [channel, replace(percent, is_input=True), amount], rows)
    if placed is None:
        return
    sums = [
        sum((row[column] for row in grid.rows if isinstance(row[column], Decimal)), Decimal(0)) for column in (1, 2)
    ]
    page.total(
        [
            (book.say(wording.TOTAL), ""),
            (Formula(f"=SUM({placed.cells(1)})", sums[0]), percent.number_format),
            (Formula(f"=SUM({placed.cells(2)})", sums[1]), money),
        ]
    )
    marks.when(page.sheet, f"B{last + 1}", f"ROUND(B{last + 1},6)<>1", marks.RED)
    page.space()
    page.put(0, book.say(BUDGET), Kind.LABEL)
    page.put(1, None, Kind.LABEL)
    page.put(2, budget, Kind.INPUT, money, right=True)
    page.space()
    page.note(book.say(SPLIT_GUIDE))
    page.bound(placed.cells(1), "decimal", "0", "1")
    page.chart(charts.bars(placed, 1, book.palette, title=book.say(SPLIT), number_format=percent.number_format), placed)
