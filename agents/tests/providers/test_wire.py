"""What goes over each wire, byte for byte in JSON, and what is read from it."""

import base64
import json
from enum import StrEnum
from typing import Literal

import httpx2
import pytest
from pydantic import BaseModel, Field

from agents import errors
from agents.messages import Message, Opaque, Role, ToolCall, ToolSpec, Usage
from agents.tests.conftest import MODELS, ask


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


@pytest.fixture
def sent(wire, vendor):
    """Send a request and hand back the body that went out."""

    def send(*, reply="Fine.", model=MODELS, given=None, **fields):
        bodies = []

        def receive(request):
            bodies.append(json.loads(request.content))
            return httpx2.Response(200, json=answer(vendor, reply))

        name = model if isinstance(model, str) else model[vendor]
        wire(receive, **(given or {})).complete(ask(**fields), model=name, timeout=5)
        return bodies[0]

    return send


def test_a_plain_request(sent, vendor, snapshot):
    snapshot(f"{vendor}_text", sent())


def test_a_request_with_a_schema(sent, vendor, snapshot):
    snapshot(f"{vendor}_schema", sent(schema=Verdict, reply=json.dumps(VERDICT)))


def test_a_conversation_with_tools(sent, vendor, snapshot):
    snapshot(f"{vendor}_tools", sent(tools=(TOOL,), messages=CONVERSATION))


def test_a_model_that_only_knows_json_is_told_the_schema_in_words(sent, vendor, snapshot):
    given = {"MODEL_IDS": {"plain": {"provider": vendor, "model": "m", "capabilities": {"structured_output": "json"}}}}
    snapshot(f"{vendor}_json", sent(schema=Verdict, reply=json.dumps(VERDICT), model="m", given=given))


def test_a_model_that_knows_no_json_mode_is_only_asked(sent, vendor, snapshot):
    able = {"structured_output": "prompt", "tools": False}
    given = {"MODEL_IDS": {"plain": {"provider": vendor, "model": "m", "capabilities": able}}}
    body = sent(schema=Verdict, tools=(TOOL,), reply=json.dumps(VERDICT), model="m", given=given)
    snapshot(f"{vendor}_prompt", body)


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-6-luna"])
def test_openai_gets_only_what_the_model_takes(wire, snapshot, model):
    bodies = []

    def receive(request):
        bodies.append(json.loads(request.content))
        return httpx2.Response(200, json=answer("openai"))

    wire(receive, name="openai").complete(ask(), model=model, timeout=5)
    sampling = {key: value for key, value in bodies[0].items() if key not in ("model", "messages")}
    assert (
        sampling
        == {
            "gpt-4o": {"temperature": 0.3, "max_tokens": 200},
            "gpt-6-luna": {"reasoning_effort": "none", "max_completion_tokens": 200},
        }[model]
    )


def test_anthropic_gets_no_temperature_unless_a_model_is_said_to_take_it(wire):
    bodies = []

    def receive(request):
        bodies.append(json.loads(request.content))
        return httpx2.Response(200, json=answer("anthropic"))

    able = {"temperature": True, "effort": "disabled"}
    given = {"MODEL_IDS": {"old": {"provider": "anthropic", "model": "old", "capabilities": able}}}
    provider = wire(receive, name="anthropic", **given)
    provider.complete(ask(), model="claude-opus-5-5", timeout=5)
    provider.complete(ask(), model="old", timeout=5)
    assert "temperature" not in bodies[0]
    assert bodies[0]["output_config"] == {"effort": "low"}
    assert (bodies[1]["temperature"], bodies[1]["thinking"]) == (0.3, {"type": "disabled"})


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


