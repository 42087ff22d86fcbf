"""Anthropic's messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import anthropic
import httpx2

from agents.conf import AgentSettings, Capabilities
from agents.errors import BadRequest, OutputError, ProviderError
from agents.messages import FinishReason, Message, ModelRequest, ModelResponse, Opaque, Role, ToolCall, Usage
from agents.prompting import load
from agents.providers.answers import count_tokens, read_json, settle
from agents.providers.errors import retry_after, status_error, transport_error
from agents.providers.schema import schema_text, wire_schema
from agents.providers.transport import http_client, timeouts

FINISH = {
    "end_turn": FinishReason.STOP,
    "stop_sequence": FinishReason.STOP,
    "tool_use": FinishReason.TOOL_CALLS,
    "max_tokens": FinishReason.LENGTH,
    "model_context_window_exceeded": FinishReason.LENGTH,
    "refusal": FinishReason.REFUSAL,
}


class AnthropicProvider:
    """Messages through the official SDK."""

    name: ClassVar[str] = "anthropic"

    def __init__(self, settings: AgentSettings, *, transport: httpx2.BaseTransport | None = None) -> None:
        access = settings.access(self.name)
        self._settings = settings
        self._capabilities = settings.capabilities(self.name)
        self._client = anthropic.Anthropic(
            api_key=access.api_key,
            # The SDK adds the version itself; other tools want it in the address.
            base_url=access.base_url.rstrip("/").removesuffix("/v1") or None,
            max_retries=0,
            http_client=http_client(settings, transport=transport),
        )
        self._create = self._client.messages.with_raw_response.create

    def complete(self, request: ModelRequest, *, model: str, timeout: float) -> ModelResponse:
        data = self._send(self._body(request, model), timeout)
        try:
            return self._read(request, data, model)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise OutputError("The answer is not a message.") from error

    def close(self) -> None:
        self._client.close()

    def _send(self, body: dict[str, Any], timeout: float) -> Any:
        try:
            response = self._create(**body, timeout=timeouts(timeout, self._settings)).http_response
        except anthropic.APIStatusError as error:
            raise _error(error) from error
        except anthropic.APIConnectionError as error:
            raise transport_error(error, timed_out=isinstance(error, anthropic.APITimeoutError)) from error
        except (anthropic.AnthropicError, ValueError) as error:
            raise BadRequest(type(error).__name__) from error
        return read_json(response.content)

    def _body(self, request: ModelRequest, model: str) -> dict[str, Any]:
        able = self._capabilities.get(model, Capabilities(temperature=False))
        system = request.prompt.text
        body: dict[str, Any] = {
            "model": model,
            "max_tokens": request.max_tokens + able.reasoning_tokens,
            "messages": _turns(request.messages, model),
        }
        output: dict[str, Any] = {}
        if request.schema and able.structured_output == "schema":
            output["format"] = {"type": "json_schema", "schema": wire_schema(request.schema, "anthropic")}
        elif request.schema:
            system += "\n\n" + load("json_answer", schema=schema_text(request.schema)).text
        if able.effort == "disabled":
            body["thinking"] = {"type": "disabled"}
        elif able.effort:
            output["effort"] = able.effort
        if output:
            body["output_config"] = output
        if request.tools and able.tools:
            body["tools"] = [
                {"name": tool.name, "description": tool.description, "input_schema": tool.parameters}
                for tool in request.tools
            ]
        return body | {"system": system} | _sampling(request, able)

    def _read(self, request: ModelRequest, data: Mapping[str, Any], model: str) -> ModelResponse:
        usage = _usage(data.get("usage") or {})
        blocks = data["content"]
        return settle(
            request,
            text="".join(block["text"] for block in blocks if block["type"] == "text"),
            finish=FINISH.get(data.get("stop_reason"), FinishReason.STOP),
            usage=usage,
            provider=self.name,
            model=data.get("model") or "",
            tool_calls=_tool_calls(blocks, model),
        )


def _sampling(request: ModelRequest, able: Capabilities) -> dict[str, Any]:
    # The SDK has no such parameter any more, older models still take it.
    if able.temperature and request.temperature is not None:
        return {"extra_body": {"temperature": request.temperature}}
    return {}


def _turns(messages: Iterable[Message], model: str) -> list[dict[str, Any]]:
    """Results of parallel calls belong into one user turn."""
    turns: list[dict[str, Any]] = []
    for message in messages:
        if message.role is not Role.TOOL:
            turns.append({"role": message.role.value, "content": _content(message, model)})
            continue
        result = {"type": "tool_result", "tool_use_id": message.tool_call_id, "content": message.content}
        if turns and turns[-1]["role"] == "user" and isinstance(turns[-1]["content"], list):
            turns[-1]["content"].append(result)
        else:
            turns.append({"role": "user", "content": [result]})
    return turns


def _content(message: Message, model: str) -> Any:
    if not message.tool_calls:
        return message.content
    kept = message.tool_calls[0].opaque
    if kept and (kept.provider, kept.model) == (AnthropicProvider.name, model):
        return kept.data
    text = [{"type": "text", "text": message.content}] if message.content else []
    calls = [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": dict(call.arguments)}
        for call in message.tool_calls
    ]
    return text + calls


def _tool_calls(blocks: list[dict[str, Any]], model: str) -> tuple[ToolCall, ...]:
    """The calls. The first keeps all blocks of its turn: signed reasoning has to go back as it came, where it stood."""
    uses = [block for block in blocks if block["type"] == "tool_use"]
    kept = Opaque(provider=AnthropicProvider.name, model=model, data=blocks)
    return tuple(
        ToolCall(id=use["id"], name=use["name"], arguments=use.get("input") or {}, opaque=None if place else kept)
        for place, use in enumerate(uses)
    )


def _usage(usage: Mapping[str, Any]) -> Usage:
    """Here the prompt is counted without what was read from or written to the cache; elsewhere it is a part of it."""
    read = usage.get("cache_read_input_tokens") or 0
    written = usage.get("cache_creation_input_tokens") or 0
    details = usage.get("output_tokens_details") or {}
    return count_tokens(
        prompt=(usage.get("input_tokens") or 0) + read + written,
        completion=usage.get("output_tokens"),
        cached=read,
        cache_write=written,
        reasoning=details.get("thinking_tokens"),
    )


def _error(error: anthropic.APIStatusError) -> ProviderError:
    return status_error(
        error.status_code,
        message=error.api_message or "",
        codes=(error.error_code, error.type),
        retry_after=retry_after(error.response.headers),
    )
