"""OpenAI, and every server that speaks its chat completions: Ollama, vLLM, LM Studio."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

import httpx2
import openai

from agents.conf import AgentSettings, Capabilities
from agents.errors import BadRequest, OutputError, ProviderError
from agents.messages import FinishReason, Message, ModelRequest, ModelResponse, Role, ToolCall, Usage
from agents.prompting import load
from agents.providers.answers import count_tokens, new_call_id, read_json, settle, without_nul
from agents.providers.errors import retry_after, status_error, transport_error
from agents.providers.schema import schema_text, wire_schema
from agents.providers.transport import http_client, timeouts

FINISH = {
    "stop": FinishReason.STOP,
    "tool_calls": FinishReason.TOOL_CALLS,
    "length": FinishReason.LENGTH,
    "content_filter": FinishReason.BLOCKED,
}


class OpenAIProvider:
    """Chat completions through the official SDK."""

    name: ClassVar[str] = "openai"

    def __init__(self, settings: AgentSettings, *, transport: httpx2.BaseTransport | None = None) -> None:
        access = settings.access(self.name)
        self._settings = settings
        self._capabilities = settings.capabilities(self.name)
        self._client = openai.OpenAI(
            api_key=access.api_key,
            base_url=access.base_url or None,
            max_retries=0,
            http_client=http_client(settings, transport=transport),
        )

    def complete(self, request: ModelRequest, *, model: str, timeout: float) -> ModelResponse:
        data = self._send(self._body(request, model), timeout)
        try:
            return self._read(request, data)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise OutputError("The answer is not a chat completion.") from error

    def close(self) -> None:
        self._client.close()

    def _send(self, body: dict[str, Any], timeout: float) -> Any:
        # The SDK's way for raw requests. `create()` walks every parameter and the answer through its types, which
        # takes twice the time and gives nothing to a caller that validates against a schema of its own.
        try:
            response = self._client.post(
                "/chat/completions",
                cast_to=httpx2.Response,
                body=body,
                options={"timeout": timeouts(timeout, self._settings)},
            )
        except openai.APIStatusError as error:
            raise _error(error) from error
        except openai.APIConnectionError as error:
            raise transport_error(error, timed_out=isinstance(error, openai.APITimeoutError)) from error
        except (openai.OpenAIError, ValueError) as error:
            raise BadRequest(type(error).__name__) from error
        return read_json(response.content)

    def _body(self, request: ModelRequest, model: str) -> dict[str, Any]:
        able = self._capabilities.get(model, Capabilities())
        system = request.prompt.text
        body: dict[str, Any] = {"model": model}
        if request.schema:
            if able.structured_output == "schema":
                body["response_format"] = _response_format(request.schema)
            else:
                system += "\n\n" + load("json_answer", schema=schema_text(request.schema)).text
            if able.structured_output == "json":
                body["response_format"] = {"type": "json_object"}
        if request.tools and able.tools:
            body["tools"] = [
                {
                    "type": "function",
                    "function": {"name": tool.name, "description": tool.description, "parameters": tool.parameters},
                }
                for tool in request.tools
            ]
        body["messages"] = [{"role": "system", "content": system}, *map(_message, request.messages)]
        return body | _sampling(request, able)

    def _read(self, request: ModelRequest, data: Mapping[str, Any]) -> ModelResponse:
        usage = _usage(data.get("usage") or {})
        choice = data["choices"][0]
        message = choice["message"]
        finish = FINISH.get(choice.get("finish_reason"), FinishReason.STOP)
        return settle(
            request,
            text=message.get("content") or "",
            finish=FinishReason.REFUSAL if message.get("refusal") else finish,
            usage=usage,
            provider=self.name,
            model=data.get("model") or "",
            tool_calls=tuple(map(_tool_call, message.get("tool_calls") or ())),
        )


def _response_format(output: type) -> dict[str, Any]:
    schema = {"name": output.__name__, "schema": wire_schema(output, "openai"), "strict": True}
    return {"type": "json_schema", "json_schema": schema}


def _sampling(request: ModelRequest, able: Capabilities) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if able.temperature and request.temperature is not None:
        options["temperature"] = request.temperature
    if able.effort:
        options["reasoning_effort"] = able.effort
    # Models that reason count it against the limit and know only the newer name; other servers know only the older.
    limit = "max_completion_tokens" if able.effort or able.reasoning_tokens else "max_tokens"
    return options | {limit: request.max_tokens + able.reasoning_tokens}


def _message(message: Message) -> dict[str, Any]:
    match message.role:
        case Role.TOOL:
            return {"role": "tool", "tool_call_id": message.tool_call_id, "content": message.content}
        case Role.ASSISTANT if message.tool_calls:
            calls = [
                {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": _arguments(call)}}
                for call in message.tool_calls
            ]
            return {"role": "assistant", "content": message.content or None, "tool_calls": calls}
        case _:
            return {"role": message.role.value, "content": message.content}


def _arguments(call: ToolCall) -> str:
    return json.dumps(dict(call.arguments), ensure_ascii=False)


def _tool_call(call: Mapping[str, Any]) -> ToolCall:
    function = call["function"]
    given = function.get("arguments") or "{}"
    try:
        arguments = json.loads(without_nul(given)) if isinstance(given, str) else given
    except ValueError:
        arguments = None
    fits = isinstance(arguments, dict)
    return ToolCall(
        id=call.get("id") or new_call_id(),
        name=function["name"],
        arguments=arguments if fits else {},
        malformed="" if fits else str(given),
    )


def _usage(usage: Mapping[str, Any]) -> Usage:
    prompt = usage.get("prompt_tokens_details") or {}
    completion = usage.get("completion_tokens_details") or {}
    return count_tokens(
        prompt=usage.get("prompt_tokens"),
        completion=usage.get("completion_tokens"),
        cached=prompt.get("cached_tokens"),
        cache_write=prompt.get("cache_write_tokens"),
        reasoning=completion.get("reasoning_tokens"),
    )


def _error(error: openai.APIStatusError) -> ProviderError:
    body = error.body if isinstance(error.body, dict) else {}
    return status_error(
        error.status_code,
        message=str(body.get("message") or ""),
        codes=(error.code, error.type),
        retry_after=retry_after(error.response.headers),
    )
