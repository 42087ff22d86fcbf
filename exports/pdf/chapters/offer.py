"""Stage 3: the offer on one page; the story it is told with has the next."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf.boxes import Place, Row, Space, Stack
from exports.pdf.chapters.chapter import Chapter, Field
from exports.pdf.chapters.story import story
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import Look
from exports.pdf.palette import MUTED
from exports.pdf.text import Text, Type
from exports.pdf.typefaces import Face, width_of
from exports.pdf.writing import unbroken
from stages.presentation import NOTHING

_PRICE, _PADDING = 214.0, 14.0
# What the offer is, and what it costs; all else stands below the price.
_PROMISE = ("name", "headline", "value_proposition", "core")
_PRICES = ("price", "anchor_price")
_MOST_BONUSES = 5
# A headline up to this length is set large.
_LARGE = 64


def layout(chapter: Chapter) -> list[Flowable]:
    """The offer with its price, what is added to it, what it is worth; then the story."""
    return [
        *_offer(chapter),
        *_bonuses(chapter),
        *_equation(chapter),
        *chapter.section("story", story(chapter)),
    ]


def _offer(chapter: Chapter) -> list[Flowable]:
    look, fields = chapter.look, chapter.fields_of("offer")
    if not fields:
        return []
    promise = look.card(Stack(_promise(look, fields), gap=7), padding=_PADDING)
    places = [Place(width=WIDTH - _PRICE - GAP), Place(width=_PRICE)]
    return [Row([promise, _price(look, fields)], places, gap=GAP, even=True), Space(GAP)]


def _promise(look: Look, fields: dict[str, Field]) -> list[Flowable]:
    styles = {
        "name": Type(size=9.5, leading=13, face=Face.STRONG, colour=look.palette.strong),
        "headline": look.display(25 if len(str(fields["headline"][1])) <= _LARGE else 20),
        "value_proposition": Type(size=9.6, leading=14),
    }
    parts: list[Flowable] = [Text(str(fields[key][1]), style) for key, style in styles.items() if key in fields]
    others = [fields[key] for key in _PROMISE if key in fields and key not in styles]
    return [*parts, *(look.field(look.title_of(heading), look.text_value(value)) for heading, value in others)]


def _price(look: Look, fields: dict[str, Field]) -> Flowable:
    palette = look.palette
    label = Type(size=7.4, leading=10, face=Face.STRONG, colour=palette.quiet_on_primary)
    said = Type(size=8.4, leading=11.6, colour=palette.on_primary)
    parts: list[Flowable] = []
    if "price" in fields:
        heading, price = fields["price"]
        size = 28 if len(str(price)) <= 10 else 20
        parts = [
            Text(look.title_of(heading), label),
            Text(unbroken(str(price)), look.display(size, palette.on_primary)),
        ]
    if "anchor_price" in fields:
        heading, anchor = fields["anchor_price"]
        parts.append(_Struck(look.title_of(heading), unbroken(str(anchor)), look))
    for key, (heading, value) in fields.items():
        if key not in (*_PROMISE, *_PRICES) and str(value) != NOTHING:
            parts += [Space(7), Text(look.title_of(heading), label), Text(str(value), said)]
    return look.card(Stack(parts), fill=palette.primary, line=palette.edge, padding=_PADDING)


class _Struck(Row):
    """The price that it is measured by, struck through."""

    def __init__(self, name: str, price: str, look: Look) -> None:
        style = Type(size=8.4, leading=12, colour=look.palette.quiet_on_primary)
        room = _PRICE - 2 * _PADDING
        places = [Place(width=room * 0.55), Place(width=room * 0.45)]
        super().__init__([Text(name, style), Text(price, look.number(style))], places)
        self._colour = style.colour
        self._long = min(places[1].width, width_of(price, style.face, style.size))

    def draw(self) -> None:
        super().draw()
        self.canv.setStrokeColor(HexColor(self._colour))
        self.canv.setLineWidth(0.8)
        self.canv.line(self.width - self._long, self.height - 6.6, self.width, self.height - 6.6)


def _bonuses(chapter: Chapter) -> list[Flowable]:
    """What is added, each with the worry that it takes away."""
    look, block = chapter.look, chapter.block("bonuses")
    if block.is_empty:
        return []
    quiet = Type(size=7.2, leading=10, colour=MUTED)
    cards = []
    for name, *others in block.rows:
        parts: list[Flowable] = [Text(f"+ {name}", look.strong)]
        for heading, value in zip(block.headings[1:], others, strict=True):
            parts += [Text(look.title_of(heading), quiet), Text(str(value), look.small)]
        cards.append(look.card(Stack(parts, gap=2), fill="", line=look.palette.line, padding=10))
    return [look.labelled(chapter.title("bonuses"), look.columns(cards, most=_MOST_BONUSES))]


def _equation(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("value_equation")
    if block.is_empty:
        return []
    parts = [look.field(look.title_of(heading), look.text_value(value)) for heading, value in block.fields]
    equation = Stack(look.columns(parts, most=4, width=WIDTH - 20))
    return [look.labelled(chapter.title("value_equation"), [look.card(equation, padding=10)])]
