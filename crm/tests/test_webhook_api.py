"""The webhook, as bots and CRM systems use it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from crm import services
from crm.models import Channel, InboundMessage, Run
from crm.tests.factories import make_channel, make_supervisor

pytestmark = pytest.mark.django_db
URL = "/api/v1/webhook/messages"
KEY = "test-webhook-key"
FIELDS = {
    "run_id", "status", "sentiment", "sla_breached", "proposed_action", "supervisor_note", "execution_result",
    "message",
}  # fmt: skip


def body(**fields):
    values = {
        "client_id": "CRM-001",
        "message": "What are your opening hours?",
        "timestamp": timezone.now().isoformat(),
    }
    return values | fields


@pytest.fixture
def client():
    return APIClient(headers={"X-Api-Key": KEY})


def test_a_neutral_question_is_answered(client):
    answer = client.post(URL, body())
    assert answer.status_code == 200
    assert set(answer.json()) == FIELDS
    assert answer.json() | {"run_id": "", "execution_result": "", "message": ""} == {
        "run_id": "", "status": "processed", "sentiment": "neutral", "sla_breached": False,
        "proposed_action": "send_standard_response", "supervisor_note": None, "execution_result": "", "message": "",
    }  # fmt: skip
    assert answer.json()["execution_result"]


def test_an_angry_message_waits_for_a_human(client):
    answer = client.post(
        URL, body(message="This is unacceptable! I have been waiting for three weeks. You are thieves.")
    )
    assert answer.status_code == 200
    result = answer.json()
    assert (result["status"], result["sentiment"]) == ("pending_approval", "negative")
    assert result["proposed_action"] == "escalate_to_human"
    assert result["execution_result"] is None
    assert result["supervisor_note"]


def test_a_calm_refund_request_is_processed(client):
    answer = client.post(
        URL, body(message="Hello, I bought two licences by mistake. Could I get a refund for one, please?")
    )
    assert answer.json()["proposed_action"] == "process_refund"
    assert answer.json()["status"] == "processed"


def test_a_message_past_its_time_waits_for_a_human(client):
    sent = (timezone.now() - timedelta(hours=5)).isoformat()
    result = client.post(URL, body(timestamp=sent)).json()
    assert (result["status"], result["sla_breached"]) == ("pending_approval", True)


def test_a_spanish_message_is_answered_in_spanish(client):
    result = client.post(
        URL, body(message="Hola, ¿me pueden decir cuál es el horario de la tienda los sábados?")
    ).json()
    assert result["status"] == "processed"
    assert " de " in result["execution_result"] or "gracias" in result["execution_result"].lower()
    assert Run.objects.get().language == "es"


@pytest.mark.parametrize(
    ("change", "loc", "word"),
    [
        ({"client_id": ""}, ["body", "client_id"], "blank"),
        ({"client_id": None}, ["body", "client_id"], "null"),
        ({"client_id": "x" * 256}, ["body", "client_id"], "max_length"),
        ({"message": "   "}, ["body", "message"], "blank"),
        ({"message": "x" * 10_001}, ["body", "message"], "max_length"),
        ({"message": "nul \x00"}, ["body", "message"], "null_characters_not_allowed"),
        ({"timestamp": "yesterday"}, ["body", "timestamp"], "invalid"),
        ({"timestamp": "2999-01-01T00:00:00Z"}, ["body", "timestamp"], "future"),
        ({"metadata": []}, ["body", "metadata"], "not_an_object"),
        ({"metadata": {"x": "y" * 9000}}, ["body", "metadata"], "too_large"),
        ({"metadata": {"x": "\x00"}}, ["body", "metadata"], "null_character"),
    ],
)
def test_a_body_that_does_not_fit_names_the_field(client, change, loc, word):
    answer = client.post(URL, body(**change))
    assert answer.status_code == 422
    fault = answer.json()["detail"][0]
    assert (fault["loc"], fault["type"]) == (loc, word)
    assert fault["msg"]
    assert answer.json()["code"] == "validation_error"
    assert not InboundMessage.objects.exists()


def test_what_is_optional_may_be_null(client):
    assert client.post(URL, body(message_id=None, metadata=None)).status_code == 200


def test_every_missing_field_is_named(client):
    answer = client.post(URL, {})
    assert sorted(fault["loc"][1] for fault in answer.json()["detail"]) == ["client_id", "message", "timestamp"]


@pytest.mark.parametrize(
    "raw", [b"{", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b'{"message": "\\ud800"}', b"[]", b'"text"', b""]
)
def test_unreadable_json_is_422(client, raw):
    answer = client.post(URL, raw, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["code"] == "validation_error"


def test_the_same_delivery_again_returns_the_same_run_and_does_nothing_twice(client):
    sent = body(message_id="m-1")
    first, second = client.post(URL, sent), client.post(URL, sent)
    assert first.json() == second.json()
    assert Run.objects.count() == 1


def test_a_used_idempotency_key_with_another_body_is_409(client):
    client.post(URL, body(), headers={"Idempotency-Key": "k"})
    answer = client.post(URL, body(message="Something else"), headers={"Idempotency-Key": "k"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "conflict"
    assert answer.json()["state"]["run_id"] == str(Run.objects.get().pk)


def test_respond_async_is_202_with_a_location_that_can_be_read(client):
    Channel.objects.update_or_create(kind="api", address=Channel.DEFAULT_ADDRESS, defaults={"quiet_ms": 0})
    answer = client.post(URL, body(), headers={"Prefer": "respond-async"})
    run = Run.objects.get()
    assert answer.status_code == 202
    assert answer["Location"] == f"/api/v1/webhook/runs/{run.pk}"
    assert answer.json()["status"] == "received"
    assert answer.json()["sentiment"] is answer.json()["proposed_action"] is None
    services.run_continue(run_id=run.pk)
    later = client.get(answer["Location"])
    assert later.status_code == 200
    assert later.json()["status"] == "processed"


def test_a_run_of_another_channel_is_not_found(client):
    run_id = client.post(URL, body()).json()["run_id"]
    _key, text = services.webhook_key_create(channel=make_channel(address="other"))
    stranger = APIClient(headers={"X-Api-Key": text})
    assert stranger.get(f"/api/v1/webhook/runs/{run_id}").status_code == 404
    assert client.get(f"/api/v1/webhook/runs/{run_id}").status_code == 200


@pytest.mark.parametrize("headers", [{}, {"X-Api-Key": ""}, {"X-Api-Key": "wrong"}, {"X-Api-Key": "ñ"}])
def test_without_a_valid_key_nothing_is_stored(headers):
    answer = APIClient(headers=headers).post(URL, body())
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not InboundMessage.objects.exists()


def test_a_revoked_key_opens_nothing():
    key, text = services.webhook_key_create(channel=make_channel())
    client = APIClient(headers={"X-Api-Key": text})
    assert client.post(URL, body()).status_code == 200
    services.webhook_key_revoke(key=key)
    assert client.post(URL, body()).status_code == 401


def test_a_key_is_kept_as_a_hash_only():
    key, text = services.webhook_key_create(channel=make_channel())
    assert text not in str({field.name: getattr(key, field.name) for field in key._meta.fields})


def test_wrong_keys_are_throttled_by_address_and_right_ones_are_not(client):
    wrong = APIClient(headers={"X-Api-Key": "wrong"})
    answers = [wrong.post(URL, body()).status_code for _ in range(61)]
    assert answers[:60] == [401] * 60
    last = wrong.post(URL, body())
    assert last.status_code == 429
    assert int(last["Retry-After"]) >= 1
    assert client.post(URL, body()).status_code == 200


def test_a_body_over_the_limit_is_413(client):
    answer = client.post(URL, b"x" * (1024 * 1024 + 1), content_type="application/json")
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_a_supervisor_token_is_no_webhook_key():
    make_supervisor()
    token = (
        APIClient()
        .post("/api/v1/auth/login", {"username": "supervisor", "password": "a-good-password"}, format="multipart")
        .json()["access_token"]
    )
    assert APIClient(headers={"Authorization": f"Bearer {token}"}).post(URL, body()).status_code == 401


def test_a_message_costs_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    client.post(URL, body(message="Warm up the caches, please?"))
    with django_assert_max_num_queries(26):
        client.post(URL, body())
