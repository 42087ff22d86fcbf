"""Stage 7: the plan in money: totals, where it goes, what it brings month by month, and what to watch."""

from __future__ import annotations

from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Place, Row, Stack
from exports.pdf.chapters.figures import donut, tiles
from exports.pdf.chapters.plain import Chapter
from exports.pdf.charts import ColumnChart, Dot, Group, figure
from exports.pdf.look import GAP, WIDTH
from exports.pdf.palette import WARNING
from exports.pdf.text import Text, Type
from exports.pdf.typefaces import Face
from exports.pdf.writing import unbroken
from stages.presentation import Block

_LINES = (80, 60, 56, 40, 52, 40, 44, 52, 36, 54, 58, 34, 52, 52)
_MONTHS = (26, 62, 58, 58, 60, 42, 46, 54, 40, 54, 58, 38)
_ASSUMPTIONS = (100, 50, 46, 60, 54, 130, 200)
_CHART = 150.0


def layout(chapter: Chapter) -> list[Flowable]:
    """Totals, alerts, budget, forecast, the lines and what they rest on."""
    say = chapter.look.say
    return [
        *chapter.section("totals", tiles(chapter.look, chapter.block("totals").fields)),
        *chapter.section("alerts", _alerts(chapter)),
        *chapter.section("budget", _budget(chapter), title=say(wording.BUDGET_BY_CHANNEL)),
        *chapter.section("months", [*_forecast(chapter), *chapter.table("months", widths=_MONTHS, size="tiny")]),
        *chapter.section("lines", chapter.table("lines", widths=_LINES, size="tiny")),
        *chapter.section("assumptions", chapter.table("assumptions", widths=_ASSUMPTIONS)),
    ]


def _alerts(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("alerts")
    tone, tint = WARNING
    label = Type(size=8, leading=11, face=Face.STRONG, colour=tone)
    cards = [
        look.card(
            Row(
                [Stack([Text(str(row[0]), label), Text(str(row[1]), look.quiet)]), Text(str(row[2]), look.small)],
                [Place(width=150), Place(width=WIDTH - 150 - 24 - GAP)],
                gap=GAP,
            ),
            fill=tint,
            left_bar=tone,
            padding=9,
        )
        for row in block.rows
    ]
    return [Stack(cards, gap=5)] if cards else []


def _budget(chapter: Chapter) -> list[Flowable]:
    block = chapter.block("lines")
    if block.is_empty:
        return []
    keys = _keys(chapter, "lines")
    shown = [keys.index(key) for key in ("channel", "bucket", "budget", "share")]
    brief = Block(
        key="budget",
        title=block.title,
        form=block.form,
        headings=tuple(block.headings[at] for at in shown),
        rows=tuple(tuple(row[at] for at in shown) for row in block.rows),
    )
    total = dict(zip(_keys(chapter, "totals"), chapter.block("totals").fields, strict=False))
    return donut(
        chapter,
        parts=[row.get("budget") for row in chapter.rows("lines")],
        middle=str(total["budget"][1]) if total else "",
        caption=chapter.look.say(wording.IN_ALL),
        block=brief,
        widths=(40, 26, 26, 16),
    )


def _forecast(chapter: Chapter) -> list[Flowable]:
    look, block, raw = chapter.look, chapter.block("months"), chapter.rows("months")
    if block.is_empty:
        return []
    keys = _keys(chapter, "months")
    series = [keys.index("budget"), keys.index("revenue")]
    groups = [
        Group(
            name=f"{look.say(wording.MONTH)} {row[0]} · {row[keys.index('stage')]}",
            values=tuple(figure(given.get(keys[at])) for at in series),
            figures=tuple(unbroken(str(row[at])) for at in series),
        )
        for row, given in zip(block.rows, raw, strict=True)
    ]
    colours = [look.palette.of_series(1), look.palette.of_series(0)]
    names = Stack(
        [
            Row(
                [Dot(colour), Text(block.headings[at].title, look.small)],
                [Place(width=14, in_middle=True), Place(width=110)],
            )
            for at, colour in zip(series, colours, strict=True)
        ],
        gap=4,
    )
    chart = ColumnChart(groups, colours, height=_CHART)
    return [Row([names, chart], [Place(width=124, in_middle=True), Place(width=WIDTH - 124 - GAP)], gap=GAP)]


def _keys(chapter: Chapter, key: str) -> list[str]:
    section = next(section for section in chapter.deliverable.definition.sections if section.key == key)
    return [label.key for label in section.labels]
