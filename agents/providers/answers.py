"""The last step of every adapter: an unusable answer becomes an error, a structured one its type."""

from __future__ import annotations

import re
from typing import TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from agents.errors import ContentBlocked, EmptyAnswer, InvalidOutput, Refused, Truncated
from agents.messages import FinishReason, ModelRequest, ModelResponse, ToolCall, Usage

Output = TypeVar("Output", bound=BaseModel)
UNUSABLE = {
    FinishReason.REFUSAL: Refused,
    FinishReason.BLOCKED: ContentBlocked,
    FinishReason.LENGTH: Truncated,
}
# Reasoning that some open models write before their answer.
THINKING = re.compile(r"^\s*<think>.*?</think>\s*", re.DOTALL)


def settle(
    request: ModelRequest,
    *,
    text: str,
    finish: FinishReason,
    usage: Usage,
    provider: str,
    model: str,
    tool_calls: tuple[ToolCall, ...] = (),
) -> ModelResponse:
    """Make the response. Raises `Refused`, `ContentBlocked`, `Truncated`, `EmptyAnswer` or `InvalidOutput`, with usage."""
    if finish in UNUSABLE:
        raise UNUSABLE[finish](usage=usage)
    text = THINKING.sub("", text).strip()
    if not text and not tool_calls:
        raise EmptyAnswer(usage=usage)
    parsed = None
    if request.schema and not tool_calls:
        parsed = parse_output(text, request.schema, usage=usage)
    return ModelResponse(
        text=text,
        provider=provider,
        model=model,
        finish_reason=FinishReason.TOOL_CALLS if tool_calls else FinishReason.STOP,
        parsed=parsed,
        tool_calls=tool_calls,
        usage=usage,
    )


def parse_output(text: str, schema: type[Output], *, usage: Usage) -> Output:
    """Read an answer into its type. Raises `InvalidOutput`, which says what is wrong."""
    try:
        return schema.model_validate_json(_bare(text))
    except ValidationError as error:
        faults = "\n".join(f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}" for fault in error.errors())
        raise InvalidOutput(faults=faults, text=text, usage=usage) from error


def new_call_id() -> str:
    """For a tool call that came without an id; unique, since another vendor's model may carry on the conversation."""
    return f"call_{uuid4().hex}"


def _bare(text: str) -> str:
    """The JSON object in an answer that may stand in a code fence or between words, as small models write it."""
    if text.startswith("{"):
        return text
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text
