"""What was said in a stage: questions with their answers, and the messages of each round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agents.interview.parsing.grades import LEVELS
from agents.interview.progress import applies
from agents.interview.rendering import render_answer, render_row
from agents.interview.state import InterviewState, Question, QuestionKind
from stages.console import wording
from stages.definitions.catalogue import definition as definition_of_number
from stages.models import Stage, StageMessage


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A question and what was answered; a grid has `columns` and `rows`, all else `text`."""

    name: str
    question: str
    text: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    origin: wording.OriginWords | None = None
    state: Promise | str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerPhase:
    """A phase with its questions."""

    title: str
    answers: Sequence[Answer]


def answers_of(stage: Stage) -> list[AnswerPhase]:
    """All questions that apply, by phase, answered or not; in the account's language."""
    definition = definition_of_number(stage.number)
    state = InterviewState.model_validate(stage.state or {})
    language = stage.account.language
    phases = []
    for phase in definition.phases:
        questions = [q for q in definition.questions if q.phase == phase.key and applies(q, state.answers)]
        answers = [_answer(question, state, language) for question in questions]
        phases.append(AnswerPhase(title=phase.title.of(language), answers=answers))
    return phases


def _answer(question: Question, state: InterviewState, language: str) -> Answer:
    named = {"name": question.name.of(language), "question": question.text.of(language)}
    if question.key not in state.answers:
        return Answer(**named, state=_waiting(question, state))
    value = state.answers[question.key]
    origin = wording.ORIGINS.get(state.origins.get(question.key, ""))
    reopened = _("sent back by the gate") if question.key in state.reopened else ""
    if question.kind is QuestionKind.TABLE and value:
        columns = [column.label.of(language) for column in question.columns]
        rows = [render_row(question.columns, row, language).split(" | ") for row in value]
        return Answer(**named, columns=columns, rows=rows, origin=origin, state=reopened)
    if question.kind is QuestionKind.GRADES and value:
        columns = [_("Criterion"), *(level.of(language) for level in LEVELS.values())]
        rows = [[row["criterion"], *(row[level] for level in LEVELS)] for row in value]
        return Answer(**named, columns=columns, rows=rows, origin=origin, state=reopened)
    return Answer(**named, text=render_answer(question, value, language), origin=origin, state=reopened)


def _waiting(question: Question, state: InterviewState) -> str:
    if question.key == state.current_question:
        return _("being asked")
    return _("passed over") if question.key in state.skipped else _("not answered yet")


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """What was said in one round of a stage; the last one is the one that counts."""

    number: int
    messages: Sequence[Spoken]
    is_current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """A message of the conversation, with what it took."""

    message: StageMessage
    by_agent: bool
    facts: Sequence[str]
    sources: Sequence[dict[str, Any]]


def rounds_of(stage: Stage) -> list[Round]:
    """The conversation by rounds, the newest round first."""
    spoken = [_spoken(message) for message in stage.messages.all()]
    rounds = [
        Round(number=number, messages=list(messages), is_current=number == stage.round)
        for number, messages in groupby(spoken, key=lambda entry: entry.message.round)
    ]
    return rounds[::-1]


def _spoken(message: StageMessage) -> Spoken:
    data = message.metadata or {}
    facts = [data.get("model_used") or ""]
    tokens = (data.get("usage") or {}).get("total_tokens") or 0
    if tokens:
        facts.append(_("%(tokens)d tokens") % {"tokens": tokens})
    if data.get("cost_usd") and float(data["cost_usd"]):
        facts.append(f"${float(data['cost_usd']):.4f}")
    facts += [f"{tool['name']}: {tool['outcome']}" for tool in data.get("tools_used", [])]
    return Spoken(
        message=message,
        by_agent=message.role == StageMessage.Role.ASSISTANT,
        facts=[fact for fact in facts if fact],
        sources=[_source(source) for source in data.get("sources", [])],
    )


def _source(source: dict[str, Any]) -> dict[str, Any]:
    """A source's address becomes a link only if it is one of the web."""
    address = source.get("url") or ""
    safe = address if address.startswith(("https://", "http://")) else ""
    return {"title": source.get("title") or address, "url": safe, "page": source.get("page")}
