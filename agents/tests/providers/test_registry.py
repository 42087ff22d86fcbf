import threading
import time
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from pydantic import BaseModel

from agents.errors import (
    AuthenticationFailed,
    BadRequest,
    ConnectionFailed,
    EmptyAnswer,
    NoModelAvailable,
    Overloaded,
    ProviderTimeout,
    RateLimited,
    Refused,
    UnknownModel,
    UnsupportedPurpose,
)
from agents.messages import CallContext, Deadline, ModelResponse, Role, Usage
from agents.models import ModelCall
from agents.providers import registry
from agents.providers.fake import FakeProvider, ScriptOver
from agents.tests.conftest import ask

pytestmark = pytest.mark.django_db
OPUS = "anthropic-claude-opus-4"
SUBJECT = CallContext(subject_kind="run", subject_id=uuid4())


class Number(BaseModel):
    value: int


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    """Retries without the wait; what would have been waited."""
    pauses = []
    monkeypatch.setattr("agents.providers.registry.sleep", pauses.append)
    return pauses


@pytest.fixture
def fallback(settings):
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": [OPUS, "google-gemini-2.5-pro"]}


def complete(request=None, *, seconds=10.0, model_id="openai-gpt4o", allow_offline=False, **providers):
    with registry.override(**providers):
        return registry.complete(
            request or ask(),
            model_id=model_id,
            deadline=Deadline.after(seconds),
            context=SUBJECT,
            allow_offline=allow_offline,
        )


def rows():
    return list(ModelCall.objects.order_by("created_at"))


def test_an_answer_says_which_model_gave_it_and_has_its_row():
    request = ask()
    completion = complete(request, openai=FakeProvider(["Hi."]))
    assert (completion.response.text, completion.model_id, completion.fallback) == ("Hi.", "openai-gpt4o", False)
    (row,) = rows()
    assert (row.purpose, row.subject_kind, row.subject_id) == ("test", "run", SUBJECT.subject_id)
    assert (row.asked_model, row.served_model, row.provider) == ("openai-gpt4o", "openai-gpt4o", "openai")
    assert (row.vendor_model, row.outcome, row.attempt) == ("gpt-4o", "ok", 1)
    assert (row.prompt_tokens, row.completion_tokens, row.cost_usd) == (100, 20, Decimal("0.000450"))
    assert (row.prompt_name, row.prompt_hash) == (request.prompt.name, request.prompt.hash)
    assert completion.cost_usd == row.cost_usd


@pytest.mark.parametrize("error", [RateLimited(), Overloaded(), ProviderTimeout(), ConnectionFailed()])
def test_what_may_pass_is_tried_again(error, no_pauses):
    completion = complete(openai=FakeProvider([error, error, "Hi."]))
    assert completion.response.text == "Hi."
    assert [(row.attempt, row.outcome) for row in rows()] == [(1, error.code), (2, error.code), (3, "ok")]
    assert 0.2 <= no_pauses[0] <= 0.4 <= no_pauses[1] <= 0.8


@pytest.mark.parametrize("error", [AuthenticationFailed(), BadRequest(), Refused(), EmptyAnswer()])
def test_what_will_not_pass_is_not_tried_again(error, no_pauses):
    with pytest.raises(NoModelAvailable) as caught:
        complete(openai=FakeProvider([error]))
    assert caught.value.__cause__ is error
    assert no_pauses == []
    assert [row.outcome for row in rows()] == [error.code]


def test_attempts_have_an_end():
    fake = FakeProvider(lambda request: Overloaded())
    with pytest.raises(NoModelAvailable):
        complete(openai=fake)
    assert len(fake.requests) == 3


def test_the_wait_a_provider_asks_for_is_kept(no_pauses):
    complete(openai=FakeProvider([RateLimited(retry_after=2), "Hi."]))
    assert 2 <= no_pauses[0] <= 2.4


def test_a_wait_longer_than_the_time_left_is_not_begun(no_pauses):
    with pytest.raises(NoModelAvailable):
        complete(openai=FakeProvider([RateLimited(retry_after=60)]))
    assert no_pauses == []


@pytest.mark.parametrize("error", [AuthenticationFailed(), Refused(), Overloaded(), BadRequest()])
def test_the_next_model_answers_for_one_that_fails(fallback, error):
    completion = complete(openai=FakeProvider(lambda request: error), anthropic=FakeProvider(["Hola."]))
    assert (completion.response.text, completion.model_id, completion.fallback) == ("Hola.", OPUS, True)
    last = rows()[-1]
    assert (last.asked_model, last.served_model, last.vendor_model) == ("openai-gpt4o", OPUS, "claude-opus-5-5")


def test_models_without_a_key_are_left_out_of_the_chain(fallback):
    completion = complete(openai=FakeProvider([Refused()]), google=FakeProvider(["Ciao."]))
    assert completion.model_id == "google-gemini-2.5-pro"


class Rules:
    """An offline provider that can do one thing."""

    name = "offline"

    def complete(self, request, *, model, timeout):
        if request.purpose != "test":
            raise UnsupportedPurpose
        return ModelResponse(text="By rules.", provider="offline", model=model)

    def close(self):
        pass


def test_rules_answer_last_where_the_caller_allows_it(fallback):
    failing = FakeProvider(lambda request: Refused())
    completion = complete(openai=failing, anthropic=failing, offline=Rules(), allow_offline=True)
    assert (completion.response.text, completion.model_id, completion.fallback) == ("By rules.", "offline", True)
    assert rows()[-1].cost_usd == 0


