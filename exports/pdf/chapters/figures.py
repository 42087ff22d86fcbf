"""Charts and tables that tell one thing together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportlab.platypus import Flowable

from exports.pdf.boxes import Grid, Place, Row, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.charts import Bar, Donut, Dot, Strip, figure, fraction
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import Look, shares_of
from exports.pdf.palette import HAIRLINE
from exports.pdf.text import Text
from exports.pdf.typefaces import width_of
from exports.pdf.writing import unbroken
from stages.definitions.layout import Format
from stages.definitions.rounding import apportion
from stages.presentation import Block, Heading, Written, write

_RING, _DOT = 136.0, 16.0
# A ring of more parts than this says nothing: then it is a bar.
_MOST_IN_RING = 10
_TILES_ACROSS = 6
_SIZES = (14.0, 13.0, 12.0, 11.0, 9.0)


def bars(
    look: Look,
    values: Sequence[tuple[str, Any, Written]],
    *,
    colours: Sequence[str] = (),
    width: float = WIDTH,
    whole: Any = None,
) -> Flowable:
    """A bar a row: name, value drawn, value in words. The longest fills its track, unless a whole is given."""
    most = whole if whole is not None else max((figure(value) for _, value, _ in values), default=0)
    named = min(max(width_of(name, look.small.face, look.small.size) for name, _, _ in values) + 4, width * 0.5)
    longest = max(width_of(unbroken(str(words)), look.small.face, look.small.size) for _, _, words in values)
    told = min(longest + 10, width * 0.25)
    places = [Place(width=named), Place(width=width - named - told - 2 * GAP, in_middle=True), Place(width=told)]
    rows = [
        Row(
            [
                Text(name, look.small),
                Bar(fraction(value, most), colours[at % len(colours)] if colours else look.palette.of_series(0)),
                Text(unbroken(str(words)), look.number(look.small)),
            ],
            places,
            gap=GAP,
        )
        for at, (name, value, words) in enumerate(values)
    ]
    return Stack(rows, gap=3)


def percents(counts: Sequence[int], look: Look) -> list[str]:
    """The shares of a whole in words, in whole percents that sum to a hundred."""
    shares = apportion(Decimal(100), [Decimal(count) for count in counts], Decimal(1))
    return [unbroken(str(write(share, Format.PERCENT, language=look.language))) for share in shares]


def donut(
    chapter: Chapter, *, parts: Sequence[Any], middle: str, caption: str, block: Block, widths: Sequence[float]
) -> list[Flowable]:
    """A table whose rows are the parts of a ring; of many parts, of a bar above it."""
    look = chapter.look
    colours = [look.palette.of_series(at) for at in range(len(block.rows))]
    amounts = [figure(part) for part in parts]
    if len(parts) > _MOST_IN_RING:
        return [Strip(amounts, colours), legend(look, block, colours, widths, WIDTH)]
    ring = Donut(amounts, colours, diameter=_RING, middle=unbroken(middle), caption=caption)
    aside = WIDTH - _RING - 2 * GAP - 20
    places = [Place(width=_RING + 20, in_middle=True), Place(width=aside, in_middle=True)]
    return [Row([ring, legend(look, block, colours, widths, aside)], places, gap=2 * GAP)]


def legend(look: Look, block: Block, colours: Sequence[str], widths: Sequence[float], width: float) -> Flowable:
    """A table with a colour before each row."""
    places = [Place(width=_DOT), *(Place(width=each) for each in shares_of(widths, width - _DOT))]
    middle = [Place(width=place.width, in_middle=True) for place in places[:1]] + places[1:]
    head = Row(
        [Text("", look.label), *(look.head(heading) for heading in block.headings)],
        places,
        padding=(3, 5),
        rule=HAIRLINE,
    )
    rows = [
        Row([Dot(colour), *(look.value(value) for value in row)], middle, padding=(3, 5), rule=HAIRLINE)
        for row, colour in zip(block.rows, colours, strict=True)
    ]
    return Grid([head], rows)


def tiles(look: Look, fields: Sequence[tuple[Heading, Written]], *, across: int = _TILES_ACROSS) -> list[Flowable]:
    """Figures in large type, each under its name."""
    room = (WIDTH - GAP * (across - 1)) / across - 20
    cards = [
        look.card(Stack([Text(look.title_of(heading), look.label), _figure(look, str(value), room)], gap=3), padding=10)
        for heading, value in fields
    ]
    return [Stack(look.columns(cards, most=across), gap=8)] if cards else []


def _figure(look: Look, text: str, room: float) -> Text:
    whole = unbroken(text)
    fitting = (size for size in _SIZES if width_of(whole, look.display(size).face, size) <= room)
    return Text(whole, look.display(next(fitting, _SIZES[-1])))
