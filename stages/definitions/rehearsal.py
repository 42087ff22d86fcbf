"""The examples of a catalogue played through: what a consultant gets who answers every question with its example."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agents.interview.answers import read_answer
from agents.interview.progress import applies
from agents.interview.state import InterviewContext, Parsed, ParseFault, Question
from agents.interview.verdict import Verdict
from stages.definitions.base import StageDefinition
from stages.definitions.gate import judge


class ExampleFault(ValueError):
    """An example that its own question does not take."""

    def __init__(self, question: Question, language: str, fault: ParseFault) -> None:
        super().__init__(f"The {language} example of {question.key} is not read: {fault.needs.en}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rehearsed:
    """One stage played: the answers, the deliverable they make and what the gate says of it."""

    definition: StageDefinition
    context: InterviewContext
    answers: dict[str, Any]
    deliverable: dict[str, Any]
    verdict: Verdict


def rehearse(
    catalogue: Iterable[StageDefinition], *, language: str, today: date, only_required: bool = False
) -> list[Rehearsed]:
    """Every stage in turn, each reading what those before it made. Raises `ExampleFault` if an example is not read."""
    context = InterviewContext(
        language=language, today=today, company="Example", website="https://example.com", consultant="Consultant"
    )
    played = []
    for definition in catalogue:
        answers = _answers(definition, context, only_required)
        deliverable = definition.draft(answers, context)
        verdict = judge(definition, deliverable, context)
        played.append(
            Rehearsed(definition=definition, context=context, answers=answers, deliverable=deliverable, verdict=verdict)
        )
        context = replace(context, earlier={**context.earlier, definition.slug: deliverable})
    return played


def _answers(definition: StageDefinition, context: InterviewContext, only_required: bool) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question in definition.questions:
        if not applies(question, answers) or (only_required and not question.required):
            continue
        example = question.example.of(context.language)
        read = read_answer(question, example, answers=answers, context=context, language=context.language)
        if not isinstance(read, Parsed):
            raise ExampleFault(question, context.language, read)
        answers[question.key] = read.value
    return answers
