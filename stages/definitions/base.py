"""What a stage definition is: everything particular to one stage, as data and pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel

from agents.interview.parsing.periods import render_per
from agents.interview.state import Answers, Bilingual, InterviewContext, Phase, Question
from agents.interview.verdict import Category, Issue, Severity
from stages.definitions.facts import restore
from stages.definitions.layout import Section
from stages.definitions.texts import capital

Check: TypeAlias = Callable[[Any, InterviewContext], Iterable[Issue]]


class UnknownAnswer(KeyError):
    """An assembling rule reads an answer that no question asks for."""


class Given:
    """The answers of a stage, read by kind. An optional answer that was not given is empty."""

    def __init__(self, answers: Answers, questions: Iterable[Question]) -> None:
        self._answers = answers
        self._keys = {question.key for question in questions}

    def raw(self, key: str) -> Any:
        if key not in self._keys:
            raise UnknownAnswer(key)
        return self._answers.get(key)

    def text(self, key: str) -> str:
        return self.raw(key) or ""

    def items(self, key: str) -> list[str]:
        """The items of a list, each beginning with a capital."""
        return [capital(item) for item in self.raw(key) or []]

    def chosen(self, key: str) -> list[str]:
        """The values of a list of choices."""
        return list(self.raw(key) or [])

    def rows(self, key: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.raw(key) or []]

    def number(self, key: str) -> Decimal | None:
        value = self.raw(key)
        return Decimal(value) if value else None

    def amount(self, key: str) -> Decimal:
        value = self.raw(key)
        return Decimal(value["amount"]) if value else Decimal(0)

    def currency(self, key: str) -> str:
        value = self.raw(key)
        return value["currency"] if value else ""

    def per(self, key: str, language: str) -> str:
        """What an amount is paid for: "al año"; empty if that was not said."""
        value = self.raw(key)
        return render_per(value.get("per", []), language) if value else ""

    def day(self, key: str) -> date | None:
        value = self.raw(key)
        return date.fromisoformat(value) if value else None


Assemble: TypeAlias = Callable[[Given, InterviewContext], BaseModel]
Compute: TypeAlias = Callable[[Any, InterviewContext], Any]


def nothing_to_compute(deliverable: Any, _context: InterviewContext) -> Any:
    return deliverable


@dataclass(frozen=True, kw_only=True)
class StageDefinition:
    """One stage.

    `traces` says where paths of the deliverable (`lines.*.cpm`) come from when their text cannot tell: an `Origin`, or
    the key of the question the part was made from. `unsourced` are the paths that in a row with `assumption` set have
    no source, whoever typed them. `facts` are the paths that a model may not change.
    """

    number: int
    slug: str
    agent_name: str
    title: Bilingual
    goal: Bilingual
    phases: tuple[Phase, ...]
    questions: tuple[Question, ...]
    output: type[BaseModel]
    assemble: Assemble
    checks: tuple[Check, ...]
    sections: tuple[Section, ...]
    tools: tuple[str, ...] = ()
    search_depth: Literal["basic", "advanced"] = "basic"
    compute: Compute = nothing_to_compute
    traces: Mapping[str, str] = field(default_factory=dict)
    unsourced: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    has_workbook: bool = True

    @property
    def prompt(self) -> str:
        """The name of the instructions of this stage's agent."""
        return f"interview_{self.slug}"

    @property
    def searches_knowledge(self) -> bool:
        return "knowledge_search" in self.tools

    def finish(self, deliverable: Mapping[str, Any], context: InterviewContext) -> dict[str, Any]:
        """A deliverable made elsewhere, validated, its computed fields computed; raises pydantic.ValidationError."""
        return self.compute(self.parse(deliverable), context).model_dump(mode="json")

    def draft(self, answers: Answers, context: InterviewContext) -> dict[str, Any]:
        """The deliverable from answers and earlier deliverables alone, by rules."""
        return self.finish(self.assemble(Given(answers, self.questions), context).model_dump(), context)

    def restore(self, proposed: Mapping[str, Any], worksheet: Mapping[str, Any]) -> dict[str, Any]:
        """A model's proposal with the facts of the worksheet put back; to be finished as any other."""
        return restore(self.facts, proposed, worksheet)

    def parse(self, deliverable: Mapping[str, Any]) -> BaseModel:
        """A deliverable as a value; it is stored as JSON."""
        return self.output.model_validate(deliverable)


def error(
    field_path: str,
    message: Bilingual,
    suggestion: Bilingual,
    *,
    category: Category = Category.COHERENCE,
    question: str | None = None,
) -> Issue:
    """Something the gate will not let through."""
    return Issue(
        severity=Severity.ERROR,
        category=category,
        field=field_path,
        message=message,
        suggestion=suggestion,
        question=question,
    )


def warning(
    field_path: str,
    message: Bilingual,
    suggestion: Bilingual,
    *,
    category: Category = Category.SPECIFICITY,
    question: str | None = None,
) -> Issue:
    """Something worth saying that does not stop the stage."""
    return Issue(
        severity=Severity.WARNING,
        category=category,
        field=field_path,
        message=message,
        suggestion=suggestion,
        question=question,
    )
