"""Stage 3: the offer on one page, and the story it is told with."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf.boxes import Place, Row, Space, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import Look
from exports.pdf.palette import GAIN, LOSS, MUTED
from exports.pdf.text import Text, Type
from exports.pdf.typefaces import Face, width_of
from exports.pdf.writing import unbroken
from stages.presentation import Heading, Written

_PRICE = 214.0

Fields = dict[str, tuple[Heading, Written]]


def layout(chapter: Chapter) -> list[Flowable]:
    """The offer with its price, what is added to it, what it is worth; then the story."""
    return [
        *_offer(chapter),
        *_bonuses(chapter),
        *_equation(chapter),
        *chapter.section("story", _story(chapter)),
    ]


def _fields(chapter: Chapter, key: str) -> Fields:
    section = next(section for section in chapter.deliverable.definition.sections if section.key == key)
    return dict(zip([label.key for label in section.labels], chapter.block(key).fields, strict=False))


def _offer(chapter: Chapter) -> list[Flowable]:
    look, fields = chapter.look, _fields(chapter, "offer")
    if not fields:
        return []
    head = Stack(
        [
            Text(str(fields["name"][1]), Type(size=9.5, leading=13, face=Face.STRONG, colour=look.palette.strong)),
            Text(str(fields["headline"][1]), look.display(25)),
            Space(2),
            Text(str(fields["value_proposition"][1]), look.body),
            Space(2),
            _named(look, fields["core"]),
        ],
        gap=4,
    )
    places = [Place(width=WIDTH - _PRICE - GAP), Place(width=_PRICE)]
    return [Row([look.card(head, padding=14), _price(look, fields)], places, gap=GAP, even=True), Space(GAP)]


def _price(look: Look, fields: Fields) -> Flowable:
    palette = look.palette
    label = Type(size=7.4, leading=10, face=Face.STRONG, colour=palette.quiet_on_primary)
    said = Type(size=8.4, leading=11.6, colour=palette.on_primary)
    price = unbroken(str(fields["price"][1]))
    size = 28 if len(price) <= 10 else 20
    parts: list[Flowable] = [
        Text(look.title_of(fields["price"][0]), label),
        Text(price, look.display(size, palette.on_primary)),
        _Struck(look.title_of(fields["anchor_price"][0]), unbroken(str(fields["anchor_price"][1])), look),
    ]
    for key in ("guarantee", "urgency", "currency"):
        heading, value = fields[key]
        parts += [Space(7), Text(look.title_of(heading), label), Text(str(value), said)]
    return look.card(Stack(parts), fill=palette.primary, line=palette.edge, padding=14)


class _Struck(Row):
    """The price it is measured by, struck through."""

    def __init__(self, name: str, price: str, look: Look) -> None:
        style = Type(size=8.4, leading=12, colour=look.palette.quiet_on_primary)
        super().__init__([Text(name, style), Text(price, look.number(style))], [Place(width=104), Place(width=82)])
        self._line = look.palette.quiet_on_primary
        self._long = min(82.0, width_of(price, style.face, style.size))

    def draw(self) -> None:
        super().draw()
        self.canv.setStrokeColor(HexColor(self._line))
        self.canv.setLineWidth(0.8)
        self.canv.line(self.width - self._long, self.height - 6.6, self.width, self.height - 6.6)


def _bonuses(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("bonuses")
    if block.is_empty:
        return []
    cards = [
        look.card(
            Stack(
                [
                    Text(f"+ {row[0]}", look.strong),
                    Text(block.headings[1].title, Type(size=7.2, leading=10, colour=MUTED)),
                    Text(str(row[1]), look.small),
                ],
                gap=2,
            ),
            fill="",
            line=look.palette.line,
            padding=10,
        )
        for row in block.rows
    ]
    return [
        Text(chapter.block("bonuses").title, look.label),
        Space(4),
        *look.columns(cards, most=min(5, len(cards))),
        Space(GAP),
    ]


def _equation(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("value_equation")
    if not block.fields:
        return []
    parts = [look.field(look.title_of(heading), look.text_value(value)) for heading, value in block.fields]
    return [
        Text(block.title, look.label),
        Space(4),
        look.card(Stack(look.columns(parts, most=4, width=WIDTH - 20)), padding=10),
    ]


def _named(look: Look, field: tuple[Heading, Written]) -> Flowable:
    heading, value = field
    return look.field(look.title_of(heading), look.text_value(value, look.body))


def _story(chapter: Chapter) -> list[Flowable]:
    look, fields = chapter.look, _fields(chapter, "story")
    if not fields:
        return []

    def card(*keys: str, **ground: object) -> Flowable:
        return look.card(Stack([_named(look, fields[key]) for key in keys], gap=8), **ground)

    steps = [
        look.card(
            Row(
                [Text(str(at), look.display(20, look.palette.strong)), Text(step, look.body)],
                [Place(width=26), Place(width=WIDTH / 3 - 26 - 34)],
            ),
            fill="",
            line=look.palette.line,
        )
        for at, step in enumerate(fields["plan"][1].items, 1)
    ]
    lined = {"fill": "", "line": look.palette.line}
    return [
        Stack(
            [
                card("character"),
                *look.columns([card(key, **lined) for key in _PROBLEMS], most=3),
                *look.columns([card("empathy"), card("authority")], most=2),
                Stack([_lead(Text(look.title_of(fields["plan"][0]), look.label)), *look.columns(steps, most=3)], gap=4),
                *look.columns(
                    [
                        card("call_to_action", top_bar=look.palette.accent),
                        card("success", top_bar=GAIN),
                        card("failure", top_bar=LOSS),
                    ],
                    most=3,
                ),
            ],
            gap=GAP,
        )
    ]


_PROBLEMS = ("external_problem", "internal_problem", "philosophical_problem")


def _lead(text: Text) -> Text:
    text.leads = True
    return text
