"""Webhook events: kept part by part, at the same moment too, and forgotten with age."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from crm import services
from crm.models import Conversation, InboundMessage, Run, WebhookEvent
from crm.tests.vendors.payloads import (
    meta_body,
    meta_message,
    meta_post,
    meta_value,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vendors_set_up")]
URL = "/api/v1/webhook/messages"


@pytest.fixture
def client():
    return APIClient(headers={"X-Api-Key": "test-webhook-key"})


def body(**fields):
    values = {"client_id": "CRM-001", "message": "When do you open?", "timestamp": timezone.now().isoformat()}
    return values | fields


def test_a_message_and_its_event_are_stored_together(client):
    sent = body(message_id="m-1")
    client.post(URL, sent, headers={"Idempotency-Key": "k-1"})
    event = WebhookEvent.objects.get()
    assert json.loads(bytes(event.body)) == sent
    assert (event.source, event.verdict, event.content_type) == ("api", "accepted", "application/json")
    assert event.channel.address == "default"
    assert event.headers["Idempotency-Key"] == "k-1"
    assert event.parts == [
        {"kind": "message", "id": "m-1", "outcome": "accepted", "detail": "", "run_id": str(Run.objects.get().pk)}
    ]


def test_the_key_is_not_kept(client):
    client.post(URL, body())
    kept = json.dumps(WebhookEvent.objects.values("headers", "parts", "content_type").get())
    assert "test-webhook-key" not in kept


def test_a_repeated_message_is_an_event_of_its_own(client):
    sent = body(message_id="m-1")
    client.post(URL, sent)
    client.post(URL, sent)
    assert list(WebhookEvent.objects.order_by("created_at").values_list("verdict", flat=True)) == [
        "accepted",
        "repeated",
    ]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'{"client_id": "c"}', "message: This field is required."),
        (b"{", "The body is not JSON"),
        (b"\xff", "UTF-8"),
        (b"[]", "Invalid data"),
        (b"", "client_id"),
    ],
)
def test_what_does_not_fit_is_kept_with_what_is_wrong(client, raw, why):
    assert client.post(URL, raw, content_type="application/json").status_code == 422
    event = WebhookEvent.objects.get()
    assert (event.verdict, bytes(event.body)) == ("refused", raw)
    assert why in event.parts[0]["detail"]


def test_a_contradiction_is_kept_too(client):
    client.post(URL, body(message_id="m-1"))
    assert client.post(URL, body(message_id="m-1", message="Another")).status_code == 409
    assert WebhookEvent.objects.filter(verdict="refused").get().parts[0]["detail"].startswith("This Idempotency-Key")


def test_without_a_valid_key_no_event_is_kept():
    APIClient(headers={"X-Api-Key": "wrong"}).post(URL, body())
    APIClient().post(URL, b"{", content_type="application/json")
    assert not WebhookEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_event_twice_at_the_same_moment_is_taken_in_once(client):
    event = meta_body(meta_value(*(meta_message(n, **{"from": f"3460000000{n % 3}"}) for n in range(9))))

    def post():
        answers.append(meta_post(APIClient(), event).status_code)
        connection.close()

    answers = []
    threads = [Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4
    assert InboundMessage.objects.count() == 9
    outcomes = [part["outcome"] for event in WebhookEvent.objects.all() for part in event.parts]
    assert sorted(outcomes) == ["accepted"] * 9 + ["repeated"] * 27


@pytest.mark.django_db(transaction=True)
def test_an_event_that_loses_a_deadlock_is_taken_in_once_the_other_is_through(client):
    """Somebody locks the same two conversations in another order; PostgreSQL breaks one of us off, and we try again."""
    first, second = (meta_message(n, **{"from": f"3460000000{n}"}) for n in (1, 2))
    meta_post(client, meta_body(meta_value(first, second)))
    holds_second = Event()

    def somebody_waits():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return cursor.fetchone()[0]

    def lock(number):
        list(Conversation.objects.select_for_update().filter(client_id=f"3460000000{number}"))

    def other():
        with transaction.atomic():
            lock(2)
            holds_second.set()
            while not somebody_waits():
                time.sleep(0.02)
            lock(1)
        connection.close()

    thread = Thread(target=other)
    thread.start()
    holds_second.wait(10)
    again = [meta_message(n + 10, **{"from": f"3460000000{n}"}) for n in (1, 2)]
    answer = meta_post(client, meta_body(meta_value(*again)))
    thread.join(10)
    assert (answer.status_code, answer.json()["verdict"]) == (200, "accepted")
    assert InboundMessage.objects.count() == 4
    assert WebhookEvent.objects.count() == 2


def test_old_events_are_forgotten_and_their_messages_stay(client):
    client.post(URL, body())
    client.post(URL, body(client_id="CRM-002"))
    old = WebhookEvent.objects.order_by("created_at").first()
    WebhookEvent.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert services.events_forget() == 1
    assert not WebhookEvent.objects.filter(pk=old.pk).exists()
    assert WebhookEvent.objects.count() == 1
    assert InboundMessage.objects.count() == 2
