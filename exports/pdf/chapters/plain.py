"""Any deliverable as its definition lays it out: fields, tables, prose and lists, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from exports.dossier import Deliverable
from exports.pdf.boxes import Place, Row, Stack
from exports.pdf.charts import Bar, figure, fraction
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import Look, shares_of
from exports.pdf.text import Text
from exports.pdf.typefaces import width_of
from exports.pdf.writing import unbroken
from stages.definitions.layout import Form
from stages.presentation import Block, Heading, Written, present

_NARROW, _WIDE, _ROOM = 34.0, 190.0, 10.0
_ESTIMATED_ROWS = 200


class Chapter:
    """A deliverable written out, ready to be laid out; blocks are found by the keys of the layout's sections."""

    def __init__(self, look: Look, deliverable: Deliverable) -> None:
        self.look = look
        self.deliverable = deliverable
        self.output = deliverable.output
        written = present(
            deliverable.definition, deliverable.output, language=look.language, provenance=deliverable.provenance
        )
        self.blocks = {block.key: block for block in written}

    def block(self, key: str) -> Block:
        return self.blocks[key]

    def keys(self, key: str) -> list[str]:
        """The keys of a section's labels, in order."""
        sections = self.deliverable.definition.sections
        return next([label.key for label in section.labels] for section in sections if section.key == key)

    def rows(self, *path: str) -> list[dict[str, Any]]:
        """The raw rows at a path, for charts; none if there are none."""
        value: Any = self.output
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []

    def section(self, key: str, parts: Sequence[Flowable], *, title: str = "") -> list[Flowable]:
        """A titled part of the chapter; nothing if there is nothing in it."""
        block = self.blocks.get(key)
        named = title or (block.title if block else "")
        marked = block is not None and bool(block.origins) and self.look.is_assumed(block.origins)
        anchor = f"stage-{self.deliverable.stage_number}-{key}"
        return [self.look.section(named + (self.look.mark if marked else ""), parts, key=anchor)] if parts else []

    def fields(self, key: str, *, most: int = 2) -> list[Flowable]:
        """Fields side by side, without cards."""
        look = self.look
        parts = [
            look.field(look.title_of(heading), look.text_value(value)) for heading, value in self.block(key).fields
        ]
        return look.columns(parts, most=most)

    def table(self, key: str, *, widths: Sequence[float] = (), size: str = "small") -> list[Flowable]:
        """A block as a table, its columns as wide as their texts ask for unless widths are given."""
        block = self.block(key)
        if block.is_empty:
            return []
        look, style = self.look, getattr(self.look, size)
        rows = [[look.value(value, style) for value in row] for row in block.rows]
        heads = [look.head(heading) for heading in block.headings]
        return [
            look.table(heads, rows, shares_of(widths or fitting(block, look), least=look.least_widths(block.headings)))
        ]


def plain(chapter: Chapter) -> list[Flowable]:
    """A chapter without a layout of its own."""
    parts: list[Flowable] = []
    for key, block in chapter.blocks.items():
        parts += chapter.section(key, _block(chapter, key, block))
    return parts


def _block(chapter: Chapter, key: str, block: Block) -> list[Flowable]:
    look = chapter.look
    if block.is_empty:
        return []
    if block.form is Form.PROSE:
        return [Stack([Text(paragraph, look.body) for paragraph in block.paragraphs], gap=7)]
    if block.form is Form.ITEMS:
        return [look.items(block.paragraphs, look.body)]
    if block.form is Form.FIELDS:
        return chapter.fields(key)
    return [*_chart(chapter, key), *chapter.table(key)]


def _chart(chapter: Chapter, key: str) -> list[Flowable]:
    section = next(section for section in chapter.deliverable.definition.sections if section.key == key)
    at = next((at for at, label in enumerate(section.labels) if label.key == section.chart), None)
    rows = chapter.rows(*section.path.split("."))
    if at is None or not chapter.block(key).headings[at].is_number or not rows:
        return []
    written = chapter.block(key).rows
    return [
        bars(
            chapter.look,
            [(str(row[0]), raw.get(section.chart), row[at]) for row, raw in zip(written, rows, strict=True)],
        )
    ]


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
    told = max(width_of(unbroken(str(words)), look.strong.face, 8) for _, _, words in values) + 10
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


def fitting(block: Block, look: Look) -> list[float]:
    """How wide each column asks to be: figures and dates whole, texts by their length within bounds."""
    return [_asked(at, heading, block.rows, look) for at, heading in enumerate(block.headings)]


def _asked(at: int, heading: Heading, rows: Sequence[Sequence[Written]], look: Look) -> float:
    face, size = look.small.face, look.small.size
    texts = [str(row[at]) for row in rows[:_ESTIMATED_ROWS]]
    longest = max((width_of(text[:120], face, size) for text in texts), default=0)
    word = max((width_of(word[:30], look.label.face, look.label.size) for word in heading.title.split()), default=0)
    return min(max(longest, word, _NARROW), _WIDE) + _ROOM
