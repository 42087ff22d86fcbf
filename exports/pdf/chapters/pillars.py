"""Stage 5: the pillars as a map, a pillar a column; keywords; what answer engines need."""

from __future__ import annotations

from decimal import Decimal

from reportlab.platypus import Flowable

from exports.pdf import wording
from exports.pdf.boxes import Place, Row, Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.chapters.figures import bars, percents
from exports.pdf.charts import Dot, Strip
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.palette import on
from exports.pdf.text import Text, Type
from exports.pdf.typefaces import Face
from stages.presentation import Written

_MOST_ACROSS, _ROOM_FOR_TWO = 5, 150.0


def layout(chapter: Chapter) -> list[Flowable]:
    """The pillars and what weighs how much, the checklist, the map of clusters, keywords."""
    say = chapter.look.say
    return [
        *chapter.section("pillars", _charts(chapter)),
        *chapter.section("aeo_checklist", _checklist(chapter)),
        *chapter.section("clusters", _map(chapter), title=say(wording.PILLAR_MAP)),
        *chapter.section("keywords", chapter.table("keywords", widths=(180, 80, 140, 70, 60, 70))),
    ]


def _charts(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("pillars")
    if block.is_empty:
        return []
    half = (WIDTH - 2 * GAP) / 2
    at = chapter.keys("pillars").index("opportunity")
    values = [
        (str(row[0]), given.get("opportunity"), row[at])
        for row, given in zip(block.rows, chapter.rows("pillars"), strict=True)
    ]
    colours = [look.palette.of_series(at) for at in range(len(values))]
    left = look.field(look.say(wording.OPPORTUNITY), bars(look, values, colours=colours, width=half, whole=10))
    right = look.field(look.say(wording.PILLAR_SHARES), _shares(chapter, colours, half))
    charts = Row([left, right], [Place(width=half)] * 2, gap=2 * GAP)
    return [Stack([*_pillars(chapter), charts], gap=18)]


def _pillars(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("pillars")
    cards = []
    for at, row in enumerate(block.rows):
        fields = [
            look.field(look.title_of(heading), look.text_value(value))
            for heading, value in list(zip(block.headings, row, strict=True))[2:]
        ]
        room = _inner(len(block.rows))
        intent = look.columns(fields[1:], most=2 if room >= _ROOM_FOR_TWO else 1, width=room, gap=6)
        parts = [Text(str(row[0]), look.display(13)), Text(str(row[1]), look.small), *fields[:1], *intent]
        cards.append(look.card(Stack(parts, gap=6), top_bar=look.palette.of_series(at)))
    return look.columns(cards, most=_MOST_ACROSS)


def _inner(cards: int) -> float:
    """How much room there is in one of so many cards."""
    across = min(cards, _MOST_ACROSS)
    return (WIDTH - GAP * (across - 1)) / across - 24


def _shares(chapter: Chapter, colours: list[str], width: float) -> Flowable:
    """How much of what is to be written belongs to each pillar: its hub pages and their pieces."""
    look = chapter.look
    names = [str(row[0]) for row in chapter.block("pillars").rows]
    counts = [
        sum(1 + len(row.get("spokes") or []) for row in chapter.rows("clusters") if row.get("pillar") == name)
        for name in names
    ]
    pieces = look.say(wording.PIECES)
    lines = [
        Row(
            [
                Dot(colour),
                Text(name, look.small),
                Text(f"{count} {pieces} · {share}", look.number(look.small)),
            ],
            [Place(width=14, in_middle=True), Place(width=width * 0.5), Place(width=width * 0.5 - 14)],
        )
        for name, count, share, colour in zip(names, counts, percents(counts, look), colours, strict=True)
    ]
    return Stack([Strip([Decimal(count) for count in counts], colours), *lines], gap=4)


def _map(chapter: Chapter) -> list[Flowable]:
    rows = (*chapter.block("pillars").rows, *chapter.block("clusters").rows)
    names = dict.fromkeys(str(row[0]) for row in rows)
    columns = [_pillar(chapter, at, name) for at, name in enumerate(names)]
    return chapter.look.columns(columns, most=_MOST_ACROSS)


def _pillar(chapter: Chapter, at: int, name: str) -> Flowable:
    look = chapter.look
    colour = look.palette.of_series(at)
    hubs = [_hub(chapter, colour, cluster) for cluster in chapter.block("clusters").rows if str(cluster[0]) == name]
    return look.card(
        Stack([Text(name, look.display(13)), *hubs], gap=8), fill="", line=look.palette.line, top_bar=colour
    )


def _hub(chapter: Chapter, colour: str, cluster: tuple[Written, ...]) -> Flowable:
    look, headings = chapter.look, chapter.block("clusters").headings
    ink = on(colour)
    hub = Stack(
        [
            Text(look.title_of(headings[1]), Type(size=7.2, leading=9.8, colour=ink)),
            Text(str(cluster[1]), Type(size=9, leading=12, face=Face.STRONG, colour=ink)),
        ]
    )
    return Stack(
        [
            look.card(hub, fill=colour, padding=8),
            *(
                look.field(look.title_of(heading), look.text_value(value))
                for heading, value in zip(headings[2:], cluster[2:], strict=True)
            ),
        ],
        gap=7,
    )


def _checklist(chapter: Chapter) -> list[Flowable]:
    look, block = chapter.look, chapter.block("aeo_checklist")
    cards = [
        look.card(
            look.field(look.title_of(heading), look.items(value.items or (value.text,), bullet="☐", gap=4)),
            fill="",
            line=look.palette.line,
        )
        for heading, value in block.fields
    ]
    return look.columns(cards, most=4)
