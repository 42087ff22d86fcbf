"""What every adapter must do, over real sockets against a local server that speaks the three wire formats."""

import time
from typing import Literal

import pytest
from llmock.scenarios import Reply, ToolCall
from pydantic import BaseModel

from agents import errors
from agents.messages import FinishReason, Message, Role, ToolSpec
from agents.tests.conftest import LLMOCK, MODELS, ask


class Verdict(BaseModel):
    sentiment: Literal["positive", "negative"]
    confidence: float


WEATHER = ToolSpec(
    name="weather",
    description="The weather in a city.",
    parameters={
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
        "additionalProperties": False,
    },
)


@pytest.fixture
def complete(provider, vendor):
    def send(timeout=5.0, **fields):
        return provider.complete(ask(**fields), model=MODELS[vendor], timeout=timeout)

    return send


def test_a_text_comes_back_with_its_usage_and_the_model_that_wrote_it(complete, vendor, local_vendors):
    local_vendors.reply("Good morning.")
    response = complete()
    assert response.text == "Good morning."
    assert response.finish_reason is FinishReason.STOP
    assert (response.provider, response.model) == (vendor, MODELS[vendor])
    assert response.usage.prompt_tokens > 0
    assert response.usage.completion_tokens > 0


def test_a_schema_gives_a_validated_object(complete, local_vendors):
    local_vendors.reply('{"sentiment": "negative", "confidence": 0.9}')
    assert complete(schema=Verdict).parsed == Verdict(sentiment="negative", confidence=0.9)


def test_a_tool_call_and_its_result_make_a_round_trip(complete, local_vendors):
    local_vendors.call_tool("weather", {"city": "Bogotá"}).reply("It rains.")
    first = complete(tools=(WEATHER,))
    (call,) = first.tool_calls
    assert first.finish_reason is FinishReason.TOOL_CALLS
    assert (call.name, call.arguments) == ("weather", {"city": "Bogotá"})
    second = complete(
        tools=(WEATHER,),
        messages=(
            Message(role=Role.USER, content="Weather?"),
            Message(role=Role.ASSISTANT, content=first.text, tool_calls=first.tool_calls),
            Message(role=Role.TOOL, content="rain", tool_call_id=call.id, tool_name=call.name),
        ),
    )
    assert second.text == "It rains."


def test_parallel_tool_calls_keep_their_order_and_are_answered_in_one_turn(complete, local_vendors):
    calls = (ToolCall("weather", {"city": "Lima"}), ToolCall("weather", {"city": "Quito"}))
    local_vendors.add(Reply(tool_calls=calls)).reply("Both are warm.")
    first = complete(tools=(WEATHER,))
    assert [call.arguments["city"] for call in first.tool_calls] == ["Lima", "Quito"]
    assert len({call.id for call in first.tool_calls}) == 2
    results = [
        Message(role=Role.TOOL, content="warm", tool_call_id=call.id, tool_name=call.name) for call in first.tool_calls
    ]
    question = Message(role=Role.USER, content="Weather?")
    answer = Message(role=Role.ASSISTANT, content="", tool_calls=first.tool_calls)
    assert complete(tools=(WEATHER,), messages=(question, answer, *results)).text == "Both are warm."


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, errors.BadRequest),
        (401, errors.AuthenticationFailed),
        (403, errors.AuthenticationFailed),
        (404, errors.ModelNotFound),
        (413, errors.BadRequest),
        (429, errors.RateLimited),
        (500, errors.Overloaded),
        (503, errors.Overloaded),
        (529, errors.Overloaded),
    ],
)
def test_a_refused_request_is_one_of_our_errors_and_is_not_repeated_by_the_sdk(
    complete, local_vendors, status, expected
):
    local_vendors.fail(status, times=None)
    with pytest.raises(expected) as caught:
        complete()
    assert type(caught.value) is expected
    assert caught.value.transient is (status == 429 or status >= 500)
    assert len(local_vendors.requests) == 1


def test_a_rate_limit_says_how_long_to_wait(complete, local_vendors):
    local_vendors.rate_limit(retry_after=7)
    with pytest.raises(errors.RateLimited) as caught:
        complete()
    assert caught.value.retry_after == 7


def test_a_server_that_hangs_is_given_up_in_time(complete, local_vendors):
    local_vendors.delay(1.0)
    started = time.monotonic()
    with pytest.raises(errors.ProviderTimeout):
        complete(timeout=0.2)
    assert time.monotonic() - started < 0.8


def test_a_cut_answer_is_truncated_and_counts(complete, local_vendors):
    local_vendors.add(Reply(text='{"sentiment": "neg', finish_reason="length"))
    with pytest.raises(errors.Truncated) as caught:
        complete(schema=Verdict)
    assert caught.value.usage.total_tokens > 0


def test_a_refusal_or_a_filter_is_told_from_an_answer(complete, vendor, local_vendors):
    local_vendors.add(Reply(text="", finish_reason="content_filter"))
    with pytest.raises(errors.Refused if vendor == "anthropic" else errors.ContentBlocked):
        complete()


def test_an_empty_answer_is_an_error_of_its_own(complete, local_vendors):
    local_vendors.add(Reply(text=""))
    with pytest.raises(errors.EmptyAnswer):
        complete()


@pytest.mark.parametrize("garbage", ["no JSON at all", '{"sentiment": "furious", "confidence": 2}', "{", "[]", "null"])
def test_garbage_where_an_object_belongs_names_its_faults(complete, local_vendors, garbage):
    local_vendors.reply(garbage)
    with pytest.raises(errors.InvalidOutput) as caught:
        complete(schema=Verdict)
    assert caught.value.faults
    assert caught.value.text == garbage
    assert caught.value.usage.total_tokens > 0


def test_an_object_in_a_code_fence_is_read(complete, local_vendors):
    local_vendors.reply('Here it is:\n```json\n{"sentiment": "positive", "confidence": 1}\n```')
    assert complete(schema=Verdict).parsed.sentiment == "positive"


def test_a_request_reaches_its_vendor_once_and_with_its_key(complete, vendor, local_vendors):
    complete()
    (record,) = local_vendors.requests
    assert record.provider == LLMOCK[vendor]
    assert record.sdk_retry_count in (None, 0)
