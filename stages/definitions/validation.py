"""What is wrong with a catalogue of stages, if anything: for the system check that runs before the server starts."""

from __future__ import annotations

import types
import typing
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from agents.interview.state import Origin, QuestionKind
from agents.interview.verdict import Decision
from stages.definitions.base import StageDefinition, UnknownAnswer
from stages.definitions.layout import Form, Section
from stages.definitions.rehearsal import ExampleFault, rehearse

LANGUAGES = ("es", "en")
# Any day does: the examples must hold on all.
REHEARSAL_DAY = date(2027, 1, 4)


class Problem(NamedTuple):
    """A fault of the catalogue; `code` is the number of the system check."""

    code: str
    message: str


def problems(
    catalogue: Sequence[StageDefinition], *, prompts: Collection[str], tools: Collection[str]
) -> list[Problem]:
    """Every fault found. `prompts` and `tools` are the names there are."""
    found = [*_numbers(catalogue)]
    for stage in catalogue:
        found += [*_resources(stage, prompts, tools), *_questions(stage), *_layout(stage), *_traces(stage)]
    return found or _rehearsals(catalogue)


def _numbers(catalogue: Sequence[StageDefinition]) -> Iterator[Problem]:
    numbers = [stage.number for stage in catalogue]
    if numbers != list(range(1, len(catalogue) + 1)):
        yield Problem("E001", f"Stages must be numbered 1, 2, 3… in order; they are {numbers}.")
    slugs = [stage.slug for stage in catalogue]
    for slug in {slug for slug in slugs if slugs.count(slug) > 1}:
        yield Problem("E001", f"Two stages have the slug {slug}.")


def _resources(stage: StageDefinition, prompts: Collection[str], tools: Collection[str]) -> Iterator[Problem]:
    if stage.prompt not in prompts:
        yield Problem("E002", f"Stage {stage.slug} names the prompt {stage.prompt}, which does not exist.")
    for tool in stage.tools:
        if tool not in tools:
            yield Problem("E003", f"Stage {stage.slug} names the tool {tool}, which does not exist.")


def _questions(stage: StageDefinition) -> Iterator[Problem]:
    phases = [phase.key for phase in stage.phases]
    seen: list[str] = []
    for question in stage.questions:
        where = f"Question {question.key} of stage {stage.slug}"
        if question.key in seen:
            yield Problem("E004", f"{where} is there twice.")
        if question.phase not in phases:
            yield Problem("E004", f"{where} is in the unknown phase {question.phase}.")
        if question.only_if and question.only_if[0] not in seen:
            yield Problem("E004", f"{where} hangs on {question.only_if[0]}, which is not asked before it.")
        if question.kind is QuestionKind.TABLE and not question.columns:
            yield Problem("E004", f"{where} is a table without columns.")
        if question.kind is QuestionKind.CHOICE and not (question.choices or question.options):
            yield Problem("E004", f"{where} is a choice without choices.")
        if any(text.count("?") != 1 for text in question.text):
            yield Problem("E004", f"{where} must ask exactly one question in each language.")
        seen.append(question.key)
    if not stage.questions or not stage.questions[-1].required:
        yield Problem("E004", f"The last question of stage {stage.slug} must be required, or it would never be asked.")


def _layout(stage: StageDefinition) -> Iterator[Problem]:
    for section in stage.sections:
        part = _part_at(stage.output, section.path)
        where = f"Section {section.key} of stage {stage.slug}"
        if part is None:
            yield Problem("E005", f"{where} shows {section.path}, which the deliverable has not.")
        elif section.form in (Form.FIELDS, Form.TABLE):
            yield from _labels(where, section, part)


def _labels(where: str, section: Section, part: Any) -> Iterator[Problem]:
    fields = part.model_fields if isinstance(part, type) and issubclass(part, BaseModel) else {}
    for label in section.labels:
        if label.key not in fields:
            yield Problem("E005", f"{where} shows {label.key}, which its part of the deliverable has not.")


def _part_at(model: Any, path: str) -> Any:
    """The type at a dotted path; of a list, that of its items."""
    part = model
    for key in filter(None, path.split(".")):
        fields = part.model_fields if isinstance(part, type) and issubclass(part, BaseModel) else {}
        if key not in fields:
            return None
        part = _item(fields[key].annotation)
    return part


def _item(annotation: Any) -> Any:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated or origin in (list, typing.Union, types.UnionType):
        return _item(typing.get_args(annotation)[0])
    return annotation


def _traces(stage: StageDefinition) -> Iterator[Problem]:
    keys = {question.key for question in stage.questions} | set(Origin)
    for path, where in stage.traces.items():
        if where not in keys:
            yield Problem("E006", f"Stage {stage.slug} traces {path} to {where}, which is no question and no origin.")


def _rehearsals(catalogue: Sequence[StageDefinition]) -> list[Problem]:
    """Examples that do not parse, answers that do not make a deliverable, deliverables that do not pass."""
    found = []
    for language in LANGUAGES:
        for only_required in (False, True):
            try:
                played = rehearse(catalogue, language=language, today=REHEARSAL_DAY, only_required=only_required)
            except (ExampleFault, UnknownAnswer, ValidationError) as fault:
                found.append(Problem("E007", f"Answered with the {language} examples: {fault}"))
                continue
            found += [
                Problem("E008", f"The {language} examples of stage {stage.definition.slug}: {issue.message.en}")
                for stage in played
                if stage.verdict.decision is not Decision.APPROVED
                for issue in stage.verdict.issues
            ]
    return found
