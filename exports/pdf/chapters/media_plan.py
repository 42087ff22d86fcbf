"""Stage 7: the plan in money: totals, where it goes, what it brings month by month, and what to watch."""

from __future__ import annotations

from decimal import Decimal

from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Place, Row, Space, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.chapters.figures import donut, tiles
from exports.pdf.charts import ColumnChart, Dot, Group, Strip, figure
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.palette import WARNING
from exports.pdf.text import Text, Type
from exports.pdf.typefaces import Face
from exports.pdf.writing import unbroken
from stages.definitions.layout import Format
from stages.presentation import NOTHING, Block, write

_LINES = (68, 52, 50, 38, 46, 36, 40, 43, 34, 46, 54, 32, 80, 72)
_MONTHS = (26, 62, 58, 58, 60, 42, 46, 54, 40, 54, 58, 38)
_ASSUMPTIONS = (100, 50, 46, 60, 54, 130, 200)
_CHART, _ALERT, _PADDING = 132.0, 150.0, 7.0


def layout(chapter: Chapter) -> list[Flowable]:
    """Totals, alerts, budget, forecast, the lines and what they rest on."""
    look = chapter.look
    months = [*_forecast(chapter), *chapter.table("months", widths=_MONTHS, style=look.tiny)]
    return [
        *chapter.section("totals", [*tiles(look, chapter.block("totals").fields), *_buckets(chapter)]),
        *chapter.section("alerts", _alerts(chapter)),
        *chapter.section("budget", _budget(chapter), title=look.say(wording.BUDGET_BY_CHANNEL)),
        *chapter.section("months", months),
        *chapter.section("lines", chapter.table("lines", widths=_LINES, style=look.tiny)),
        *chapter.section("assumptions", chapter.table("assumptions", widths=_ASSUMPTIONS)),
    ]


def _alerts(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("alerts")
    tone, tint = WARNING
    label = Type(size=8, leading=11, face=Face.STRONG, colour=tone)
    places = [Place(width=_ALERT), Place(width=WIDTH - _ALERT - 2 * _PADDING - GAP)]
    cards = []
    for kind, channel, *said in block.rows:
        about = [Text(str(channel), look.quiet)] if str(channel) != NOTHING else []
        sides = [Stack([Text(str(kind), label), *about]), Stack([Text(str(text), look.small) for text in said])]
        cards.append(look.card(Row(sides, places, gap=GAP), fill=tint, left_bar=tone, padding=_PADDING))
    return [Stack(cards, gap=5)] if cards else []


def _buckets(chapter: Chapter) -> list[Flowable]:
    """How the spending is split between what is proven, what supports it and what is tried."""
    look, bucket = chapter.look, chapter.keys("lines").index("bucket")
    sums: dict[str, Decimal] = {}
    for row, given in zip(chapter.block("lines").rows, chapter.rows("lines"), strict=True):
        name = str(row[bucket])
        sums[name] = sums.get(name, Decimal(0)) + figure(given.get("share"))
    if not sums:
        return []
    colours = [look.palette.of_series(at) for at in range(len(sums))]
    cells = [
        Row(
            [Dot(colour), Text(f"{name} · {write(share, Format.PERCENT, language=look.language)}", look.small)],
            [Place(width=14, in_middle=True), Place(width=WIDTH / 3 - 14 - GAP)],
        )
        for (name, share), colour in zip(sums.items(), colours, strict=True)
    ]
    return [Space(10), Stack([Strip(list(sums.values()), colours, thickness=10), *look.columns(cells, most=3)], gap=6)]


def _budget(chapter: Chapter) -> list[Flowable]:
    block = chapter.block("lines")
    if block.is_empty:
        return []
    keys = chapter.keys("lines")
    shown = [keys.index(key) for key in ("channel", "bucket", "budget", "share")]
    brief = Block(
        key="budget",
        title=block.title,
        form=block.form,
        headings=tuple(block.headings[at] for at in shown),
        rows=tuple(tuple(row[at] for at in shown) for row in block.rows),
    )
    total = chapter.fields_of("totals").get("budget")
    return donut(
        chapter,
        parts=[row.get("budget") for row in chapter.rows("lines")],
        middle=str(total[1]) if total else "",
        caption=chapter.look.say(wording.IN_ALL),
        block=brief,
        widths=(40, 26, 26, 16),
    )


def _forecast(chapter: Chapter) -> list[Flowable]:
    look, block, raw = chapter.look, chapter.block("months"), chapter.rows("months")
    if block.is_empty:
        return []
    keys = chapter.keys("months")
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
