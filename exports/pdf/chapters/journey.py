"""Stage 2: the journey as a map, a phase a column; its narratives; what the CRM needs."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from exports.colours import mix
from exports.pdf.boxes import Grid, Place, Row, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.chapters.figures import bars
from exports.pdf.charts import signed
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.palette import HAIRLINE, LOSS, on
from exports.pdf.text import Text, Type
from exports.pdf.typefaces import Face
from stages.presentation import Written

_NAMES = 92.0
# More phases than this stand on a map of their own.
_MOST_ACROSS = 5


def layout(chapter: Chapter) -> list[Flowable]:
    """The map, a narrative a phase, the CRM and how contacts score."""
    return [
        *chapter.section("journey", _maps(chapter)),
        *chapter.section("narrative", _narratives(chapter)),
        *chapter.section("crm", _crm(chapter)),
        *chapter.section("lead_scoring", _scoring(chapter)),
    ]


def _maps(chapter: Chapter) -> list[Flowable]:
    rows = chapter.block("journey").rows
    return [_map(chapter, rows[at : at + _MOST_ACROSS]) for at in range(0, len(rows), _MOST_ACROSS)]


def _map(chapter: Chapter, rows: Sequence[Sequence[Written]]) -> Flowable:
    look, block = chapter.look, chapter.block("journey")
    telling = chapter.keys("journey").index("phase")
    each = (WIDTH - _NAMES) / len(rows)
    grounds = _steps(chapter, len(rows))
    heads = Row(
        [
            Text("", look.label),
            *(
                Text(str(row[telling]), Type(size=10.5, leading=13, face=Face.STRONG, colour=on(ground)))
                for row, ground in zip(rows, grounds, strict=True)
            ),
        ],
        [Place(width=_NAMES), *(Place(width=each, fill=ground) for ground in grounds)],
        padding=(8, 7),
    )
    places = [Place(width=_NAMES), *[Place(width=each)] * len(rows)]
    lines = [
        Row(
            [Text(look.title_of(heading), look.label), *(Text(str(row[at]), look.small) for row in rows)],
            places,
            padding=(8, 6),
            rule=HAIRLINE,
        )
        for at, heading in enumerate(block.headings)
        if at != telling
    ]
    return Grid([heads], lines)


def _steps(chapter: Chapter, count: int) -> list[str]:
    """A tint of the brand's colour for each phase, from light to full."""
    palette = chapter.look.palette
    return [mix(palette.soft, palette.strong, 0.25 + 0.75 * at / max(1, count - 1)) for at in range(count)]


def _narratives(chapter: Chapter) -> list[Flowable]:
    look, rows = chapter.look, chapter.block("narrative").rows
    cards = [
        look.card(look.field(str(phase), Stack([Text(str(value), look.small) for value in others], gap=4)))
        for phase, *others in rows
    ]
    return look.columns(cards, most=2 if len(cards) in (2, 4) else 3)


def _crm(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("crm")
    cards = [
        look.card(look.field(look.title_of(heading), look.text_value(value)), fill="", line=look.palette.line)
        for heading, value in block.fields
    ]
    return look.columns(cards, most=4)


def _scoring(chapter: Chapter) -> list[Flowable]:
    """How contacts score; what takes points away is drawn in red."""
    block = chapter.block("lead_scoring")
    points = [signed(row.get("points")) for row in chapter.rows("crm", "lead_scoring")]
    if block.is_empty:
        return []
    colours = [LOSS if point < 0 else chapter.look.palette.of_series(0) for point in points]
    values = [(str(row[0]), abs(point), row[1]) for row, point in zip(block.rows, points, strict=True)]
    half, middle = (WIDTH - 2 * GAP) / 2, (len(values) + 1) // 2
    most = max(abs(point) for point in points)
    halves = [
        bars(chapter.look, values[part], colours=colours[part], width=half, whole=most)
        for part in (slice(0, middle), slice(middle, None))
        if values[part]
    ]
    return [Row(halves, [Place(width=half)] * len(halves), gap=2 * GAP)]
