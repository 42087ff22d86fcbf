"""Stage 4: which channels, by score; where the money goes; what happens when."""

from __future__ import annotations

from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Stack
from exports.pdf.chapters.figures import donut
from exports.pdf.chapters.plain import Chapter, bars
from exports.pdf.look import GAP
from exports.pdf.text import Text

_TEN = 10
_MATRIX = (96, 46, 62, 40, 50, 48, 56, 200, 110)
_SPLIT = (52, 26, 30)


def layout(chapter: Chapter) -> list[Flowable]:
    """Constraints, the scores as a chart, the matrix, the split of the budget, the roadmap."""
    say = chapter.look.say
    return [
        *chapter.section("constraints", chapter.fields("constraints", most=5)),
        *chapter.section("scores", _scores(chapter), title=say(wording.SCORES)),
        *chapter.section("channels", chapter.table("channels", widths=_MATRIX)),
        *chapter.section("budget_split", _split(chapter)),
        *chapter.section("roadmap", _roadmap(chapter)),
        *chapter.section("current_channels", chapter.table("current_channels")),
    ]


def _scores(chapter: Chapter) -> list[Flowable]:
    raw, block, palette = chapter.rows("channels"), chapter.block("channels"), chapter.look.palette
    if not raw:
        return []
    tones = {"primary": palette.series[0], "secondary": palette.series[1]}
    colours = [tones.get(str(row.get("tier")), "#8a93a3") for row in raw]
    values = [(f"{row[0]} · {row[2]}", given.get("score"), row[1]) for row, given in zip(block.rows, raw, strict=True)]
    return [bars(chapter.look, values, colours=colours, whole=_TEN)]


def _split(chapter: Chapter) -> list[Flowable]:
    look, block, raw = chapter.look, chapter.block("budget_split"), chapter.rows("budget_split")
    if block.is_empty:
        return []
    budget = dict(zip(("monthly_budget",), chapter.block("constraints").fields, strict=False)).get("monthly_budget")
    middle = str(budget[1]) if budget else ""
    return donut(
        chapter,
        parts=[row.get("percent") for row in raw],
        middle=middle,
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
                    Text(f"{week} {row[0]}", look.label),
                    Text(str(row[1]), look.strong),
                    Text(str(row[2]), look.quiet),
                ],
                gap=3,
            ),
            top_bar=look.palette.accent,
        )
        for row in block.rows
    ]
    return [Stack(look.columns(cards, most=5), gap=GAP)]
