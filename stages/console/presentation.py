"""What the console's pages show of stages, worked out before the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agents.interview.parsing.grades import LEVELS
from agents.interview.progress import applies
from agents.interview.rendering import render_answer, render_row
from agents.interview.state import InterviewState, Question, QuestionKind
from agents.interview.verdict import Decision
from stages.console import wording
from stages.definitions.base import StageDefinition
from stages.definitions.catalogue import definition as definition_of_number
from stages.models import DeliverableVersion, GateVerdict, Stage, StageMessage, StageStatus
from stages.presentation import Block, place, present

SEGMENT, GAP = 22, 3
DONE = StageStatus.COMPLETED


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A stage in the bar; `x`, `width` and `filled` are lengths of the drawing."""

    stage: Stage
    title: str
    label: str
    x: int
    filled: float
    width: int = SEGMENT


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """An account's stages as a bar, with the same in words."""

    segments: Sequence[Segment]
    completed: int
    words: str

    @property
    def width(self) -> int:
        return max(1, len(self.segments) * (SEGMENT + GAP) - GAP)

    @property
    def total(self) -> int:
        return len(self.segments)

    @classmethod
    def of(cls, stages: Iterable[Stage]) -> Bar:
        segments = [_segment(stage, at) for at, stage in enumerate(stages)]
        completed = sum(segment.stage.status == DONE for segment in segments)
        words = ngettext(
            "%(completed)d of %(total)d stage completed", "%(completed)d of %(total)d stages completed", len(segments)
        ) % {"completed": completed, "total": len(segments)}
        under_way = [segment.label for segment in segments if segment.stage.status not in (DONE, StageStatus.LOCKED)]
        return cls(segments=segments, completed=completed, words="; ".join([words, *under_way]))


def _segment(stage: Stage, at: int) -> Segment:
    title = stage_title(stage)
    status = stage.get_status_display()
    share = 100 if stage.status == DONE else stage.progress if stage.status == StageStatus.IN_PROGRESS else 0
    detail = f"{status}, {stage.progress} %" if stage.status == StageStatus.IN_PROGRESS else status
    return Segment(
        stage=stage,
        title=title,
        label=f"{stage.number} · {title}: {detail}",
        x=at * (SEGMENT + GAP),
        filled=round(SEGMENT * share / 100, 1),
    )


def stage_title(stage: Stage) -> str:
    return definition_of_number(stage.number).title.of(wording.reader_language())


@dataclass(frozen=True, kw_only=True, slots=True)
class Deliverable:
    """A version of a deliverable, written out. `counts` is false for one that was replaced or is invalidated."""

    version: DeliverableVersion
    blocks: Sequence[Block]
    counts: bool
    judged: Judged | None = None

    @classmethod
    def of(cls, stage: Stage, version: DeliverableVersion, verdict: GateVerdict | None = None) -> Deliverable:
        definition = definition_of_number(stage.number)
        return cls(
            version=version,
            blocks=present(definition, version.output, language=version.language, provenance=version.provenance),
            counts=version.replaced_at is None and stage.status == DONE,
            judged=Judged.of(definition, verdict) if verdict else None,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """A stage on the page of its account."""

    stage: Stage
    definition: StageDefinition
    title: str
    verdict: Judged | None
    deliverable: Deliverable | None

    @classmethod
    def of(cls, stage: Stage) -> Overview:
        version = next(iter(stage.latest_versions), None)
        shown = version if version and version.replaced_at is None and stage.status == DONE else None
        verdict = next(iter(stage.judged), None)
        definition = definition_of_number(stage.number)
        return cls(
            stage=stage,
            definition=definition,
            title=stage_title(stage),
            verdict=Judged.of(definition, verdict) if verdict else None,
            deliverable=Deliverable.of(stage, shown) if shown else None,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """An issue of a verdict, in words."""

    severity: str
    severity_word: Promise | str
    category: Promise | str
    place: str
    message: str
    suggestion: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A verdict, in words."""

    verdict: GateVerdict
    word: Promise | str
    tone: str
    faults: Sequence[Fault]
    suggestions: Sequence[str]
    by_model: bool

    @classmethod
    def of(cls, definition: StageDefinition, verdict: GateVerdict) -> Judged:
        report = verdict.report
        tones = {Decision.APPROVED: "good", Decision.REJECTED: "bad"}
        faults = [_fault(definition, issue) for issue in report.get("issues", [])]
        told = {fault.suggestion for fault in faults}
        return cls(
            verdict=verdict,
            word=wording.DECISIONS.get(verdict.decision, verdict.decision),
            tone=tones.get(verdict.decision, "warn"),
            faults=faults,
            suggestions=[text for text in report.get("suggestions", []) if text not in told],
            by_model=bool(report.get("reviewed_by_model")),
        )


def _fault(definition: StageDefinition, issue: dict[str, Any]) -> Fault:
    return Fault(
        severity=issue["severity"],
        severity_word=wording.SEVERITIES.get(issue["severity"], issue["severity"]),
        category=wording.CATEGORIES.get(issue["category"], issue["category"]),
        place=place(definition, issue["field"], wording.reader_language()),
        message=issue["message"],
        suggestion=issue["suggestion"],
    )


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
