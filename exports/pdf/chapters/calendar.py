"""Stage 6: ninety days week by week, with how much of them each pillar has; briefs and workflow."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Grid, Place, Row, Space, Stack
from exports.pdf.chapters.plain import Chapter
from exports.pdf.charts import Dot, Strip
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import shares_of
from exports.pdf.palette import HAIRLINE, WHITE, mix, on
from exports.pdf.text import Align, Text, Type
from exports.pdf.typefaces import Face
from stages.presentation import Heading, Written

_WEEK, _NAMES = 62.0, 150.0
# A calendar of more weeks is not shown at a glance.
_MOST_WEEKS = 26
# Date, title, format, channel, pillar, phase, keyword, call to action, owner, status.
_COLUMNS = (76, 120, 57, 60, 75, 66, 76, 74, 57, 52)


def layout(chapter: Chapter) -> list[Flowable]:
    """Cadence, shares of pillars, the calendar, briefs, workflow."""
    say = chapter.look.say
    return [
        *chapter.section("cadence", _cadence(chapter)),
        *chapter.section("shares", _shares(chapter), title=say(wording.PILLAR_SHARES)),
        *chapter.section("glance", _glance(chapter), title=say(wording.AT_A_GLANCE)),
        *chapter.section("entries", _weeks(chapter)),
        *chapter.section("briefs", _briefs(chapter)),
        *chapter.section("workflow", _workflow(chapter)),
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
    return chapter.keys("entries").index(key)


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
    widths = shares_of(_COLUMNS, WIDTH - _WEEK, look.least_widths(columns))
    places = [
        Place(width=_WEEK, fill=look.palette.soft),
        *(Place(width=width, fill=look.palette.soft) for width in widths),
    ]
    head = Row([Text(look.title_of(heading), look.label) for heading in (week, *columns)], places, padding=(4, 5))
    weeks = [
        _week(chapter, number, list(rows), widths) for number, rows in groupby(block.rows, key=lambda row: str(row[0]))
    ]
    return [Grid([head], weeks)]


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
        [Place(width=_WEEK, repeats=True), Place(width=sum(widths))],
        rule=look.palette.strong,
        whole=0,
    )


def _cell(chapter: Chapter, at: int, value: Written) -> Flowable:
    look = chapter.look
    if at == _at(chapter, "title") - 1:
        return Text(str(value), look.small_strong)
    if at == _at(chapter, "pillar") - 1:
        dot = Dot(_colour(chapter, str(value)), size=5.5)
        wide = shares_of(_COLUMNS, WIDTH - _WEEK)[at] - 18
        return Row([Stack([Space(2), dot]), Text(str(value), look.tiny)], [Place(width=10), Place(width=wide)])
    return Text(str(value), look.tiny)


def _glance(chapter: Chapter) -> list[Flowable]:
    """How many pieces each pillar has in each week."""
    look, rows = chapter.look, chapter.block("entries").rows
    pillar = _at(chapter, "pillar")
    weeks = list(dict.fromkeys(str(row[0]) for row in rows))
    if not weeks or len(weeks) > _MOST_WEEKS:
        return []
    counts = Counter((str(row[pillar]), str(row[0])) for row in rows)
    each = (WIDTH - _NAMES) / len(weeks)
    centred = replace(look.label, align=Align.CENTRE)
    head = Row(
        [Text(look.say(wording.WEEK), look.quiet), *(Text(week, centred) for week in weeks)],
        [Place(width=_NAMES)] + [Place(width=each)] * len(weeks),
        padding=(2, 3),
    )
    lines = [head]
    for name in dict.fromkeys(str(row[pillar]) for row in rows):
        colour = _colour(chapter, name)
        grounds = [mix(WHITE, colour, min(1, 0.22 * counts[name, week])) for week in weeks]
        cells = [
            Text(
                str(counts[name, week] or ""),
                Type(size=8, leading=10, face=Face.STRONG, colour=on(ground), align=Align.CENTRE),
            )
            for week, ground in zip(weeks, grounds, strict=True)
        ]
        places = [Place(width=_NAMES, in_middle=True), *(Place(width=each, fill=ground) for ground in grounds)]
        lines.append(Row([Text(name, look.small), *cells], places, padding=(2, 5), rule=WHITE))
    return [Grid([], lines)]


def _workflow(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("workflow")
    cards = [
        look.card(
            Row(
                [
                    Text(str(at), look.display(17, look.palette.strong)),
                    Stack([Text(str(row[0]), look.small_strong), Text(str(row[1]), look.quiet)], gap=1),
                ],
                [Place(width=22), Place(width=(WIDTH - 3 * GAP) / 4 - 22 - 20)],
            ),
            padding=10,
        )
        for at, row in enumerate(block.rows, 1)
    ]
    return look.columns(cards, most=4)


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
