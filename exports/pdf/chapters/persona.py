"""Stage 1: who the customer is on one card, their story, and the table that grades customers."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Grid, Place, Row, Space, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import Look
from exports.pdf.palette import GRADES, WHITE, readable
from exports.pdf.text import Align, Text, Type, write_line
from exports.pdf.typefaces import Face
from stages.presentation import Heading, Written

_PORTRAIT, _RADIUS = 206.0, 20.0
_CRITERION = 118.0
_PADDING = 15.0
# A first paragraph up to this length is set large.
_LEAD = 420
_GRADE = Type(size=8.6, leading=11, face=Face.STRONG, colour=WHITE)
_MEANING = Type(size=7.2, leading=9.6, colour=WHITE)


def layout(chapter: Chapter) -> list[Flowable]:
    """Persona card, narrative, graded table, the business, the consultancy."""
    return [
        *_card(chapter),
        *chapter.section("narrative", _narrative(chapter)),
        *chapter.section("scaling_up", _grades(chapter)),
        *chapter.section("business", chapter.fields("business", most=3)),
        *chapter.section("consultant", chapter.fields("consultant", most=4)),
    ]


class _Monogram(Flowable):
    """The first letters of a name in a circle."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._letters = "".join(part[0] for part in name.split()[:2]).upper()
        self._look, self.height = look, 2 * _RADIUS

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        return avail_width, self.height

    def draw(self) -> None:
        palette = self._look.palette
        self.canv.setFillColor(HexColor(palette.on_primary))
        self.canv.circle(_RADIUS, _RADIUS, _RADIUS, stroke=0, fill=1)
        letters = Type(
            size=15,
            leading=15,
            face=Face.DISPLAY,
            colour=readable(palette.primary, palette.on_primary),
            align=Align.CENTRE,
        )
        write_line(self.canv, self._letters, _RADIUS, _RADIUS - 5.4, letters)


def _card(chapter: Chapter) -> list[Flowable]:
    look = chapter.look
    fields = list(chapter.fields_of("persona").values())
    if not fields:
        return []
    (_, name), *rest = fields
    portrait = [field for field in rest if not field[1].items][:2]
    lists = [field for field in rest if field not in portrait]
    filled = {"fill": look.palette.primary, "line": look.palette.edge, "padding": _PADDING}
    left = look.card(_portrait(look, name, portrait), **filled)
    room = WIDTH - _PORTRAIT - GAP
    cards = [look.card(look.field(look.title_of(heading), look.text_value(value))) for heading, value in lists]
    right = Stack(look.columns(cards, most=3, width=room))
    return [Row([left, right], [Place(width=_PORTRAIT), Place(width=room)], gap=GAP, even=True), Space(20)]


def _portrait(look: Look, name: Written, fields: list[tuple[Heading, Written]]) -> Flowable:
    palette = look.palette
    label = Type(size=7.4, leading=10, face=Face.STRONG, colour=palette.quiet_on_primary)
    said = Type(size=8.6, leading=12, colour=palette.on_primary)
    inner = _PORTRAIT - 2 * _PADDING
    parts: list[Flowable] = [
        Row(
            [_Monogram(name.text, look), Text(name.text, look.display(18, palette.on_primary))],
            [Place(width=2 * _RADIUS, in_middle=True), Place(width=inner - 2 * _RADIUS - GAP, in_middle=True)],
            gap=GAP,
        )
    ]
    for heading, value in fields:
        parts += [Space(8), Text(look.title_of(heading), label), Space(2), Text(str(value), said)]
    return Stack(parts)


def _narrative(chapter: Chapter) -> list[Flowable]:
    look = chapter.look
    paragraphs = chapter.block("narrative").paragraphs
    if not paragraphs:
        return []
    lead, *rest = paragraphs
    large = len(lead) <= _LEAD
    first = Text(lead, Type(size=12, leading=17.5) if large else Type(size=10, leading=14.5))
    others = Stack([Text(text, look.body) for text in rest], gap=8)
    wide = WIDTH * 0.4
    places = [Place(width=wide), Place(width=WIDTH - wide - 28)]
    return [Row([first, others], places, gap=28)]


def _grades(chapter: Chapter) -> list[Flowable]:
    """The five grades in colour and in words."""
    look, block = chapter.look, chapter.block("scaling_up")
    if block.is_empty:
        return []
    grades = chapter.keys("scaling_up")[1:]
    tones = [GRADES[grade] for grade in grades]
    each = (WIDTH - _CRITERION) / len(tones)
    places = [Place(width=_CRITERION), *(Place(width=each, fill=tint) for _, tint in tones)]
    heads = [Place(width=_CRITERION), *(Place(width=each, fill=tone) for tone, _ in tones)]
    head = Row(
        [
            look.head(block.headings[0]),
            *(
                Stack([Text(look.title_of(heading), _GRADE), Text(look.say(wording.GRADES[grade]), _MEANING)])
                for heading, grade in zip(block.headings[1:], grades, strict=True)
            ),
        ],
        heads,
        padding=(7, 6),
    )
    rows = [
        Row(
            [Text(str(row[0]), look.strong), *(Text(str(value), look.small) for value in row[1:])],
            places,
            padding=(7, 7),
            rule=WHITE,
        )
        for row in block.rows
    ]
    return [Grid([head], rows)]
