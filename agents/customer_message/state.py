"""What flows through the customer-message graph: closed enums, the analysis, the context, the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Sentiment(StrEnum):
    """How the customer feels about us, as far as the text says."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Intent(StrEnum):
    """What the customer wants."""

    REFUND_REQUEST = "refund_request"
    SUPPORT_REQUEST = "support_request"
    GENERAL_INQUIRY = "general_inquiry"


class Language(StrEnum):
    """The language to answer in; `other` is anything the product has no fixed sentences for."""

    SPANISH = "es"
    ENGLISH = "en"
    OTHER = "other"


class Action(StrEnum):
    """What triage proposes."""

    SEND_STANDARD_RESPONSE = "send_standard_response"
    PROCESS_REFUND = "process_refund"
    ESCALATE_TO_HUMAN = "escalate_to_human"


class Rule(StrEnum):
    """The triage rule that fired, in order of precedence."""

    UNREADABLE_CONTENT = "unreadable_content"
    SUSPECTED_INJECTION = "suspected_injection"
    ANALYSIS_FAILED = "analysis_failed"
    NEGATIVE_SENTIMENT = "negative_sentiment"
    SLA_BREACHED = "sla_breached"
    ASKS_FOR_HUMAN = "asks_for_human"
    UNDETERMINED = "undetermined"
    EARLIER_MESSAGE = "earlier_message"
    REFUND_REQUEST = "refund_request"
    STANDARD = "standard"


class Analysis(BaseModel):
    """The analyst's verdict; confidences are probabilities from 0 to 1."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    sentiment: Literal["positive", "neutral", "negative"]
    sentiment_confidence: float = Field(ge=0, le=1)
    intent: Literal["refund_request", "support_request", "general_inquiry"]
    intent_confidence: float = Field(ge=0, le=1)
    language: Literal["es", "en", "other"]
    # On the wire under another name: servers that fill a schema by its field names take `language_…` for a language.
    language_confidence: float = Field(ge=0, le=1, alias="locale_confidence")
    asks_for_human: bool
    suspected_injection: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """An earlier message of the conversation: the client's, or our reply."""

    author: Literal["client", "us"]
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandBrief:
    """What the onboarding says about the account, bounded; `version` names stages and versions it came from."""

    version: str
    company: str
    persona: str = ""
    offer: str = ""
    tone: str = ""
    journey: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A retrieved piece of a document, with its page; `score` says how well it fits, for an order among its like."""

    document: str
    page: int
    text: str
    heading: str = ""
    document_id: UUID | None = None
    score: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerMessage:
    """Everything the pipeline may know about one run; gathered by code before any model is called.

    `must_escalate` is the rule by which a human decides whatever the models say; empty for none.
    """

    run_id: UUID
    client_id: str
    text: str
    sent_at: datetime
    now: datetime
    sla_hours: float
    account_id: UUID | None = None
    model_id: str = ""
    pinned_language: str = ""
    must_escalate: str = ""
    history: tuple[Exchange, ...] = ()
    brief: BrandBrief | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing the pipeline did, for the record: who served, how long, and how it ended."""

    name: str
    started_at: datetime
    duration_ms: int
    outcome: str = "ok"
    provider: str = ""
    model: str = ""
    total_tokens: int = 0
    cost_usd: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
