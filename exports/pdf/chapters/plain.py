"""Any deliverable as its definition lays it out: fields, tables, prose and lists, one after the other."""

from __future__ import annotations

from reportlab.platypus import Flowable

from exports.pdf.boxes import Stack
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.chapters.figures import bars
from exports.pdf.text import Text
from stages.definitions.layout import Form
from stages.presentation import Block


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
