"""Webhook events that failed, wholly or in part, are taken in again."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from booms.core.errors import NotFound
from crm import services
from crm.models import InboundMessage, Run, WebhookEvent
from crm.tests.vendors.payloads import (
    meta_body,
    meta_message,
    meta_post,
    meta_value,
    twilio_fields,
    twilio_post,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vendors_set_up")]
URL = "/api/v1/webhook/messages"


@pytest.fixture
def client():
    return APIClient(headers={"X-Api-Key": "test-webhook-key"})


@pytest.fixture
def broken_storage():
    """The database refuses messages that say "bad"; call it to mend that."""

    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    broken = "current_setting('booms.broken', true) = 'yes' AND text = 'bad'"
    execute(f"ALTER TABLE crm_inboundmessage ADD CONSTRAINT nothing_bad CHECK (NOT ({broken}))")
    execute("SET LOCAL booms.broken = 'yes'")
    return lambda: execute("SET LOCAL booms.broken = 'no'")


def body(**fields):
    values = {"client_id": "CRM-001", "message": "When do you open?", "timestamp": timezone.now().isoformat()}
    return values | fields


def good_and_bad():
    return meta_body(meta_value(meta_message(1), meta_message(2, text={"body": "bad"}), meta_message(3)))


def test_a_message_that_cannot_be_stored_keeps_no_event_of_having_been(client, broken_storage):
    client.raise_request_exception = False
    assert client.post(URL, body(message="bad")).status_code == 500
    assert not WebhookEvent.objects.filter(verdict="accepted").exists()


def test_one_bad_part_does_not_lose_the_others_and_is_mended_by_a_replay(client, broken_storage, caplog):
    answer = meta_post(client, good_and_bad())
    assert (answer.status_code, answer.json()["verdict"]) == (200, "partly")
    event = WebhookEvent.objects.get()
    assert [part["outcome"] for part in event.parts] == ["accepted", "failed", "accepted"]
    assert event.parts[1]["detail"] == "IntegrityError"
    assert InboundMessage.objects.count() == 2
    assert "A part of a webhook event failed" in caplog.text

    broken_storage()
    event = services.event_replay(event_id=event.pk)

    assert [part["outcome"] for part in event.parts] == ["repeated", "accepted", "repeated"]
    assert (event.verdict, event.replay_count) == ("accepted", 1)
    assert event.replayed_at is not None
    assert InboundMessage.objects.count() == 3


def test_an_event_of_failures_alone_has_failed(client, broken_storage):
    meta_post(client, meta_body(meta_value(meta_message(text={"body": "bad"}))))
    assert WebhookEvent.objects.get().verdict == "failed"


@pytest.mark.parametrize(
    "send",
    [
        lambda client: meta_post(client, meta_body(meta_value(meta_message()))),
        lambda client: twilio_post(client, twilio_fields()),
        lambda client: client.post(URL, body()),
        lambda client: client.post(URL, body(), headers={"Idempotency-Key": "k"}),
        lambda client: client.post(URL, body(message_id="m")),
    ],
)
def test_taking_an_event_in_again_does_nothing_twice(client, send):
    send(client)
    for number in (1, 2):
        event = services.event_replay(event_id=WebhookEvent.objects.get().pk)
        assert (event.verdict, event.replay_count) == ("repeated", number)
        assert event.parts[0]["run_id"] == str(Run.objects.get().pk)
    assert InboundMessage.objects.count() == 1


def test_a_message_without_an_id_is_the_same_one_when_taken_in_again(client):
    message = meta_message(timestamp="soon")
    del message["id"]
    meta_post(client, meta_body(meta_value(message)))
    services.event_replay(event_id=WebhookEvent.objects.get().pk)
    assert InboundMessage.objects.count() == 1


def test_a_refused_event_taken_in_again_is_refused_with_the_reason(client):
    client.post(URL, body(message=""))
    event = services.event_replay(event_id=WebhookEvent.objects.get().pk)
    assert event.verdict == "refused"
    assert event.parts[0]["detail"].startswith("message: ")


def test_a_contradiction_taken_in_again_stays_one(client):
    client.post(URL, body(message_id="m-1"))
    client.post(URL, body(message_id="m-1", message="Another"))
    event = services.event_replay(event_id=WebhookEvent.objects.get(verdict="refused").pk)
    assert event.verdict == "failed"
    assert InboundMessage.objects.count() == 1


def test_an_unknown_event_is_not_found():
    with pytest.raises(NotFound):
        services.event_replay(event_id=Run().pk)


def replayed(capsys, *arguments):
    call_command("replay_events", *arguments)
    return capsys.readouterr().out


def test_the_command_takes_failed_events_in_again_and_prints_them(client, broken_storage, capsys):
    meta_post(client, good_and_bad())
    client.post(URL, body())
    broken_storage()
    listed = replayed(capsys, "--dry-run")
    assert "partly    partly" in listed
    assert "1 events would be taken in again." in listed
    assert WebhookEvent.objects.filter(replay_count=0).count() == 2
    done = replayed(capsys)
    event = WebhookEvent.objects.get(source="meta")
    assert str(event.pk) in done
    assert "partly    accepted  2 repeated, 1 accepted" in done
    assert "0 events" in replayed(capsys)


def test_events_are_chosen_by_id_verdict_source_and_time(client, capsys):
    client.post(URL, body())
    meta_post(client, meta_body(meta_value(meta_message())))
    meta = WebhookEvent.objects.get(source="meta")
    assert "1 events" in replayed(capsys, str(meta.pk), "--dry-run")
    assert "1 events" in replayed(capsys, "--verdict", "accepted", "--source", "meta", "--dry-run")
    assert "2 events" in replayed(capsys, "--verdict", "accepted", "--since", "2026-01-01", "--dry-run")
    assert "0 events" in replayed(capsys, "--verdict", "accepted", "--since", "2999-01-01T08:00", "--dry-run")


@pytest.mark.parametrize(
    "arguments", [["x"], ["--since", "yesterday"], ["--verdict", "odd"], ["00000000-0000-4000-8000-000000000000"]]
)
def test_what_names_no_event_is_refused(arguments):
    with pytest.raises(CommandError):
        call_command("replay_events", *arguments)
