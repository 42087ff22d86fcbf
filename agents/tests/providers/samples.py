"""An output type, a tool, a conversation and the smallest answers, as the tests of the wires use them."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field

from agents.messages import Message, Role, ToolCall, ToolSpec


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


class Reason(BaseModel):
    """Why."""

    text: str = Field(min_length=1, max_length=80)
    weight: int = Field(ge=1, le=5)


class Verdict(BaseModel):
    mood: Mood
    kind: Literal["only"]
    confidence: float = Field(ge=0, le=1, description="How sure.")
    reasons: list[Reason] = Field(max_length=3)
    note: str | None = None


VERDICT = {"mood": "good", "kind": "only", "confidence": 0.5, "reasons": [], "note": None}
TOOL = ToolSpec(
    name="add",
    description="Add two numbers.",
    parameters={
        "type": "object",
        "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
        "required": ["a", "b"],
        "additionalProperties": False,
    },
)
CALLS = (
    ToolCall(id="call_1", name="add", arguments={"a": 1, "b": 2}),
    ToolCall(id="call_2", name="add", arguments={"a": 3, "b": 4}),
)
CONVERSATION = (
    Message(role=Role.USER, content="1 + 2 and 3 + 4?"),
    Message(role=Role.ASSISTANT, content="Let me see.", tool_calls=CALLS),
    Message(role=Role.TOOL, content="3", tool_call_id="call_1", tool_name="add"),
    Message(role=Role.TOOL, content="7", tool_call_id="call_2", tool_name="add"),
    Message(role=Role.USER, content="And now?"),
)


def answer(vendor, text="Fine.", **more):
    """The smallest complete answer of a vendor."""
    if vendor == "openai":
        message = {"role": "assistant", "content": text} | more
        return {"model": "gpt-4o-2024-08-06", "choices": [{"finish_reason": "stop", "message": message}], "usage": {}}
    if vendor == "anthropic":
        return {"model": "m", "content": [{"type": "text", "text": text}], "stop_reason": "end_turn"} | more
    return {"candidates": [{"content": {"parts": [{"text": text}]}, "finishReason": "STOP"}]} | more
