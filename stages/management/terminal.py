"""Deliverables and answers on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agents.interview.rendering import render_answer
from agents.interview.state import InterviewState
from stages.console import wording
from stages.definitions.base import StageDefinition
from stages.definitions.layout import Form
from stages.presentation import NOTHING, Block, Written, present

# A table wider than this is shown on its side if its rows are as few, else row by row.
MOST_COLUMNS, MOST_TURNED = 7, 8


def console_for(file: Any) -> Console:
    """A console on a command's output; on anything but a terminal it is plain and of a fixed width."""
    return Console(file=file, width=None if file.isatty() else 140, highlight=False)


def show_deliverable(console: Console, definition: StageDefinition, output: Mapping[str, Any], language: str) -> None:
    """Every section of a deliverable, in the deliverable's language."""
    for block in present(definition, output, language=language):
        console.print()
        console.print(Text(block.title, style="bold"))
        if block.is_empty:
            console.print(Text(NOTHING, style="dim"))
        elif block.form is Form.FIELDS:
            console.print(_fields(block))
        elif block.form is Form.TABLE:
            _show_table(console, block)
        else:
            for paragraph in block.paragraphs:
                console.print(Padding(Text(paragraph), (0, 0, 1, 2)))


def show_answers(console: Console, definition: StageDefinition, state: InterviewState, language: str) -> None:
    """What was answered in a stage so far."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for question in definition.questions:
        if question.key in state.answers:
            value = render_answer(question, state.answers[question.key], language)
            table.add_row(Text(question.name.of(language), style="bold"), Text(value))
    console.print(table if table.row_count else Text(NOTHING, style="dim"))


def show_verdict(console: Console, report: Mapping[str, Any]) -> None:
    """What the gate said: decision, scores, issues."""
    scores = report["scores"]
    facts = (
        str(wording.DECISIONS[report["decision"]]).capitalize(),
        f"{_('Completeness')} {scores['completeness']}",
        f"{_('Coherence')} {scores['coherence']}",
    )
    console.print(Text(" · ".join(facts), style="dim"))
    for issue in report["issues"]:
        console.print(Text(f"· {issue['message']} {issue['suggestion']}".rstrip()))


def _fields(block: Block) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for heading, value in block.fields:
        table.add_row(Text(heading.title, style="dim"), _text(value))
    return table


def _show_table(console: Console, block: Block) -> None:
    if len(block.headings) <= MOST_COLUMNS:
        console.print(_upright(block))
    elif block.on_its_side or len(block.rows) <= MOST_TURNED:
        console.print(_turned(block))
    else:
        console.print(Text(" · ".join(heading.title for heading in block.headings), style="dim"))
        for row in block.rows:
            console.print(Text(" · ".join(str(value) for value in row if str(value) not in ("", NOTHING))))


def _upright(block: Block) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in block.headings:
        table.add_column(heading.title, justify="right" if heading.is_number else "left")
    for row in block.rows:
        table.add_row(*map(_text, row))
    return table


def _turned(block: Block) -> Table:
    head, *lines = block.lines
    table = Table(head[0].title, *(str(value) for value in head[1]), box=None, padding=(0, 2, 0, 0))
    for heading, values in lines:
        table.add_row(Text(heading.title, style="dim"), *map(_text, values))
    return table


def _text(value: Written) -> Text:
    return Text("\n".join(_bullets(value.items)) if len(value.items) > 1 else str(value))


def _bullets(items: Iterable[str]) -> list[str]:
    return [f"· {item}" for item in items]
