"""The values every part of the pipeline speaks: messages, tools, requests, responses. No vendor's word."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel


class Role(StrEnum):
    """Who speaks in a message."""

    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class FinishReason(StrEnum):
    """Why a model stopped, in our words."""

    STOP = "stop"
    TOOL_CALLS = "tool_calls"
    LENGTH = "length"
    REFUSAL = "refusal"
    BLOCKED = "blocked"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opaque:
    """What a model needs back unchanged on the next request (e.g. its signed reasoning); no other model can use it."""

    provider: str
    model: str
    data: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolCall:
    """A model's wish to have a tool run; `arguments` are as the model gave them, not yet validated.

    `malformed` is what it gave instead when that was no JSON object.
    """

    id: str
    name: str
    arguments: Mapping[str, Any]
    malformed: str = ""
    opaque: Opaque | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One turn. `tool_calls` only on the assistant's, `tool_call_id` and `tool_name` only on a tool's."""

    role: Role
    content: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""
    tool_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolSpec:
    """A tool as a model sees it; `parameters` is a JSON schema of type object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Usage:
    """Tokens of a request.

    `cached_tokens` (read from a provider's cache) and `cache_write_tokens` (written to it) are part of the prompt,
    `reasoning_tokens` part of the completion.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    reasoning_tokens: int = 0
    cache_write_tokens: int = 0

    @property
    def total_tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            cache_write_tokens=self.cache_write_tokens + other.cache_write_tokens,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """Instructions rendered from a prompt file; the hash is of the file, so that a ledger row names its text."""

    name: str
    hash: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """A moment (monotonic seconds) by which a whole turn, with retries and fallbacks, must be over."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(at=time.monotonic() + seconds)

    @property
    def remaining(self) -> float:
        return max(0.0, self.at - time.monotonic())

    def sooner(self, seconds: float) -> Deadline:
        """This deadline, or `seconds` from now if that comes first."""
        return Deadline(at=min(self.at, time.monotonic() + seconds))


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelRequest:
    """One question to a model.

    `inputs` is the structured data from which prompt and messages were made: a provider that works by rules
    reads it instead of the prose. `temperature` is left out for models that have none.
    """

    purpose: str
    prompt: Prompt
    messages: tuple[Message, ...]
    inputs: Mapping[str, Any] = field(default_factory=dict)
    schema: type[BaseModel] | None = None
    tools: tuple[ToolSpec, ...] = ()
    temperature: float | None = None
    max_tokens: int = 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelResponse:
    """An answer. `parsed` is set when the request had a schema; `model` is the vendor's name of who answered."""

    text: str
    provider: str
    model: str
    finish_reason: FinishReason = FinishReason.STOP
    parsed: BaseModel | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, kw_only=True, slots=True)
class CallContext:
    """For whom a model is called: goes to the ledger with every request.

    `subject_kind` is `run` or `stage`; account and subject are ids, not objects, so that no arrow points upwards.
    """

    account_id: UUID | None = None
    subject_kind: str = ""
    subject_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Completion:
    """What a caller of the registry gets: the response, which configured model served, and what it took.

    `fallback` says that another model than the one asked for answered; `cost_usd` is None when a price is unknown.
    """

    response: ModelResponse
    model_id: str
    fallback: bool = False
    cost_usd: Decimal | None = None
    duration_ms: int = 0
    usage: Usage = field(default_factory=Usage)
