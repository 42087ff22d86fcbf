"""What an interview speaks of: questions, answers, the state of a conversation, what is known about the account."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Answers: TypeAlias = Mapping[str, Any]


class Bilingual(NamedTuple):
    """A text the product says, in both of its languages."""

    es: str
    en: str

    def of(self, language: str) -> str:
        return self.es if language == "es" else self.en


class QuestionKind(StrEnum):
    """What form an answer has. How each is stored: see `agents.interview.parsing`."""

    TEXT = "text"
    LIST = "list"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    GRADES = "grades"
    TABLE = "table"


class Origin(StrEnum):
    """Where a part of a deliverable comes from."""

    CLIENT = "client"
    WEB_SOURCE = "web_source"
    EARLIER_STAGE = "earlier_stage"
    ASSUMPTION = "assumption"
    COMPUTED = "computed"


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewContext:
    """What is known before anything is asked. `earlier` holds deliverables by the slug of their stage.

    `found` are answers, by question, that a search gave and that wait to be confirmed.
    """

    language: str
    today: date
    company: str
    website: str = ""
    consultant: str = ""
    currency: str = "EUR"
    earlier: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    found: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers a question allows. `value` is stored, the rest is for people."""

    value: str
    label: Bilingual
    synonyms: tuple[str, ...] = ()

    @classmethod
    def of_text(cls, text: str) -> Choice:
        """A choice that reads the same in every language, e.g. a channel's name."""
        return cls(text, Bilingual(text, text))


@dataclass(frozen=True, slots=True)
class Parsed:
    """An answer that was understood; `value` can be stored as JSON."""

    value: Any
    origin: Origin = Origin.CLIENT


@dataclass(frozen=True, slots=True)
class ParseFault:
    """An answer that was not understood, and what is needed instead. `incomplete`: more of the same would do."""

    needs: Bilingual
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer proposed from what is already known, to be confirmed or changed."""

    value: Any
    origin: Origin = Origin.EARLIER_STAGE


Options: TypeAlias = Callable[[Answers, InterviewContext], tuple[Choice, ...]]
AnswerCheck: TypeAlias = Callable[[Any, Answers, InterviewContext], ParseFault | None]
OfferRule: TypeAlias = Callable[[Answers, InterviewContext], Offered | None]
FitRule: TypeAlias = Callable[[Any, Answers, InterviewContext, str], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A named column of a `table` question.

    `options` gives choices that depend on what is known; with `covers` every option must have a row. A bare percent
    below 1 is a fraction only if it does not exceed `likely_maximum` then ("0.8" as a click rate is 0.8 %, not 80 %).
    `cited`: the figure has a source, or is an assumption. `is_money`: it is in the interview's currency.
    """

    key: str
    label: Bilingual
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = True
    choices: tuple[Choice, ...] = ()
    options: Options | None = None
    covers: bool = False
    unique: bool = False
    whole: bool = False
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    likely_maximum: Decimal | int | None = None
    cited: bool = False
    is_money: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One thing to learn from the consultant.

    `name` and `aliases` are how people call it ("the budget is 4,000"). `minimum` and `maximum` bound a figure, or the
    number of items or rows. `allow_none`: "none" is a full answer. `only_if` (key, value) drops the question once that
    key has another answer. `quotes_questions`: the answer is itself made of questions. `help` says what is meant and
    what it is for, to whoever asks. `fit` makes of the example's value, in a language, one for this company, or None
    where the example will do. `cue` is how people begin to speak of it, folded, when they answer several at once;
    its group `lead` is no part of the answer.
    """

    key: str
    phase: str
    kind: QuestionKind
    name: Bilingual
    text: Bilingual
    example: Bilingual
    required: bool = True
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    options: Options | None = None
    columns: tuple[Column, ...] = ()
    minimum: Decimal | int | None = None
    maximum: Decimal | int | None = None
    allow_none: bool = False
    only_if: tuple[str, str] | None = None
    quotes_questions: bool = False
    help: Bilingual | None = None
    check: AnswerCheck | None = None
    offer: OfferRule | None = None
    fit: FitRule | None = None
    cue: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the conversation with a purpose of its own."""

    key: str
    title: Bilingual


class InterviewDefinition(Protocol):
    """A stage as its interview sees it."""

    @property
    def number(self) -> int: ...
    @property
    def slug(self) -> str: ...
    @property
    def agent_name(self) -> str: ...
    @property
    def title(self) -> Bilingual: ...
    @property
    def goal(self) -> Bilingual: ...
    @property
    def phases(self) -> tuple[Phase, ...]: ...
    @property
    def questions(self) -> tuple[Question, ...]: ...


class InterviewState(BaseModel):
    """A conversation as it is kept between turns; the server adds its revision.

    `reopened` are answers the gate sent back: kept to be edited, but counted as open. `pending` is what was said of an
    answer that needs more of the same. `origins` tells apart what the client said from what was confirmed. `spoken` is
    the language the consultant writes, once it is clear. `found` are answers that a search gave, to be confirmed.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    phase: str = ""
    current_question: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    origins: dict[str, Origin] = Field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    pending: dict[str, str] = Field(default_factory=dict)
    last_answered: str | None = None
    spoken: Literal["", "es", "en"] = ""
    found: dict[str, Any] = Field(default_factory=dict)


class ReviewIssue(BaseModel):
    """What a model finds wanting in a deliverable."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    severity: Literal["error", "warning"]
    category: Literal["completeness", "coherence", "specificity"]
    field: str
    message: str
    suggestion: str


class Review(BaseModel):
    """A model's judgement of a deliverable; scores from 0 to 10."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    completeness: float = Field(ge=0, le=10)
    coherence: float = Field(ge=0, le=10)
    issues: list[ReviewIssue]
    suggestions: list[str]
