"""The last step of every adapter: an unusable answer becomes an error, a structured one its type.

What comes from outside is cleaned here, so that whatever a model says can be stored.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ValidationError

from agents.errors import ContentBlocked, EmptyAnswer, InvalidOutput, OutputError, Refused, Truncated
from agents.messages import FinishReason, ModelRequest, ModelResponse, ToolCall, Usage

Output = TypeVar("Output", bound=BaseModel)
UNUSABLE = {
    FinishReason.REFUSAL: Refused,
    FinishReason.BLOCKED: ContentBlocked,
    FinishReason.LENGTH: Truncated,
}
# An escaped NUL in JSON, but not an escaped backslash before `u0000`.
ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
LONGEST_NAME = 100
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
    """Make the response. Raises `Refused`, `ContentBlocked`, `Truncated`, `EmptyAnswer`, `InvalidOutput`."""
    if finish in UNUSABLE:
        raise UNUSABLE[finish](usage=usage)
    text = THINKING.sub("", clean(text)).strip()
    if not text and not tool_calls:
        raise EmptyAnswer(usage=usage)
    parsed = None
    if request.schema and not tool_calls:
        parsed = parse_output(text, request.schema, usage=usage)
    return ModelResponse(
        text=text,
        provider=provider,
        model=clean(str(model))[:LONGEST_NAME],
        finish_reason=FinishReason.TOOL_CALLS if tool_calls else FinishReason.STOP,
        parsed=parsed,
        tool_calls=tool_calls,
        usage=usage,
    )


def read_json(content: bytes) -> Any:
    """The body of an answer. Raises `OutputError` when it is not JSON."""
    try:
        return json.loads(content)
    except ValueError as error:
        raise OutputError("The answer is not JSON.") from error


def clean(text: str) -> str:
    """Text that can be stored and sent: without NUL and halves of characters."""
    text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def without_nul(text: str) -> str:
    """JSON whose strings can be stored."""
    return ESCAPED_NUL.sub(r"\1", text) if "u0000" in text else text


def count_tokens(*, prompt: Any, completion: Any, cached: Any = 0, cache_write: Any = 0, reasoning: Any = 0) -> Usage:
    """Usage from the numbers of an answer. Some servers leave numbers out or report parts larger than their whole."""
    prompt, completion = _count(prompt), _count(completion)
    cached = min(_count(cached), prompt)
    return Usage(
        prompt_tokens=prompt,
        completion_tokens=completion,
        cached_tokens=cached,
        cache_write_tokens=min(_count(cache_write), prompt - cached),
        reasoning_tokens=min(_count(reasoning), completion),
    )


def _count(value: Any) -> int:
    return min(value, 2**31 - 1) if isinstance(value, int) and value > 0 else 0


def parse_output(text: str, schema: type[Output], *, usage: Usage) -> Output:
    """Read an answer into its type. Raises `InvalidOutput`, which says what is wrong."""
    try:
        return schema.model_validate_json(_bare(without_nul(text)))
    except ValidationError as error:
        raise InvalidOutput(faults=faults_of(error), text=text, usage=usage) from error


def faults_of(error: ValidationError) -> str:
    """One line a fault, in words a model understands."""
    return "\n".join(f"{'.'.join(map(str, item['loc'])) or 'answer'}: {item['msg']}" for item in error.errors())


def new_call_id() -> str:
    """For a tool call that came without an id; unique, since another vendor's model may carry on the conversation."""
    return f"call_{uuid4().hex}"


def _bare(text: str) -> str:
    """The JSON object in an answer that may stand in a code fence or between words, as small models write it."""
    if text.startswith("{"):
        return text
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text
