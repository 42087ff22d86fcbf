"""What is read from each wire."""

import json

import httpx2
import pytest

from agents import errors
from agents.messages import Usage
from agents.tests.conftest import MODELS, ask
from agents.tests.providers.samples import TOOL, VERDICT, Mood, Verdict, answer


@pytest.mark.parametrize(
    ("name", "usage", "expected"),
    [
        (
            "openai",
            {
                "usage": {
                    "prompt_tokens": 100,
                    "completion_tokens": 50,
                    "prompt_tokens_details": {"cached_tokens": 60, "cache_write_tokens": 10},
                    "completion_tokens_details": {"reasoning_tokens": 30},
                }
            },
            Usage(
                prompt_tokens=100, completion_tokens=50, cached_tokens=60, cache_write_tokens=10, reasoning_tokens=30
            ),
        ),
        (
            "anthropic",
            {
                "usage": {
                    "input_tokens": 30,
                    "output_tokens": 50,
                    "cache_read_input_tokens": 60,
                    "cache_creation_input_tokens": 10,
                    "output_tokens_details": {"thinking_tokens": 30},
                }
            },
            Usage(
                prompt_tokens=100, completion_tokens=50, cached_tokens=60, cache_write_tokens=10, reasoning_tokens=30
            ),
        ),
        (
            "google",
            {
                "usageMetadata": {
                    "promptTokenCount": 100,
                    "candidatesTokenCount": 20,
                    "thoughtsTokenCount": 30,
                    "cachedContentTokenCount": 60,
                }
            },
            Usage(prompt_tokens=100, completion_tokens=50, cached_tokens=60, reasoning_tokens=30),
        ),
    ],
)
def test_usage_means_the_same_from_every_vendor(wire, name, usage, expected):
    provider = wire(lambda request: httpx2.Response(200, json=answer(name) | usage), name=name)
    assert provider.complete(ask(), model=MODELS[name], timeout=5).usage == expected


def test_openai_says_a_refusal_in_a_field_of_its_own(wire):
    body = answer("openai", None, refusal="I cannot help with that.")
    with pytest.raises(errors.Refused):
        wire(lambda request: httpx2.Response(200, json=body), name="openai").complete(ask(), model="gpt-4o", timeout=5)


def test_google_says_that_the_prompt_was_blocked(wire):
    body = {"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {"promptTokenCount": 9}}
    provider = wire(lambda request: httpx2.Response(200, json=body), name="google")
    with pytest.raises(errors.ContentBlocked) as caught:
        provider.complete(ask(), model=MODELS["google"], timeout=5)
    assert caught.value.usage.prompt_tokens == 9


def test_google_thoughts_are_not_the_answer(wire):
    parts = [{"text": "Hm.", "thought": True}, {"text": "Yes."}]
    body = {"candidates": [{"content": {"parts": parts}, "finishReason": "STOP"}], "modelVersion": "gemini-x-001"}
    response = wire(lambda request: httpx2.Response(200, json=body), name="google").complete(
        ask(), model=MODELS["google"], timeout=5
    )
    assert (response.text, response.model) == ("Yes.", "gemini-x-001")


def test_the_thinking_of_an_open_model_is_not_the_answer(wire):
    body = answer("openai", "<think>{not this}</think>\n" + json.dumps(VERDICT))
    provider = wire(lambda request: httpx2.Response(200, json=body), name="openai")
    assert provider.complete(ask(schema=Verdict), model="gpt-4o", timeout=5).parsed.mood is Mood.GOOD


@pytest.mark.parametrize("arguments", ['{"a": 1', "[1, 2]", "nonsense"])
def test_arguments_that_are_no_object_are_kept_as_they_came(wire, arguments):
    call = {"id": "c", "type": "function", "function": {"name": "add", "arguments": arguments}}
    body = answer("openai", None, tool_calls=[call])
    provider = wire(lambda request: httpx2.Response(200, json=body), name="openai")
    (made,) = provider.complete(ask(tools=(TOOL,)), model="gpt-4o", timeout=5).tool_calls
    assert (made.arguments, made.malformed) == ({}, arguments)


@pytest.mark.parametrize(
    ("name", "status", "body", "expected"),
    [
        ("openai", 429, {"error": {"code": "insufficient_quota", "message": "m"}}, errors.AuthenticationFailed),
        ("openai", 400, {"error": {"code": "content_filter", "message": "m"}}, errors.ContentBlocked),
        ("openai", 404, {"error": {"code": "model_not_found", "message": "m"}}, errors.ModelNotFound),
        ("anthropic", 400, {"error": {"type": "overloaded_error", "message": "m"}}, errors.Overloaded),
        (
            "google",
            400,
            {"error": {"message": "API key not valid.", "details": [{"reason": "API_KEY_INVALID"}]}},
            errors.AuthenticationFailed,
        ),
        ("google", 504, {"error": {"message": "m", "status": "DEADLINE_EXCEEDED"}}, errors.ProviderTimeout),
    ],
)
def test_an_error_is_told_by_its_code_where_the_status_misleads(wire, name, status, body, expected):
    provider = wire(lambda request: httpx2.Response(status, json=body), name=name)
    with pytest.raises(expected):
        provider.complete(ask(), model=MODELS[name], timeout=5)


def test_google_says_how_long_to_wait_in_its_details(wire):
    details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "12.5s"}]
    body = {"error": {"message": "m", "status": "RESOURCE_EXHAUSTED", "details": details}}
    provider = wire(lambda request: httpx2.Response(429, json=body), name="google")
    with pytest.raises(errors.RateLimited) as caught:
        provider.complete(ask(), model=MODELS["google"], timeout=5)
    assert caught.value.retry_after == 12.5


@pytest.mark.parametrize("text", ["a\\u0000b", "a\\ud83db", "a\\udc00"])
def test_whatever_a_model_says_can_be_stored(wire, vendor, text):
    body = json.dumps(answer(vendor, "TEXT")).replace("TEXT", text)
    provider = wire(lambda request: httpx2.Response(200, content=body))
    said = provider.complete(ask(), model=MODELS[vendor], timeout=5).text
    assert "\x00" not in said
    assert said.encode()


def test_a_hidden_nul_in_an_object_is_dropped(wire, vendor):
    body = answer(vendor, json.dumps(VERDICT | {"note": "a\x00b"}))
    provider = wire(lambda request: httpx2.Response(200, json=body))
    assert provider.complete(ask(schema=Verdict), model=MODELS[vendor], timeout=5).parsed.note == "ab"


@pytest.mark.parametrize("usage", [None, [], {"prompt_tokens": "many"}, {"prompt_tokens": -1}])
def test_strange_usage_counts_as_none(wire, usage):
    body = answer("openai") | {"usage": usage}
    provider = wire(lambda request: httpx2.Response(200, json=body), name="openai")
    assert provider.complete(ask(), model="gpt-4o", timeout=5).usage == Usage()


def test_parts_are_never_larger_than_their_whole(wire):
    usage = {"prompt_tokens": 5, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 50}}
    body = answer("openai") | {"usage": usage}
    provider = wire(lambda request: httpx2.Response(200, json=body), name="openai")
    assert provider.complete(ask(), model="gpt-4o", timeout=5).usage.cached_tokens == 5


def test_the_name_of_a_model_fits_the_ledger(wire):
    body = answer("openai") | {"model": "/srv/models/" + "x" * 300}
    provider = wire(lambda request: httpx2.Response(200, json=body), name="openai")
    assert len(provider.complete(ask(), model="gpt-4o", timeout=5).model) == 100
