"""Stage 4: which channels, by score; where the money goes; what happens when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlab.platypus import Flowable

from exports.colours import mix
from exports.pdf import wording
from exports.pdf.boxes import Grid, Place, Row, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.chapters.figures import bars, donut
from exports.pdf.charts import fraction
from exports.pdf.look import Look, shares_of
from exports.pdf.palette import HAIRLINE, MUTED, WHITE
from exports.pdf.text import Text

_TEN = 10
# The first fields of the constraints, the budget and its currency, share a column.
_OF_MONEY = 2
# Marks out of ten, and how much of the brand's colour the ground of a full one has: text on it is still read.
_MARKS, _DARKEST = ("audience_fit", "cost_efficiency", "effort"), 0.3
_MATRIX = (96, 46, 62, 40, 50, 48, 56, 200, 110)
_SPLIT = (52, 26, 30)


def layout(chapter: Chapter) -> list[Flowable]:
    """First what there is, what is chosen and what is done; then the matrix behind it and the split of the budget."""
    say = chapter.look.say
    return [
        *chapter.section("constraints", _constraints(chapter)),
        *chapter.section("scores", _scores(chapter), title=say(wording.SCORES)),
        *chapter.section("roadmap", _roadmap(chapter)),
        *chapter.section("channels", _matrix(chapter)),
        *chapter.section("budget_split", _split(chapter)),
    ]


def _scores(chapter: Chapter) -> list[Flowable]:
    raw, block, palette = chapter.rows("channels"), chapter.block("channels"), chapter.look.palette
    if not raw:
        return []
    tones = {"primary": palette.series[0], "secondary": palette.series[1]}
    colours = [tones.get(str(row.get("tier")), "#8a93a3") for row in raw]
    name, score, tier = (chapter.keys("channels").index(key) for key in ("name", "score", "tier"))
    values = [
        (f"{row[name]} · {row[tier]}", given.get("score"), row[score])
        for row, given in zip(block.rows, raw, strict=True)
    ]
    return [bars(chapter.look, values, colours=colours, whole=_TEN)]


def _matrix(chapter: Chapter) -> list[Flowable]:
    """The channels by what speaks for and against them; the stronger a mark out of ten, the darker its ground."""
    look, block = chapter.look, chapter.block("channels")
    if block.is_empty:
        return []
    keys = chapter.keys("channels")
    widths = shares_of(chapter.widths("channels", _MATRIX), least=look.least_widths(block.headings))
    head = Row(
        [look.head(heading) for heading in block.headings],
        [Place(width=width, fill=look.palette.soft) for width in widths],
        padding=(5, 5),
    )
    rows = [
        Row(
            [
                look.strong_value(value) if key == "name" else look.value(value)
                for key, value in zip(keys, row, strict=True)
            ],
            [
                Place(width=width, fill=_ground(look, key, given), in_middle=True)
                for key, width in zip(keys, widths, strict=True)
            ],
            padding=(5, 6),
            rule=HAIRLINE,
        )
        for row, given in zip(block.rows, chapter.rows("channels"), strict=True)
    ]
    return [Grid([head], rows)]


def _ground(look: Look, key: str, row: Mapping[str, Any]) -> str:
    if key not in _MARKS:
        return ""
    colour = MUTED if key == "effort" else look.palette.series[0]
    return mix(WHITE, colour, _DARKEST * fraction(row.get(key), _TEN))


def _constraints(chapter: Chapter) -> list[Flowable]:
    """What there is to work with, in one row with what the channels of today bring."""
    look, now = chapter.look, chapter.block("current_channels")
    fields = [
        look.field(look.title_of(heading), look.text_value(value))
        for heading, value in chapter.block("constraints").fields
    ]
    current = [
        Stack([Text(str(name), look.small_strong), *(Text(str(value), look.small) for value in others)])
        for name, *others in now.rows
    ]
    money, others = fields[:_OF_MONEY], fields[_OF_MONEY:]
    columns = [Stack(money, gap=8)] if money else []
    columns += [*others, *([look.field(now.title, Stack(current, gap=4))] if current else [])]
    return look.columns(columns, most=5)


def _split(chapter: Chapter) -> list[Flowable]:
    look, block, raw = chapter.look, chapter.block("budget_split"), chapter.rows("budget_split")
    if block.is_empty:
        return []
    budget = chapter.fields_of("constraints").get("monthly_budget")
    return donut(
        chapter,
        parts=[row.get("percent") for row in raw],
        middle=str(budget[1]) if budget else "",
        caption=look.say(wording.A_MONTH),
        block=block,
        widths=_SPLIT,
    )


def _roadmap(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("roadmap")
    if block.is_empty:
        return []
    week = block.headings[0].title
    cards = [
        look.card(
            Stack(
                [
                    Text(f"{week} {number}", look.label),
                    Text(str(action), look.strong),
                    *(Text(str(value), look.quiet) for value in others),
                ],
                gap=3,
            ),
            top_bar=look.palette.accent,
            padding=10,
        )
        for number, action, *others in block.rows
    ]
    return look.columns(cards, most=5)
