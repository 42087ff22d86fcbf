"""Talking with an agent: nothing is lost, nothing is done twice, two tabs notice each other."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from agents.errors import Overloaded
from agents.interview.converse import Hearing
from agents.messages import ModelResponse, ToolCall
from agents.providers import registry
from agents.providers.fake import FakeProvider
from stages import services
from stages.models import StageMessage, Turn
from stages.tests.factories import client_of, complete_by_examples, make_account, make_consultant, say, stage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_consultant()


@pytest.fixture
def account(user):
    return make_account(user, language="en", ai_model="openai-gpt4o")


@pytest.fixture
def client(user):
    return client_of(user)


@pytest.fixture
def stage(account, client):
    stage = stage_of(account, 1)
    client.post(f"/api/stages/{stage.pk}/start")
    return stage


def hearing(kind="answer", remark="Thank you.", **answers):
    return Hearing(kind=kind, remark=remark, answers=[{"key": key, "words": words} for key, words in answers.items()])


def test_an_answer_is_understood_and_the_next_question_asked(client, stage):
    answer = say(client, stage, "Industrial maintenance software").json()
    assert answer["updated_state"]["answers"]["industry"] == "Industrial maintenance software"
    assert 0 < answer["progress"] < 100
    assert answer["is_complete"] is False
    assert answer["output"] is None
    assert answer["metadata"]["provider"] == "offline"
    assert answer["updated_state"]["revision"] == 2


def test_the_first_message_starts_an_unlocked_stage(client, account):
    stage = stage_of(account, 1)
    assert say(client, stage, "Industrial maintenance software").status_code == 200
    stage.refresh_from_db()
    assert stage.status == "in_progress"
    assert [message.role for message in stage.messages.all()] == ["assistant", "user", "assistant"]


@pytest.mark.parametrize(
    ("change", "status", "loc"),
    [
        ({"stage_number": 2}, 422, ["body", "stage_number"]),
        ({"stage_number": 8}, 422, ["body", "stage_number"]),
        ({"user_message": " "}, 422, ["body", "user_message"]),
        ({"user_message": "x" * 8001}, 422, ["body", "user_message"]),
        ({"stage_id": "x"}, 422, ["body", "stage_id"]),
    ],
)
def test_a_body_that_does_not_fit_names_the_field(client, stage, change, status, loc):
    body = {"account_id": str(stage.account_id), "stage_id": str(stage.pk), "stage_number": 1, "user_message": "x"}
    answer = client.post("/api/agents/chat", body | change)
    assert answer.status_code == status
    assert answer.json()["detail"][0]["loc"] == loc
    assert not Turn.objects.exists()


def test_a_stranger_finds_nothing(stage, account):
    stranger = client_of(make_consultant())
    assert say(stranger, stage, "Hello").status_code == 404
    for url in ("", "/history", "/versions"):
        assert stranger.get(f"/api/stages/{stage.pk}{url}").status_code == 404
    for verb in ("start", "reset"):
        assert stranger.post(f"/api/stages/{stage.pk}/{verb}").status_code == 404
    assert stranger.post(f"/api/stages/{stage.pk}/complete", {"output": {}}).status_code == 404
    assert stranger.get(f"/api/accounts/{account.pk}/stages").status_code == 404


def test_an_outdated_tab_is_refused_with_the_current_state(client, stage):
    def send(revision):
        body = {
            "account_id": str(stage.account_id), "stage_id": str(stage.pk), "stage_number": 1,
            "user_message": "Industrial maintenance software", "conversation_state": {"revision": revision},
        }  # fmt: skip
        return client.post("/api/agents/chat", body)

    assert send(1).status_code == 200
    refused = send(1)
    assert refused.status_code == 409
    assert refused.json()["state"]["conversation_state"]["revision"] == 2
    assert stage.messages.filter(role="user").count() == 1


def test_a_retry_with_the_same_key_gets_the_same_answer_and_no_second_turn(client, stage):
    first = say(client, stage, "Industrial maintenance software", Idempotency_Key="k-1")
    again = say(client, stage, "Industrial maintenance software", Idempotency_Key="k-1")
    assert again.json() == first.json()
    assert Turn.objects.count() == 1
    assert say(client, stage, "Something else", Idempotency_Key="k-1").status_code == 409


def test_when_every_model_fails_the_message_is_kept_and_sending_it_again_answers_it(client, stage):
    with registry.override(openai=FakeProvider(lambda _request: Overloaded(retry_after=60))):
        failed = say(client, stage, "Industrial maintenance software")
    assert failed.status_code == 503
    assert int(failed["Retry-After"]) > 0
    assert stage.messages.filter(role="user").count() == 1
    with registry.override(openai=FakeProvider(lambda _r: hearing(industry="Industrial maintenance software"))):
        answer = say(client, stage, "Industrial maintenance software")
    assert answer.status_code == 200
    assert answer.json()["updated_state"]["answers"]["industry"] == "Industrial maintenance software"
    assert stage.messages.filter(role="user").count() == 1


def test_rules_carry_on_when_the_fallbacks_end_in_offline(client, stage, settings):
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": ["offline"]}
    with registry.override(openai=FakeProvider(lambda _request: Overloaded(retry_after=60))):
        answer = say(client, stage, "Industrial maintenance software").json()
    assert answer["metadata"]["provider"] == "offline"
    assert answer["metadata"]["fallback"] is True
    assert answer["updated_state"]["answers"]["industry"] == "Industrial maintenance software"


def test_an_answer_that_nobody_gave_is_not_believed(client, stage):
    invented = hearing(industry="Aerospace", offering="Rockets to Mars, weekly departures")
    with registry.override(openai=FakeProvider(lambda _request: invented)):
        answer = say(client, stage, "We sell maintenance software").json()
    assert answer["updated_state"]["answers"] == {}


def test_a_model_that_asks_its_own_questions_still_asks_one(client, stage):
    chatty = hearing(remark="Good. What is your budget? And who decides?", industry="Industrial maintenance software")
    with registry.override(openai=FakeProvider(lambda _request: chatty)):
        answer = say(client, stage, "Industrial maintenance software").json()
    assert "budget?" not in answer["agent_message"]
    assert "decides?" not in answer["agent_message"]
    assert answer["agent_message"].startswith("Good.")
    assert answer["agent_message"].count("?") == 1


def test_a_model_that_calls_tools_without_end_is_asked_without_them(client, stage):
    def endless(request):
        if not request.tools:
            return hearing(**{asked: "A machine stopped"})
        call = ToolCall(id="1", name="web_search", arguments={"query": "What do they ask?"})
        return ModelResponse(text="", provider="openai", model="x", tool_calls=(call,))

    complete_by_examples(client, stage)
    second = stage_of(stage.account, 2)
    asked = client.post(f"/api/stages/{second.pk}/start").json()["current_question"]
    with registry.override(openai=FakeProvider(endless)):
        answer = say(client, second, "A machine stopped")
    assert answer.status_code == 200, answer.json()
    assert answer.json()["updated_state"]["answers"] == {asked: "A machine stopped"}


def test_an_unknown_key_or_an_unreadable_answer_changes_nothing(client, stage):
    with registry.override(openai=FakeProvider(lambda _request: hearing(no_such_key="Hello there", ticket="a lot"))):
        answer = say(client, stage, "Hello there, a lot").json()
    assert answer["updated_state"]["answers"].keys() <= {"ticket"}


def test_answers_that_do_not_fit_the_schema_end_in_a_clear_refusal(client, stage):
    with registry.override(openai=FakeProvider(lambda _request: "not json at all")):
        answer = say(client, stage, "Industrial maintenance software")
    assert answer.status_code == 503
    assert StageMessage.objects.filter(role="user").count() == 1


def test_a_message_in_a_stage_that_is_answering_another_is_refused(client, stage):
    services.message_accept(
        user=stage.account.user, account_id=stage.account_id, stage_id=stage.pk, stage_number=1, user_message="First"
    )
    assert say(client, stage, "Second").status_code == 409
    assert stage.messages.filter(content="Second").count() == 0


def test_a_turn_whose_server_died_is_taken_up_by_the_next_request(client, stage):
    services.message_accept(
        user=stage.account.user, account_id=stage.account_id, stage_id=stage.pk, stage_number=1,
        user_message="Industrial maintenance software",
    )  # fmt: skip
    Turn.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    answer = say(client, stage, "Industrial maintenance software").json()
    assert answer["updated_state"]["answers"]["industry"] == "Industrial maintenance software"
    assert stage.messages.filter(role="user").count() == 1


def test_a_message_that_was_answered_with_a_later_one_gets_that_answer_when_it_is_sent_again(client, stage):
    services.message_accept(
        user=stage.account.user, account_id=stage.account_id, stage_id=stage.pk, stage_number=1,
        user_message="Industrial maintenance software", idempotency_key="first",
    )  # fmt: skip
    Turn.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    later = say(client, stage, "Are you there?", Idempotency_Key="second")
    assert later.status_code == 200
    for text, key in (("Industrial maintenance software", "first"), ("Are you there?", "second")):
        assert say(client, stage, text, Idempotency_Key=key).json() == later.json()
    assert stage.messages.filter(role="user").count() == 2


def test_a_failed_message_sent_again_under_its_key_is_answered_though_others_failed_after_it(client, stage):
    with registry.override(openai=FakeProvider(lambda _request: Overloaded(retry_after=60))):
        assert say(client, stage, "Industrial maintenance software", Idempotency_Key="a").status_code == 503
        assert say(client, stage, "Hello?", Idempotency_Key="b").status_code == 503
    assert say(client, stage, "Industrial maintenance software", Idempotency_Key="a").status_code == 200
    assert stage.messages.filter(role="user").count() == 2


def test_what_is_refused_before_a_turn_is_json_also_for_listeners(client, stage):
    answer = say(client, stage, " ", Accept="text/event-stream")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/json"


def test_events_tell_the_turn_as_it_happens(client, stage, monkeypatch):
    from stages.api import events

    class Inline:
        def submit(self, function, *arguments):
            function(*arguments)

    monkeypatch.setattr(events, "_pool", Inline)
    monkeypatch.setattr(events.connections, "close_all", lambda: None)
    body = {
        "account_id": str(stage.account_id), "stage_id": str(stage.pk), "stage_number": 1,
        "user_message": "Industrial maintenance software",
    }  # fmt: skip
    response = client.post("/api/agents/chat", body, headers={"Accept": "text/event-stream", "Idempotency-Key": "e"})
    assert response["Content-Type"].startswith("text/event-stream")
    text = b"".join(response.streaming_content).decode()
    kinds = [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]
    assert kinds == ["status", "message", "done"]
    done = json.loads(text.split("event: done\ndata: ")[1].split("\n")[0])
    assert done == say(client, stage, body["user_message"], Idempotency_Key="e").json()


@pytest.mark.django_db(transaction=True)
def test_the_same_key_twice_at_once_is_one_turn(user):
    account = make_account(user, language="en")
    stage = stage_of(account, 1)
    client_of(user).post(f"/api/stages/{stage.pk}/start")
    barrier, answers = threading.Barrier(4), []

    def send():
        try:
            client = client_of(user)
            barrier.wait(10)
            answers.append(say(client, stage, "Industrial maintenance software", Idempotency_Key="same"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert Turn.objects.count() == 1


def test_a_turn_costs_a_bounded_number_of_queries(client, stage, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        say(client, stage, "Industrial maintenance software")
