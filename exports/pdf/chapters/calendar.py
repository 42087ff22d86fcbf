"""Stage 6: ninety days week by week, after how often, how much of what and by whom; then the briefs."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Grid, Place, Row, Space, Stack
from exports.pdf.chapters.calendar_overview import cadence, colours_of, shares, workflow
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.charts import Dot
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import shares_of
from exports.pdf.palette import HAIRLINE
from exports.pdf.text import Text
from stages.presentation import Heading, Written

_WEEK, _DOT = 62.0, 10.0
# Date, title, format, channel, pillar, phase, keyword, call to action, owner, status.
_COLUMNS = (76, 117, 57, 60, 82, 66, 73, 73, 57, 52)


def layout(chapter: Chapter) -> list[Flowable]:
    """Cadence, what each pillar has week by week, workflow, calendar, briefs."""
    colours = colours_of(chapter)
    return [
        *chapter.section("cadence", cadence(chapter)),
        *chapter.section("shares", shares(chapter, colours), title=chapter.look.say(wording.PILLAR_SHARES)),
        *chapter.section("workflow", workflow(chapter)),
        *chapter.section("entries", _weeks(chapter, colours)),
        *chapter.section("briefs", _briefs(chapter)),
    ]


def _weeks(chapter: Chapter, colours: Mapping[str, str]) -> list[Flowable]:
    look, block = chapter.look, chapter.block("entries")
    if block.is_empty:
        return []
    week, *columns = block.headings
    widths = shares_of(chapter.widths("entries", (_WEEK, *_COLUMNS))[1:], WIDTH - _WEEK, look.least_widths(columns))
    head = Row(
        [Text(look.title_of(heading), look.label) for heading in (week, *columns)],
        [Place(width=width, fill=look.palette.soft) for width in (_WEEK, *widths)],
        padding=(4, 5),
    )
    weeks = [
        _week(chapter, number, list(rows), widths, colours)
        for number, rows in groupby(block.rows, key=lambda row: str(row[0]))
    ]
    return [Grid([head], weeks)]


def _week(
    chapter: Chapter,
    number: str,
    rows: list[tuple[Written, ...]],
    widths: list[float],
    colours: Mapping[str, str],
) -> Flowable:
    """A week's entries beside its number, which stands again where the week goes on."""
    look = chapter.look
    name = Stack([Text(look.say(wording.WEEK), look.quiet), Text(number, look.display(17, look.palette.strong))])
    places = [Place(width=width) for width in widths]
    entries = [
        Row(
            [_cell(chapter, at, value, widths[at - 1] - 8, colours) for at, value in enumerate(row) if at],
            places,
            padding=(4, 4),
            rule=HAIRLINE,
        )
        for row in rows
    ]
    return Row(
        [Row([name], [Place(width=_WEEK)], padding=(4, 5)), Stack(entries)],
        [Place(width=_WEEK, repeats=True), Place(width=sum(widths))],
        rule=look.palette.strong,
        whole=0,
    )


def _cell(chapter: Chapter, at: int, value: Written, width: float, colours: Mapping[str, str]) -> Flowable:
    look, key = chapter.look, chapter.keys("entries")[at]
    if key == "title":
        return Text(str(value), look.small_strong)
    text = Text(str(value), look.tiny)
    if key == "pillar":
        dot = Stack([Space(2), Dot(colours[str(value)], size=5.5)])
        return Row([dot, text], [Place(width=_DOT), Place(width=width - _DOT)])
    return text


def _briefs(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("briefs")
    outlined = {"fill": "", "line": look.palette.line, "padding": 10}
    cards = [look.card(_brief(chapter, row, block.headings), **outlined) for row in block.rows]
    return look.columns(cards, most=3, gap=GAP)


def _brief(chapter: Chapter, row: tuple[Written, ...], headings: tuple[Heading, ...]) -> Flowable:
    look = chapter.look
    fields = [
        look.field(look.title_of(heading), look.text_value(value))
        for heading, value in list(zip(headings, row, strict=True))[1:]
    ]
    return Stack([Text(str(row[0]), look.strong), *fields], gap=5)
