"""A provider for tests: answers from a script and remembers what it was asked."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import ClassVar

from pydantic import BaseModel

from agents.errors import AgentError
from agents.messages import ModelRequest, ModelResponse, Usage
from agents.providers.answers import parse_output

Reply = ModelResponse | BaseModel | str | AgentError
USAGE = Usage(prompt_tokens=100, completion_tokens=20)


class ScriptOver(BaseException):
    """A test asked more than it scripted. No `Exception`, so that nothing takes it for a provider's bad day."""


class FakeProvider:
    """Gives the replies of `script` in turn, or what `script(request)` returns; errors are raised."""

    name: ClassVar[str] = "fake"

    def __init__(self, script: Iterable[Reply] | Callable[[ModelRequest], Reply], *, latency: float = 0.0) -> None:
        self._script = script if callable(script) else deque(script)
        self.latency = latency
        self.requests: list[ModelRequest] = []
        self.closed = False

    def complete(self, request: ModelRequest, *, model: str, timeout: float) -> ModelResponse:
        self.requests.append(request)
        time.sleep(self.latency)
        reply = self._script(request) if callable(self._script) else self._next()
        if isinstance(reply, AgentError):
            raise reply
        if isinstance(reply, ModelResponse):
            return reply
        text = reply if isinstance(reply, str) else reply.model_dump_json()
        parsed = parse_output(text, request.schema, usage=USAGE) if request.schema else None
        return ModelResponse(text=text, provider=self.name, model=model, parsed=parsed, usage=USAGE)

    def _next(self) -> Reply:
        if not self._script:
            raise ScriptOver
        return self._script.popleft()

    def close(self) -> None:
        self.closed = True