def test_rules_do_not_answer_where_the_caller_does_not():
    with pytest.raises(NoModelAvailable):
        complete(openai=FakeProvider([Refused()]), offline=Rules())


def test_rules_answer_when_the_chain_names_them(settings):
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": ["offline"]}
    assert complete(openai=FakeProvider([Refused()]), offline=Rules()).model_id == "offline"


def test_rules_answer_even_when_the_time_is_up():
    assert complete(seconds=0, openai=FakeProvider([]), offline=Rules(), allow_offline=True).model_id == "offline"


def test_what_the_rules_cannot_do_is_no_answer():
    with pytest.raises(NoModelAvailable) as caught:
        complete(ask(purpose="poetry"), offline=Rules())
    assert isinstance(caught.value.__cause__, UnsupportedPurpose)


def test_an_answer_that_does_not_fit_is_repaired_once_with_its_faults():
    fake = FakeProvider(['{"value": "many"}', '{"value": 3}'])
    completion = complete(ask(schema=Number), openai=fake)
    assert completion.response.parsed == Number(value=3)
    answer, faults = fake.requests[1].messages[-2:]
    assert (answer.role, answer.content) == (Role.ASSISTANT, '{"value": "many"}')
    assert "value: Input should be a valid integer" in faults.content
    assert [row.outcome for row in rows()] == ["invalid_output", "ok"]
    assert completion.usage == Usage(prompt_tokens=200, completion_tokens=40)
    assert completion.cost_usd == Decimal("0.000900")


def test_a_second_unfit_answer_is_the_end():
    fake = FakeProvider(lambda request: "{}")
    with pytest.raises(NoModelAvailable) as caught:
        complete(ask(schema=Number), openai=fake)
    assert len(fake.requests) == 2
    assert caught.value.usage.total_tokens == 240


def test_tokens_of_a_failed_answer_are_counted():
    complete(openai=FakeProvider([Overloaded(usage=Usage(prompt_tokens=7)), "Hi."]))
    assert [row.prompt_tokens for row in rows()] == [7, 100]


def test_a_failure_without_usage_has_no_known_cost():
    complete(openai=FakeProvider([Overloaded(), "Hi."]))
    assert rows()[0].cost_usd is None


def test_a_model_without_a_price_has_no_known_cost(settings):
    settings.AGENTS = settings.AGENTS | {"MODEL_IDS": {"mine": {"provider": "openai", "model": "llama-9"}}}
    assert complete(model_id="mine", openai=FakeProvider(["Hi."])).cost_usd is None
    assert rows()[0].cost_usd is None


def test_a_model_that_hangs_leaves_time_to_the_next(fallback):
    class Recorder(FakeProvider):
        def complete(self, request, *, model, timeout):
            timeouts.append(timeout)
            return super().complete(request, model=model, timeout=timeout)

    timeouts = []
    complete(seconds=9, openai=Recorder([Refused()]), anthropic=Recorder([Refused()]), google=Recorder(["Hi."]))
    assert timeouts == pytest.approx([3, 4.5, 9], abs=0.1)


def test_no_time_is_no_request():
    fake = FakeProvider([])
    with pytest.raises(NoModelAvailable):
        complete(seconds=0, openai=fake)
    assert fake.requests == []
    assert rows() == []


@pytest.mark.django_db(transaction=True)
def test_a_row_of_an_account_that_is_gone_is_written_without_it():
    context = CallContext(account_id=uuid4())
    with registry.override(openai=FakeProvider(["Hi."])):
        registry.complete(ask(), deadline=Deadline.after(5), context=context)
    assert rows()[0].account_id is None


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_model_is_called():
    held = []

    def look(request):
        held.append(connection.connection)
        return "Hi."

    ModelCall.objects.count()
    with registry.override(openai=FakeProvider(look)):
        registry.complete(ask(), deadline=Deadline.after(5), context=CallContext())
    assert held == [None]
    assert connection.connection is None


@pytest.mark.django_db(transaction=True)
def test_many_threads_are_served_at_once():
    fake = FakeProvider(lambda request: "Hi.", latency=0.2)
    failures = []

    def work():
        try:
            registry.complete(ask(), deadline=Deadline.after(10), context=CallContext())
        except BaseException as error:
            failures.append(error)
            raise

    with registry.override(openai=fake):
        threads = [threading.Thread(target=work) for _ in range(30)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    assert time.monotonic() - started < 4
    assert ModelCall.objects.count() == 30


def test_an_unknown_id_names_the_choices():
    with pytest.raises(UnknownModel, match="openai-gpt4o, "):
        registry.check_model_id("gpt-2")
    registry.check_model_id("openai-gpt4o")


def test_an_unexpected_fault_of_a_provider_is_a_failure_like_any_other(fallback):
    class Broken(FakeProvider):
        def complete(self, request, *, model, timeout):
            raise KeyError("a fault of the SDK")

    completion = complete(openai=Broken([]), anthropic=FakeProvider(["Hi."]))
    assert completion.model_id == OPUS
    assert [row.outcome for row in rows()] == ["provider_error", "ok"]


def test_a_script_that_is_over_is_a_fault_of_the_test(fallback):
    with pytest.raises(ScriptOver):
        complete(openai=FakeProvider([]), anthropic=FakeProvider(["Hi."]))


def test_warming_up_opens_the_vendors_that_have_a_key(local_vendors, settings):
    settings.AGENTS = settings.AGENTS | {"GOOGLE_API_KEY": ""}
    registry.warm_up()
    assert sorted(registry.providers._providers) == ["anthropic", "offline", "openai"]
    registry.providers.close()
