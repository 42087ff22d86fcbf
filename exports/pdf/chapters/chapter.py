"""A deliverable written out, with what every layout makes of it: titled parts, fields, tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from reportlab.platypus import Flowable

from exports.dossier import Deliverable
from exports.pdf.geometry import WIDTH
from exports.pdf.look import Look, shares_of
from exports.pdf.text import Type
from exports.pdf.typefaces import width_of
from stages.presentation import Block, Heading, Written, present

_NARROW, _WIDE, _ROOM = 34.0, 190.0, 10.0
# The rows and characters by which a column's width is judged.
_JUDGED_ROWS, _JUDGED_TEXT = 200, 120

Field: TypeAlias = tuple[Heading, Written]


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

    def fields_of(self, key: str) -> dict[str, Field]:
        """A section's fields by their keys; each knows where it comes from, also if all come from one place."""
        block = self.block(key)
        headings = [replace(heading, origins=heading.origins or block.origins) for heading, _ in block.fields]
        values = [value for _, value in block.fields]
        return dict(zip(self.keys(key), zip(headings, values, strict=True), strict=False))

    def title(self, key: str) -> str:
        """A section's title, marked if all of it is assumed."""
        block = self.block(key)
        return block.title + (self.look.mark if self.look.is_assumed(block.origins) else "")

    def widths(self, key: str, given: Sequence[float]) -> Sequence[float]:
        """The column widths given for a table, or fitting ones if it has other columns than those were made for."""
        block = self.block(key)
        return given if len(given) == len(block.headings) else fitting(block, self.look)

    def block(self, key: str) -> Block:
        """A section as it is written. Raises `KeyError` if the stage has none of that key."""
        return self.blocks[key]

    def keys(self, key: str) -> list[str]:
        """The keys of a section's labels, in order."""
        sections = self.deliverable.definition.sections
        return next([label.key for label in section.labels] for section in sections if section.key == key)

    def rows(self, *path: str) -> list[Mapping[str, Any]]:
        """The raw rows at a path, for charts; none if there are none."""
        value: Any = self.output
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []

    def section(self, key: str, parts: Sequence[Flowable], *, title: str = "") -> list[Flowable]:
        """A titled part of the chapter; nothing if there is nothing in it."""
        anchor = f"stage-{self.deliverable.stage_number}-{key}"
        return [self.look.section(title or self.title(key), parts, key=anchor)] if parts else []

    def fields(self, key: str, *, most: int = 2) -> list[Flowable]:
        """Fields side by side, without cards."""
        look = self.look
        parts = [
            look.field(look.title_of(heading), look.text_value(value)) for heading, value in self.block(key).fields
        ]
        return look.columns(parts, most=most)

    def table(
        self, key: str, *, widths: Sequence[float] = (), width: float = WIDTH, style: Type | None = None
    ) -> list[Flowable]:
        """A block as a table, its columns as wide as their texts ask for unless widths are given."""
        block, look = self.block(key), self.look
        if block.is_empty:
            return []
        after = [False, *(heading.is_number for heading in block.headings)]
        heads = [look.head(heading, apart=apart) for heading, apart in zip(block.headings, after, strict=False)]
        rows = [
            [look.value(value, style, apart=apart) for value, apart in zip(row, after, strict=False)]
            for row in block.rows
        ]
        return [look.table(heads, rows, shares_of(self.widths(key, widths), width, look.least_widths(block.headings)))]


def fitting(block: Block, look: Look) -> list[float]:
    """How wide each column asks to be: figures and dates whole, texts by their length within bounds."""
    face, size = look.small.face, look.small.size
    columns = zip(*block.rows[:_JUDGED_ROWS], strict=True)
    longest = [max(width_of(str(value)[:_JUDGED_TEXT], face, size) for value in column) for column in columns]
    return [min(max(width, _NARROW), _WIDE) + _ROOM for width in longest]
