"""The story of an offer, from who it is about to how it ends: a row for each of its turns."""

from __future__ import annotations

from reportlab.platypus import Flowable

from exports.pdf.boxes import Place, Row, Stack
from exports.pdf.chapters.chapter import Chapter, Field
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.look import Look
from exports.pdf.palette import GAIN, LOSS
from exports.pdf.text import Text
from stages.presentation import Heading, Written

_PLAN = "plan"
_TURNS = (
    ("character",),
    ("external_problem", "internal_problem", "philosophical_problem"),
    ("empathy", "authority"),
    (_PLAN,),
    ("call_to_action", "success", "failure"),
)
# The turns that are told on the brand's tint; the others stand on white.
_TINTED = ("character", "empathy", "authority", "call_to_action", "success", "failure")
_MOST_ACROSS, _NUMBER, _PADDING = 3, 26.0, 12.0


def story(chapter: Chapter) -> list[Flowable]:
    """Its turns in order; what has no place among them comes last."""
    look, fields = chapter.look, chapter.fields_of("story")
    if not fields:
        return []
    placed = {key for turn in _TURNS for key in turn}
    turns = (*_TURNS, tuple(key for key in fields if key not in placed))
    rows = [row for turn in turns for row in _turn(look, [(key, fields[key]) for key in turn if key in fields])]
    return [Stack(rows, gap=GAP)]


def _turn(look: Look, fields: list[tuple[str, Field]]) -> list[Flowable]:
    if [key for key, _ in fields] == [_PLAN]:
        return [_plan(look, *fields[0][1])]
    return look.columns([_card(look, key, field) for key, field in fields], most=_MOST_ACROSS)


def _card(look: Look, key: str, field: Field) -> Flowable:
    heading, value = field
    part = look.field(look.title_of(heading), look.text_value(value, look.body))
    if key not in _TINTED:
        return look.card(part, fill="", line=look.palette.line)
    bars = {"call_to_action": look.palette.accent, "success": GAIN, "failure": LOSS}
    return look.card(part, top_bar=bars.get(key, ""))


def _plan(look: Look, heading: Heading, value: Written) -> Flowable:
    """The steps, numbered."""
    steps = value.items or (str(value),)
    across = min(_MOST_ACROSS, len(steps))
    room = (WIDTH - GAP * (across - 1)) / across - 2 * _PADDING
    places = [Place(width=_NUMBER), Place(width=room - _NUMBER)]
    number = look.display(20, look.palette.strong)
    cards = [
        look.card(Row([Text(str(at), number), Text(step, look.body)], places), fill="", line=look.palette.line)
        for at, step in enumerate(steps, 1)
    ]
    return look.field(look.title_of(heading), Stack(look.columns(cards, most=_MOST_ACROSS)))
