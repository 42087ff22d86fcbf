"""The tool loop, the same for every vendor: ask, run what is asked for, hand back the results, to the answer."""

from __future__ import annotations

import contextvars
import json
import logging
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from agents.conf import settings
from agents.errors import ToolLoopExceeded
from agents.messages import CallContext, Completion, Deadline, Message, ModelRequest, Role, ToolCall
from agents.prompting import delimit
from agents.providers import registry
from agents.providers.answers import clean, faults_of, without_nul
from agents.tools.base import Source, Tool, ToolFailure, ToolResult
from booms.core.database import release_connection

logger = logging.getLogger(__name__)
LONGEST = 12_000  # characters of a result that a model gets to read


class ToolOutcome(StrEnum):
    """How a tool call ended."""

    OK = "ok"
    FAILED = "failed"
    UNKNOWN_TOOL = "unknown_tool"
    INVALID_ARGUMENTS = "invalid_arguments"
    NOT_RUN = "not_run"


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolRun:
    """One tool call, for the record; `content` is what others than ourselves wrote of the result."""

    name: str
    arguments: Mapping[str, Any]
    outcome: ToolOutcome
    result_size: int
    duration_ms: int
    sources: tuple[Source, ...] = ()
    content: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """What came of a request with tools: the last completion with the sums of all, and every tool call on the way."""

    completion: Completion
    runs: tuple[ToolRun, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(dict.fromkeys(source for run in self.runs for source in run.sources))


def converse(
    request: ModelRequest,
    *,
    tools: Sequence[Tool],
    model_id: str = "",
    deadline: Deadline,
    context: CallContext,
    allow_offline: bool = True,
) -> Conversation:
    """Answer a request with the help of tools. Raises `ToolLoopExceeded`, and what `registry.complete` raises."""
    loop = _Loop(tools, deadline=deadline, context=context)
    request = replace(request, tools=tuple(tool.spec for tool in tools))
    done: list[Completion] = []
    steps = settings().tool_steps
    # One more than tools may be used in: the answer.
    for step in range(steps + 2):
        completion = registry.complete(
            request,
            # The model that began carries on, also when it was a fallback: only it knows its own reasoning.
            model_id=done[-1].model_id if done else model_id,
            deadline=deadline,
            context=context,
            allow_offline=allow_offline,
        )
        done.append(completion)
        response = completion.response
        if not response.tool_calls:
            return Conversation(completion=_sum(done), runs=tuple(loop.runs))
        answer = Message(role=Role.ASSISTANT, content=response.text, tool_calls=response.tool_calls)
        results = loop.run(response.tool_calls) if step < steps else loop.refuse(response.tool_calls)
        request = replace(request, messages=(*request.messages, answer, *results))
    raise ToolLoopExceeded


class _Loop:
    """Runs tool calls and keeps the record."""

    def __init__(self, tools: Sequence[Tool], *, deadline: Deadline, context: CallContext) -> None:
        self.tools = {tool.spec.name: tool for tool in tools}
        self.deadline = deadline
        self.context = context
        self.runs: list[ToolRun] = []

    def run(self, calls: Sequence[ToolCall]) -> list[Message]:
        """Run the calls of one step, several at once, and answer each in its place."""
        if len(calls) == 1:
            finished = [self._run_one(calls[0])]
        else:
            with ThreadPoolExecutor(max_workers=min(len(calls), 8), thread_name_prefix="tool") as pool:
                # A context each: the request's id goes with it into the log.
                contexts = [contextvars.copy_context() for _ in calls]
                finished = list(pool.map(lambda own, call: own.run(self._run_one, call), contexts, calls))
        self.runs.extend(run for run, _ in finished)
        return [message for _, message in finished]

    def refuse(self, calls: Sequence[ToolCall]) -> list[Message]:
        """Answer calls beyond the limit without running them."""
        result = ToolResult(content="Not run: no more calls are possible. Answer with what you know.", trusted=True)
        finished = [self._finish(call, ToolOutcome.NOT_RUN, result, 0) for call in calls]
        self.runs.extend(run for run, _ in finished)
        return [message for _, message in finished]

    def _run_one(self, call: ToolCall) -> tuple[ToolRun, Message]:
        started = time.monotonic()
        try:
            outcome, result = self._attempt(call)
        finally:
            release_connection()
        return self._finish(call, outcome, result, round((time.monotonic() - started) * 1000))

    def _attempt(self, call: ToolCall) -> tuple[ToolOutcome, ToolResult]:
        """Whatever goes wrong is a result: the model reads it and may do better."""
        tool = self.tools.get(call.name)
        if tool is None:
            names = ", ".join(self.tools) or "none"
            return ToolOutcome.UNKNOWN_TOOL, _failed(f"There is no such tool. Tools: {names}.")
        if call.malformed:
            return ToolOutcome.INVALID_ARGUMENTS, _failed("The arguments are not a JSON object.")
        try:
            return ToolOutcome.OK, tool.call(call.arguments, deadline=self.deadline, context=self.context)
        except ValidationError as error:
            return ToolOutcome.INVALID_ARGUMENTS, _failed(f"The arguments do not fit.\n{faults_of(error)}")
        except ToolFailure as error:
            return ToolOutcome.FAILED, _failed(str(error))
        except Exception:  # a tool may fail in any way, and none may lose the consultant's turn
            logger.exception("A tool failed", extra={"tool": call.name})
            return ToolOutcome.FAILED, _failed("The tool failed.")

    def _finish(
        self, call: ToolCall, outcome: ToolOutcome, result: ToolResult, duration_ms: int
    ) -> tuple[ToolRun, Message]:
        content = result.content[:LONGEST]
        run = ToolRun(
            name=call.name,
            arguments=_storable(call.arguments),
            outcome=outcome,
            result_size=len(result.content),
            duration_ms=duration_ms,
            sources=result.sources,
            content="" if result.trusted else content,
        )
        text = content if result.trusted else delimit("tool_result", content)
        return run, Message(role=Role.TOOL, content=text, tool_call_id=call.id, tool_name=call.name)


def _storable(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    return json.loads(without_nul(clean(json.dumps(dict(arguments), ensure_ascii=False))))


def _failed(reason: str) -> ToolResult:
    return ToolResult(content=f"Error: {reason}", trusted=True)


def _sum(done: Sequence[Completion]) -> Completion:
    """The last completion, with what all of them took."""
    costs = [completion.cost_usd for completion in done]
    usage = done[0].usage
    for completion in done[1:]:
        usage += completion.usage
    return replace(
        done[-1],
        fallback=any(completion.fallback for completion in done),
        usage=usage,
        cost_usd=None if None in costs else sum((cost for cost in costs if cost is not None), Decimal(0)),
        duration_ms=sum(completion.duration_ms for completion in done),
    )
