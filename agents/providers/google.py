"""Google's Gemini."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import httpx2
from google import genai
from google.genai import errors as genai_errors
from google.genai import types

from agents.conf import AgentSettings, Capabilities
from agents.errors import BadRequest, OutputError, ProviderError
from agents.messages import FinishReason, Message, ModelRequest, ModelResponse, Opaque, Role, ToolCall, Usage
from agents.prompting import load
from agents.providers.answers import count_tokens, new_call_id, read_json, settle
from agents.providers.errors import retry_after, status_error, transport_error
from agents.providers.schema import schema_text, wire_schema
from agents.providers.transport import http_client

# Every other reason leaves no content, which is an error of its own.
FINISH = {
    "MAX_TOKENS": FinishReason.LENGTH,
    **dict.fromkeys(
        ("SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "ESCALATION", "MODEL_ARMOR"),
        FinishReason.BLOCKED,
    ),
}
VERSION = "v1beta"
URL_SAFE = str.maketrans("+/", "-_")


class GoogleProvider:
    """`generateContent` through the official SDK."""

    name: ClassVar[str] = "google"

    def __init__(self, settings: AgentSettings, *, transport: httpx2.BaseTransport | None = None) -> None:
        access = settings.access(self.name)
        self._capabilities = settings.capabilities(self.name)
        self._http = http_client(settings, transport=transport)
        self._client = genai.Client(
            vertexai=False,
            api_key=access.api_key,
            http_options=types.HttpOptions(
                # The SDK adds the version itself; other tools want it in the address.
                base_url=access.base_url.rstrip("/").removesuffix(f"/{VERSION}") or None,
                api_version=VERSION,
                httpx_client=self._http,
            ),
        )

    def complete(self, request: ModelRequest, *, model: str, timeout: float) -> ModelResponse:
        data = self._send(request, model, timeout)
        try:
            return self._read(request, data, model)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise OutputError("The answer is not generated content.") from error

    def close(self) -> None:
        self._client.close()
        self._http.close()

    def _send(self, request: ModelRequest, model: str, timeout: float) -> Any:
        config = self._config(request, model) | {
            # Milliseconds; the SDK has no limit of its own.
            "http_options": {"timeout": max(1, round(timeout * 1000))},
            "automatic_function_calling": {"disable": True},
            "automatic_continuation": False,
            "should_return_http_response": True,
        }
        try:
            answer = self._client.models.generate_content(
                model=model, contents=_contents(request.messages, model), config=config
            )
        except genai_errors.APIError as error:
            raise _error(error) from error
        except httpx2.RequestError as error:
            raise transport_error(error, timed_out=isinstance(error, httpx2.TimeoutException)) from error
        except ValueError as error:
            raise BadRequest(type(error).__name__) from error
        return read_json(answer.sdk_http_response.body.encode())

    def _config(self, request: ModelRequest, model: str) -> dict[str, Any]:
        able = self._capabilities.get(model, Capabilities())
        system = request.prompt.text
        config: dict[str, Any] = {"max_output_tokens": request.max_tokens + able.reasoning_tokens}
        tools = request.tools if able.tools else ()
        if request.schema:
            way = able.structured_output if able.schema_with_tools or not tools else "prompt"
            if way == "schema":
                config["response_json_schema"] = wire_schema(request.schema, "google")
            else:
                system += "\n\n" + load("json_answer", schema=schema_text(request.schema)).text
            if way != "prompt":
                config["response_mime_type"] = "application/json"
        if tools:
            declarations = [
                {"name": tool.name, "description": tool.description, "parameters_json_schema": tool.parameters}
                for tool in tools
            ]
            config["tools"] = [{"function_declarations": declarations}]
        if able.temperature and request.temperature is not None:
            config["temperature"] = request.temperature
        if able.effort:
            config["thinking_config"] = _thinking(able.effort)
        return config | {"system_instruction": system}

    def _read(self, request: ModelRequest, data: Mapping[str, Any], model: str) -> ModelResponse:
        usage = _usage(data.get("usageMetadata") or {})
        candidate = next(iter(data.get("candidates") or ()), {})
        parts = (candidate.get("content") or {}).get("parts") or []
        finish = FINISH.get(candidate.get("finishReason"), FinishReason.STOP)
        if (data.get("promptFeedback") or {}).get("blockReason"):
            finish = FinishReason.BLOCKED
        return settle(
            request,
            text="".join(part["text"] for part in parts if "text" in part and not part.get("thought")),
            finish=finish,
            usage=usage,
            provider=self.name,
            model=data.get("modelVersion") or model,
            tool_calls=_tool_calls(parts, model),
        )


def _thinking(effort: str) -> dict[str, Any]:
    """Older models take a budget of tokens, newer ones a level."""
    return {"thinking_budget": int(effort)} if effort.isdigit() else {"thinking_level": effort.upper()}


def _contents(messages: Iterable[Message], model: str) -> list[dict[str, Any]]:
    """Results of parallel calls belong into one turn."""
    contents: list[dict[str, Any]] = []
    for message in messages:
        if message.role is Role.TOOL:
            result = _result(message, contents)
            if "function_response" in contents[-1]["parts"][0]:
                contents[-1]["parts"].append(result)
            else:
                contents.append({"role": "user", "parts": [result]})
        elif message.role is Role.ASSISTANT:
            contents.append({"role": "model", "parts": _parts(message, model)})
        else:
            contents.append({"role": "user", "parts": [{"text": message.content}]})
    return contents


def _result(message: Message, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    response: dict[str, Any] = {"name": message.tool_name, "response": {"output": message.content}}
    # Only an id that the model gave, mostly none: ours and other vendors' mean nothing to it.
    given = {part["functionCall"].get("id") for turn in earlier for part in turn["parts"] if "functionCall" in part}
    if message.tool_call_id in given:
        response["id"] = message.tool_call_id
    return {"function_response": response}


def _parts(message: Message, model: str) -> list[dict[str, Any]]:
    kept = message.tool_calls[0].opaque if message.tool_calls else None
    if kept and (kept.provider, kept.model) == (GoogleProvider.name, model):
        return [_returned(part) for part in kept.data]
    text = [{"text": message.content}] if message.content else []
    calls = [{"function_call": {"name": call.name, "args": dict(call.arguments)}} for call in message.tool_calls]
    return text + calls


def _returned(part: dict[str, Any]) -> dict[str, Any]:
    """A part as it came. The SDK takes the bytes of a signature, not the text they had on the wire."""
    if signature := part.get("thoughtSignature"):
        return part | {"thoughtSignature": base64.urlsafe_b64decode(signature.translate(URL_SAFE))}
    return part


def _tool_calls(parts: list[dict[str, Any]], model: str) -> tuple[ToolCall, ...]:
    """The calls. The first keeps all parts of its turn: signatures have to go back where they stood."""
    calls = [part["functionCall"] for part in parts if "functionCall" in part]
    kept = Opaque(provider=GoogleProvider.name, model=model, data=parts)
    return tuple(
        ToolCall(
            id=call.get("id") or new_call_id(),
            name=call["name"],
            arguments=call.get("args") or {},
            opaque=None if place else kept,
        )
        for place, call in enumerate(calls)
    )


def _usage(usage: Mapping[str, Any]) -> Usage:
    """Here thoughts are counted beside the answer; elsewhere they are a part of it."""
    thoughts = usage.get("thoughtsTokenCount") or 0
    return count_tokens(
        prompt=(usage.get("promptTokenCount") or 0) + (usage.get("toolUsePromptTokenCount") or 0),
        completion=(usage.get("candidatesTokenCount") or 0) + thoughts,
        cached=usage.get("cachedContentTokenCount"),
        reasoning=thoughts,
    )


def _error(error: genai_errors.APIError) -> ProviderError:
    details = _details(error.details)
    delays = [str(detail["retryDelay"]).removesuffix("s") for detail in details if "retryDelay" in detail]
    return status_error(
        error.code,
        message=str(error.message or ""),
        codes=tuple(detail.get("reason") for detail in details),
        retry_after=retry_after({"retry-after": delays[0]} if delays else error.response.headers),
    )


def _details(body: object) -> list[dict[str, Any]]:
    error = body.get("error") if isinstance(body, dict) else None
    details = error.get("details") if isinstance(error, dict) else None
    return [detail for detail in details or () if isinstance(detail, dict)]
