"""What a calendar comes to before it is read line by line: its cadence, its pillars week by week, who approves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reportlab.platypus import Flowable

from exports.colours import mix
from exports.pdf import wording
from exports.pdf.boxes import Grid, Place, Row, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.chapters.figures import percents
from exports.pdf.charts import Dot, Strip
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.palette import WHITE, on
from exports.pdf.text import Align, Text, Type
from exports.pdf.typefaces import Face

_NAMES, _COUNTS, _DOT = 170.0, 96.0, 12.0
# Format, pieces a week, channel.
_PIECES = (2, 1, 2)
# A calendar of more weeks shows its pillars only as a whole.
_MOST_WEEKS = 26
# How much of its pillar's colour the ground of the fullest week has.
_FULLEST = 0.6
_STEPS_ACROSS = 4


def colours_of(chapter: Chapter) -> dict[str, str]:
    """A colour for each pillar, in the order they first appear."""
    at = chapter.keys("entries").index("pillar")
    names = dict.fromkeys(str(row[at]) for row in chapter.block("entries").rows)
    return {name: chapter.look.palette.of_series(place) for place, name in enumerate(names)}


def cadence(chapter: Chapter) -> list[Flowable]:
    """When it begins, who makes it, and how many pieces a week of what."""
    look, fields = chapter.look, chapter.block("cadence").fields
    left = Stack([look.field(look.title_of(heading), look.text_value(value)) for heading, value in fields], gap=7)
    wide = WIDTH * 0.36
    aside = WIDTH - wide - 2 * GAP
    return [Row([left, Stack(_pieces(chapter, aside))], [Place(width=wide), Place(width=aside)], gap=2 * GAP)]


def _pieces(chapter: Chapter, width: float) -> list[Flowable]:
    return chapter.table("pieces", widths=_PIECES, width=width)


def shares(chapter: Chapter, colours: Mapping[str, str]) -> list[Flowable]:
    """How many pieces each pillar has, of all and in each week."""
    keys = chapter.keys("entries")
    pillar, week = keys.index("pillar"), keys.index("week")
    entries = [(str(row[pillar]), str(row[week])) for row in chapter.block("entries").rows]
    if not entries:
        return []
    pieces, totals = Counter(entries), Counter(name for name, _ in entries)
    weeks = list(dict.fromkeys(number for _, number in entries))
    shown = weeks if len(weeks) <= _MOST_WEEKS else []
    fullest = max(pieces.values())
    lines = []
    for name, share in zip(colours, percents([totals[name] for name in colours], chapter.look), strict=True):
        counts = [pieces[name, number] for number in shown]
        grounds = [mix(WHITE, colours[name], _FULLEST * count / fullest) for count in counts]
        told = f"{totals[name]} {chapter.look.say(wording.PIECES)} · {share}"
        lines.append(_pillar(chapter, name, colours[name], counts, grounds, told))
    strip = Strip([Decimal(totals[name]) for name in colours], list(colours.values()), thickness=12)
    return [Stack([strip, Grid([_weeks(chapter, shown)], lines)], gap=6)]


def _places(weeks: int) -> list[Place]:
    each = (WIDTH - _NAMES - _COUNTS) / max(1, weeks)
    return [Place(width=_NAMES, in_middle=True), *[Place(width=each)] * weeks, Place(width=_COUNTS)]


def _weeks(chapter: Chapter, weeks: list[str]) -> Row:
    look = chapter.look
    centred = replace(look.label, align=Align.CENTRE)
    names = [Text(week, centred) for week in weeks]
    week = look.say(wording.WEEK) if weeks else ""
    return Row([Text(week, look.quiet), *names, Text("", look.quiet)], _places(len(weeks)), padding=(2, 2))


def _pillar(chapter: Chapter, name: str, colour: str, counts: list[int], grounds: list[str], told: str) -> Row:
    look = chapter.look
    cells = [Text(str(count or ""), _count_on(ground)) for count, ground in zip(counts, grounds, strict=True)]
    named = Row([Dot(colour), Text(name, look.small)], [Place(width=_DOT, in_middle=True), Place(width=_NAMES - 16)])
    first, *middle, last = _places(len(counts))
    filled = [replace(place, fill=ground) for place, ground in zip(middle, grounds, strict=True)]
    total = Text(told, look.number(look.tiny))
    return Row([named, *cells, total], [first, *filled, last], padding=(2, 4.5), rule=WHITE)


def _count_on(ground: str) -> Type:
    return Type(size=8, leading=10, face=Face.STRONG, colour=on(ground), align=Align.CENTRE)


def workflow(chapter: Chapter) -> list[Flowable]:
    """The steps to publication, in order."""
    look, block = chapter.look, chapter.block("workflow")
    across = min(_STEPS_ACROSS, len(block.rows)) or 1
    wide = (WIDTH - (across - 1) * GAP) / across
    places = [Place(width=22), Place(width=wide - 22 - 18)]
    number = look.display(16, look.palette.strong)
    cards = []
    for at, (step, *others) in enumerate(block.rows, 1):
        told = [Text(str(step), look.small_strong), *(Text(str(value), look.quiet) for value in others)]
        cards.append(look.card(Row([Text(str(at), number), Stack(told, gap=1)], places), padding=9))
    return look.columns(cards, most=_STEPS_ACROSS)
