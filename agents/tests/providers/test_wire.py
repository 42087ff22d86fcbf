"""What goes over each wire, byte for byte in JSON."""

import base64
import json

import httpx2
import pytest

from agents.messages import Message, Opaque, Role, ToolCall
from agents.tests.conftest import MODELS, ask
from agents.tests.providers.samples import CONVERSATION, TOOL, VERDICT, Verdict, answer


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
