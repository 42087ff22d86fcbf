"""What goes into a turn of an interview and what comes out; the stage's side is handed in as functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, Protocol

from pydantic import BaseModel

from agents.interview.state import Answers, InterviewContext, InterviewDefinition, InterviewState, Review
from agents.interview.verdict import Verdict
from agents.messages import CallContext, Completion, Usage
from agents.tools.base import Source, Tool
from agents.tools.execution import ToolRun


class StageDefinition(InterviewDefinition, Protocol):
    """A stage as its turn sees it: the questions, and how answers become a deliverable."""

    @property
    def prompt(self) -> str: ...
    @property
    def output(self) -> type[BaseModel]: ...
    def draft(self, answers: Answers, context: InterviewContext) -> dict[str, Any]: ...
    def restore(self, proposed: Mapping[str, Any], worksheet: Mapping[str, Any]) -> dict[str, Any]: ...
    def finish(self, deliverable: Mapping[str, Any], context: InterviewContext) -> dict[str, Any]: ...


class Judge(Protocol):
    """The gate: a verdict on a finished deliverable."""

    def __call__(self, deliverable: Mapping[str, Any], *, review: Review | None = None) -> Verdict: ...


EventKind = Literal["status", "tool", "message"]
Listener = Callable[[EventKind, Mapping[str, Any]], None]


def nobody_listens(_kind: EventKind, _data: Mapping[str, Any]) -> None:
    """The listener of a turn whose events nobody wants."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """An earlier message of the conversation."""

    by_consultant: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class TurnInput:
    """Everything one turn needs; agents remember nothing. `sources` are addresses that earlier turns found."""

    definition: StageDefinition
    context: InterviewContext
    state: InterviewState
    message: str
    judge: Judge
    history: tuple[Said, ...] = ()
    sources: tuple[str, ...] = ()
    model_id: str = ""
    tools: tuple[Tool, ...] = ()
    call: CallContext = field(default_factory=CallContext)
    listener: Listener = nobody_listens


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """What the models of a turn took; costs that are unknown make the sum unknown."""

    model_id: str = ""
    provider: str = ""
    fallback: bool = False
    usage: Usage = field(default_factory=Usage)
    cost_usd: Decimal | None = Decimal(0)
    tool_runs: tuple[ToolRun, ...] = ()
    sources: tuple[Source, ...] = ()

    def plus(
        self, completion: Completion, tool_runs: tuple[ToolRun, ...] = (), sources: tuple[Source, ...] = ()
    ) -> Spent:
        known = self.cost_usd is not None and completion.cost_usd is not None
        return Spent(
            model_id=completion.model_id,
            provider=completion.response.provider,
            fallback=self.fallback or completion.fallback,
            usage=self.usage + completion.usage,
            cost_usd=self.cost_usd + completion.cost_usd if known else None,
            tool_runs=(*self.tool_runs, *tool_runs),
            sources=tuple(dict.fromkeys((*self.sources, *sources))),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnResult:
    """What a turn led to. With a verdict a deliverable was judged; it counts only when the verdict lets it through."""

    state: InterviewState
    message: str
    spent: Spent
    deliverable: dict[str, Any] | None = None
    by_model: bool = False
    verdict: Verdict | None = None
