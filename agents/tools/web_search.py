"""Research on the web through Perplexity."""

from __future__ import annotations

import atexit
import logging
import time
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

import httpx
from pydantic import Field

from agents.conf import settings
from agents.errors import OutputError, ProviderError
from agents.messages import CallContext, Deadline, Message, ModelRequest, Role, Usage
from agents.prompting import delimit, load
from agents.providers.answers import LONGEST_NAME, clean, count_tokens, read_json
from agents.providers.errors import retry_after, status_error, transport_error
from agents.services import model_call_record
from agents.tools.base import Source, ToolFailure, ToolResult, tool
from booms.core.database import release_connection

logger = logging.getLogger(__name__)
QUICK, THOROUGH = "sonar", "sonar-pro"
TEMPERATURE = 0.2
MAX_TOKENS = 1000
TIMEOUT = 30.0
HOME = "https://api.perplexity.ai"
UNCONFIGURED = "Web search is not configured here. Answer from what you know and say that it was not checked."


@tool
def web_search(
    query: Annotated[str, Field(description="A full question, with place and time.", min_length=3, max_length=500)],
    deadline: Deadline,
    context: CallContext,
    thorough: Annotated[bool, Field(description="Search more deeply; slower.")] = False,
) -> ToolResult:
    """Search the web for current facts: markets, competitors, prices, trends. Gives an answer with its sources."""
    if not settings().perplexity.api_key:
        return ToolResult(content=UNCONFIGURED, trusted=True)
    request = ModelRequest(
        purpose="tool.web_search",
        prompt=load("web_search"),
        messages=(Message(role=Role.USER, content=delimit("question", query)),),
        temperature=TEMPERATURE,
        max_tokens=MAX_TOKENS,
    )
    return _search(request, THOROUGH if thorough else QUICK, timeout=min(TIMEOUT, deadline.remaining), context=context)


def _search(request: ModelRequest, model: str, *, timeout: float, context: CallContext) -> ToolResult:
    """Ask once; the row in the ledger is written however it ends."""
    release_connection()
    started = time.monotonic()
    data: Mapping[str, Any] = {}
    outcome = "ok"
    try:
        data = _post(request, model, timeout)
        return _result(data)
    except ProviderError as error:
        outcome = error.code
        raise ToolFailure(f"Web search failed: {(type(error).__doc__ or '').strip()}") from error
    finally:
        usage = data.get("usage") or {}
        model_call_record(
            request=request,
            context=context,
            asked_model=model,
            served_model=model,
            provider="perplexity",
            vendor_model=clean(str(data.get("model") or model))[:LONGEST_NAME],
            attempt=1,
            usage=_usage(usage),
            cost_usd=_cost(usage),
            duration_ms=round((time.monotonic() - started) * 1000),
            outcome=outcome,
        )


def _post(request: ModelRequest, model: str, timeout: float) -> Mapping[str, Any]:
    access = settings().perplexity
    body = {
        "model": model,
        "messages": [
            {"role": "system", "content": request.prompt.text},
            *({"role": message.role.value, "content": message.content} for message in request.messages),
        ],
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
    }
    url = f"{(access.base_url or HOME).rstrip('/')}/chat/completions"
    try:
        response = _client().post(
            url, json=body, headers={"Authorization": f"Bearer {access.api_key}"}, timeout=max(timeout, 0.001)
        )
    except httpx.HTTPError as error:
        raise transport_error(error, timed_out=isinstance(error, httpx.TimeoutException)) from error
    if response.status_code != httpx.codes.OK:
        raise status_error(response.status_code, retry_after=retry_after(response.headers))
    data = read_json(response.content)
    if not isinstance(data, dict):
        raise OutputError("The answer is not an object.")
    return data


def _result(data: Mapping[str, Any]) -> ToolResult:
    try:
        text = data["choices"][0]["message"]["content"]
        sources = _sources(data)
    except (LookupError, TypeError, AttributeError) as error:
        raise OutputError("The answer is not a chat completion.") from error
    if not isinstance(text, str) or not text.strip():
        raise OutputError("The answer is empty.")
    text = clean(text)
    listed = "\n".join(f"[{place}] {source.title} {source.url}".rstrip() for place, source in enumerate(sources, 1))
    return ToolResult(content=f"{text}\n\nSources:\n{listed}" if listed else text, sources=sources)


def _sources(data: Mapping[str, Any]) -> tuple[Source, ...]:
    """The results it read, in the order its marks [1], [2] … count; older answers only have addresses."""
    if results := data.get("search_results"):
        return tuple(Source(title=item.get("title") or item["url"], url=item["url"]) for item in results)
    return tuple(Source(title=url, url=url) for url in data.get("citations") or ())


def _usage(usage: Mapping[str, Any]) -> Usage:
    return count_tokens(prompt=usage.get("prompt_tokens"), completion=usage.get("completion_tokens"))


def _cost(usage: Mapping[str, Any]) -> Decimal | None:
    """What the answer says it cost: searches have a price beside their tokens."""
    total = (usage.get("cost") or {}).get("total_cost")
    return None if total is None else Decimal(str(total))


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    client = httpx.Client(timeout=TIMEOUT)
    atexit.register(client.close)
    return client