SIGNATURE = base64.b64encode(bytes(range(250, 256)) * 3).decode()
SIGNED = {
    "anthropic": {
        "model": "claude-opus-5-5",
        "stop_reason": "tool_use",
        "content": [
            {"type": "thinking", "thinking": "", "signature": "signed"},
            {"type": "text", "text": "Adding."},
            {"type": "tool_use", "id": "toolu_1", "name": "add", "input": {"a": 1, "b": 2}},
        ],
    },
    "google": {
        "candidates": [
            {
                "content": {
                    "role": "model",
                    "parts": [
                        {"text": "Hm.", "thought": True},
                        {"functionCall": {"name": "add", "args": {"a": 1, "b": 2}}, "thoughtSignature": SIGNATURE},
                    ],
                },
                "finishReason": "STOP",
            }
        ]
    },
}


@pytest.mark.parametrize("name", SIGNED)
def test_signed_reasoning_goes_back_to_its_model_as_it_came(wire, name):
    bodies = []

    def receive(request):
        bodies.append(json.loads(request.content))
        return httpx2.Response(200, json=SIGNED[name])

    provider = wire(receive, name=name)
    first = provider.complete(ask(tools=(TOOL,)), model=MODELS[name], timeout=5)
    turn = (
        Message(role=Role.USER, content="1 + 2?"),
        Message(role=Role.ASSISTANT, content=first.text, tool_calls=first.tool_calls),
        Message(role=Role.TOOL, content="3", tool_call_id=first.tool_calls[0].id, tool_name="add"),
    )
    provider.complete(ask(tools=(TOOL,), messages=turn), model=MODELS[name], timeout=5)
    if name == "anthropic":
        assert bodies[1]["messages"][1]["content"] == SIGNED[name]["content"]
    else:
        call, result = bodies[1]["contents"][1]["parts"][-1], bodies[1]["contents"][2]["parts"][0]
        assert base64.urlsafe_b64decode(call["thoughtSignature"]) == base64.b64decode(SIGNATURE)
        assert result == {"functionResponse": {"name": "add", "response": {"output": "3"}}}


@pytest.mark.parametrize("name", SIGNED)
def test_signed_reasoning_of_another_model_stays_here(wire, name):
    bodies = []

    def receive(request):
        bodies.append(request.content.decode())
        return httpx2.Response(200, json=answer(name))

    foreign = Opaque(provider=name, model="another", data=[{"type": "thinking", "signature": "foreign-signature"}])
    call = ToolCall(id="call_1", name="add", arguments={"a": 1, "b": 2}, opaque=foreign)
    turn = (
        Message(role=Role.USER, content="1 + 2?"),
        Message(role=Role.ASSISTANT, content="", tool_calls=(call,)),
        Message(role=Role.TOOL, content="3", tool_call_id="call_1", tool_name="add"),
    )
    wire(receive, name=name).complete(ask(tools=(TOOL,), messages=turn), model=MODELS[name], timeout=5)
    assert "foreign-signature" not in bodies[0]
    assert '"add"' in bodies[0]


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


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("openai", "http://127.0.0.1:1/v1", "http://127.0.0.1:1/v1/chat/completions"),
        ("openai", "", "https://api.openai.com/v1/chat/completions"),
        ("anthropic", "http://127.0.0.1:1/v1/", "http://127.0.0.1:1/v1/messages"),
        ("anthropic", "http://127.0.0.1:1", "http://127.0.0.1:1/v1/messages"),
        (
            "google",
            "http://127.0.0.1:1/v1beta",
            "http://127.0.0.1:1/v1beta/models/gemini-2.5-flash-lite:generateContent",
        ),
        ("google", "http://127.0.0.1:1/", "http://127.0.0.1:1/v1beta/models/gemini-2.5-flash-lite:generateContent"),
    ],
)
def test_a_base_url_may_be_given_with_its_version_or_without(wire, name, given, expected):
    urls = []

    def receive(request):
        urls.append(str(request.url))
        return httpx2.Response(200, json=answer(name))

    wire(receive, name=name, **{f"{name.upper()}_BASE_URL": given}).complete(ask(), model=MODELS[name], timeout=5)
    assert urls == [expected]


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
