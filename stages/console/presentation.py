"""What the console's pages show of stages, worked out before the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import ngettext

from agents.interview.verdict import Decision
from stages.console import wording
from stages.definitions.base import StageDefinition
from stages.definitions.catalogue import definition as definition_of_number
from stages.models import DeliverableVersion, GateVerdict, Stage, StageStatus, StageTransition
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
class Explained:
    """A change of status, or a replaced version, with its reason in words."""

    subject: StageTransition | DeliverableVersion
    reason: str


def changes_of(stage: Stage) -> list[Explained]:
    """How the stage came to where it stands, oldest first."""
    return [Explained(subject=change, reason=wording.reason(change.reason)) for change in stage.transitions.all()]


def versions_of(stage: Stage) -> list[Explained]:
    """All versions of the deliverable, newest first."""
    return [
        Explained(subject=version, reason=wording.reason(version.replaced_because)) for version in stage.versions.all()
    ]
