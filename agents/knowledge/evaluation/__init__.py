"""How well retrieval finds the page that answers: hits and reciprocal ranks over questions with known answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agents.knowledge.retrieval import Method, Scope, candidates
from agents.models import Document
from agents.offline.language import detect

DEEPEST = 10


class BadQuestions(ValueError):
    """A line is not a question with its expected page."""


class Question(BaseModel):
    """A question and the page of the document (by file name) that answers it. Other fields are left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    question: str = Field(min_length=1)
    document: str = Field(min_length=1)
    page: int = Field(ge=1)
    stage: int | None = Field(default=None, ge=1, le=7)
    account: UUID | None = None
    language: str | None = None  # the question's; recognised when left out
    passages_in: Literal["es", "en", "other"] | None = None  # only passages in this language are searched

    @property
    def spoken(self) -> str:
        return self.language or detect(self.question)[0].value

    @property
    def document_name(self) -> str:
        return self.document.rsplit("/", 1)[-1]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """Where the expected page stood, from 1; 0 when it was not among the first ten."""

    question: Question
    rank: int
    milliseconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """Shares of questions whose page stood first or among the first five, and the mean reciprocal rank of ten."""

    questions: int
    hit_at_1: float
    hit_at_5: float
    mrr_at_10: float
    milliseconds: float

    def as_dict(self) -> dict[str, float]:
        return {
            "questions": self.questions,
            "hit@1": round(self.hit_at_1, 4),
            "hit@5": round(self.hit_at_5, 4),
            "mrr@10": round(self.mrr_at_10, 4),
            "milliseconds": round(self.milliseconds, 1),
        }


def read_questions(lines: Iterable[str]) -> list[Question]:
    """One question a line; blank lines are left out. Raises `BadQuestions` naming the line."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(Question.model_validate_json(line))
            except ValidationError as error:
                raise BadQuestions(f"line {number}: {_fault(error)}") from error
    if not found:
        raise BadQuestions("there are no questions")
    return found


def _fault(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))} {first['msg']}".strip()


def absent_documents(questions: Sequence[Question]) -> list[str]:
    """The names of documents that questions expect and the knowledge base does not hold."""
    names = {question.document_name for question in questions}
    return sorted(names - set(Document.objects.filter(name__in=names).values_list("name", flat=True)))


def evaluate(
    questions: Sequence[Question], *, method: Method = "joined", progress: Callable[[], None] = lambda: None
) -> list[Outcome]:
    """Search for every question, without the threshold that a tool puts on top."""
    outcomes = []
    for question in questions:
        outcomes.append(_outcome(question, method))
        progress()
    return outcomes


def _outcome(question: Question, method: Method) -> Outcome:
    scope = Scope(account_id=question.account, stage=question.stage, language=question.passages_in or "")
    began = time.perf_counter()
    found = candidates(question.question, scope, limit=DEEPEST, method=method)
    milliseconds = (time.perf_counter() - began) * 1000
    places = [(item.passage.document, item.passage.page) for item in found]
    expected = (question.document_name, question.page)
    rank = places.index(expected) + 1 if expected in places else 0
    return Outcome(question=question, rank=rank, milliseconds=milliseconds)


def scores(outcomes: Sequence[Outcome]) -> Scores:
    return Scores(
        questions=len(outcomes),
        hit_at_1=fmean(outcome.rank == 1 for outcome in outcomes),
        hit_at_5=fmean(0 < outcome.rank <= 5 for outcome in outcomes),
        mrr_at_10=fmean(1 / outcome.rank if outcome.rank else 0.0 for outcome in outcomes),
        milliseconds=fmean(outcome.milliseconds for outcome in outcomes),
    )


def by_language(outcomes: Sequence[Outcome]) -> dict[str, Scores]:
    """The scores of questions asked in each language."""
    spoken = sorted({outcome.question.spoken for outcome in outcomes})
    return {language: scores([o for o in outcomes if o.question.spoken == language]) for language in spoken}


def as_json(outcomes: Sequence[Outcome]) -> str:
    parts: dict[str, Any] = dict(scores(outcomes).as_dict())
    parts["by_language"] = {language: found.as_dict() for language, found in by_language(outcomes).items()}
    return json.dumps(parts, indent=2, ensure_ascii=False)
