"""Stage 6: ninety days week by week, with how much of them each pillar has; briefs and workflow."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import groupby

from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Grid, Place, Row, Stack
from exports.pdf.chapters.plain import Chapter
from exports.pdf.charts import Dot, Strip
from exports.pdf.look import GAP, WHOLE, WIDTH, shares_of
from exports.pdf.palette import HAIRLINE
from exports.pdf.text import Text
from stages.presentation import Heading, Written

_WEEK = 62.0
# Date, title, format, channel, pillar, phase, keyword, call to action, owner, status.
_COLUMNS = (58, 124, 62, 62, 72, 70, 78, 78, 54, 54)


def layout(chapter: Chapter) -> list[Flowable]:
    """Cadence, shares of pillars, the calendar, briefs, workflow."""
    say = chapter.look.say
    return [
        *chapter.section("cadence", _cadence(chapter)),
        *chapter.section("shares", _shares(chapter), title=say(wording.PILLAR_SHARES)),
        *chapter.section("entries", _weeks(chapter)),
        *chapter.section("briefs", _briefs(chapter)),
        *chapter.section("workflow", chapter.table("workflow")),
    ]


def _cadence(chapter: Chapter) -> list[Flowable]:
    look = chapter.look
    left = Stack(
        [
            look.field(look.title_of(heading), look.text_value(value))
            for heading, value in chapter.block("cadence").fields
        ],
        gap=8,
    )
    table = Stack(_pieces(chapter))
    wide = WIDTH * 0.36
    return [Row([left, table], [Place(width=wide), Place(width=WIDTH - wide - 2 * GAP)], gap=2 * GAP)]


def _pieces(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("pieces")
    if block.is_empty:
        return []
    rows = [[look.value(value) for value in row] for row in block.rows]
    return [
        look.table(
            [look.head(heading) for heading in block.headings], rows, shares_of((2, 1, 2), WIDTH * 0.64 - 2 * GAP)
        )
    ]


def _shares(chapter: Chapter) -> list[Flowable]:
    look = chapter.look
    counts = Counter(str(row[_at(chapter, "pillar")]) for row in chapter.block("entries").rows)
    if not counts:
        return []
    whole = sum(counts.values())
    pieces = look.say(wording.PIECES)
    cells = [
        Row(
            [
                Dot(_colour(chapter, name)),
                Stack(
                    [
                        Text(name, look.strong),
                        Text(f"{count} {pieces} · {count * 100 / whole:.0f}\N{NO-BREAK SPACE}%", look.quiet),
                    ]
                ),
            ],
            [Place(width=14), Place(width=WIDTH / 3 - 14 - GAP)],
        )
        for name, count in counts.items()
    ]
    strip = Strip([Decimal(count) for count in counts.values()], [_colour(chapter, name) for name in counts])
    return [Stack([strip, *look.columns(cells, most=3)], gap=8)]


def _at(chapter: Chapter, key: str) -> int:
    section = next(section for section in chapter.deliverable.definition.sections if section.key == "entries")
    return [label.key for label in section.labels].index(key)


def _colour(chapter: Chapter, pillar: str) -> str:
    """Pillars have their colours in the order they first appear."""
    at = _at(chapter, "pillar")
    names = list(dict.fromkeys(str(row[at]) for row in chapter.block("entries").rows))
    return chapter.look.palette.of_series(names.index(pillar))


def _weeks(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("entries")
    if block.is_empty:
        return []
    week, *columns = block.headings
    widths = shares_of(_COLUMNS, WIDTH - _WEEK)
    places = [Place(width=width, fill=look.palette.soft) for width in (_WEEK, *widths)]
    head = Row([Text(look.title_of(heading), look.label) for heading in (week, *columns)], places, padding=(4, 5))
    weeks = [
        _week(chapter, number, list(rows), widths) for number, rows in groupby(block.rows, key=lambda row: str(row[0]))
    ]
    return [Grid([head], weeks, whole=WHOLE)]


def _week(chapter: Chapter, number: str, rows: list[tuple[Written, ...]], widths: list[float]) -> Flowable:
    look = chapter.look
    name = Stack([Text(look.say(wording.WEEK), look.quiet), Text(number, look.display(17, look.palette.strong))])
    places = [Place(width=width) for width in widths]
    entries = [
        Row([_cell(chapter, at, value) for at, value in enumerate(row[1:])], places, padding=(4, 4), rule=HAIRLINE)
        for row in rows
    ]
    return Row(
        [Stack([Row([name], [Place(width=_WEEK)], padding=(4, 5))]), Stack(entries)],
        [Place(width=_WEEK), Place(width=sum(widths))],
        rule=look.palette.strong,
    )


def _cell(chapter: Chapter, at: int, value: Written) -> Flowable:
    look = chapter.look
    if at == _at(chapter, "title") - 1:
        return Text(str(value), look.small_strong)
    return Text(str(value), look.tiny)


def _briefs(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("briefs")
    cards = [look.card(_brief(chapter, row, block.headings), fill="", line=look.palette.line) for row in block.rows]
    return [Stack(look.columns(cards, most=3), gap=GAP)] if cards else []


def _brief(chapter: Chapter, row: tuple[Written, ...], headings: tuple[Heading, ...]) -> Flowable:
    look = chapter.look
    fields = [
        look.field(look.title_of(heading), look.text_value(value))
        for heading, value in list(zip(headings, row, strict=True))[1:]
    ]
    return Stack([Text(str(row[0]), look.strong), *fields], gap=7)
