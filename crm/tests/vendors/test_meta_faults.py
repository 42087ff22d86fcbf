"""What does not fit in a request of Meta's loses nothing beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agents.customer_message.state import Rule
from crm.models import Conversation, InboundMessage, WebhookEvent
from crm.tests.vendors.payloads import (
    meta_body,
    meta_bytes,
    meta_message,
    meta_post,
    meta_sign,
    meta_value,
)

pytestmark = pytest.mark.django_db


def take(client, *messages, **fields):
    """Post one change and give the event that was kept."""
    answer = meta_post(client, meta_body(meta_value(*messages, **fields)))
    assert answer.status_code == 200
    event = WebhookEvent.objects.get(pk=answer.json()["event_id"])
    assert answer.json()["verdict"] == event.verdict
    return event


def outcomes(event):
    return [part["outcome"] for part in event.parts]


@pytest.mark.parametrize("timestamp", ["abc", "", None, [], "99999999999999999999", "1772000000000", "1e9", True, {}])
def test_a_message_with_no_proper_time_was_sent_when_it_came(client, timestamp):
    before = timezone.now()
    event = take(client, meta_message(timestamp=timestamp))
    assert event.verdict == "accepted"
    assert before <= InboundMessage.objects.get().sent_at <= timezone.now()


def test_a_time_in_the_future_is_not_believed(client):
    ahead = int((timezone.now() + timedelta(days=1)).timestamp())
    take(client, meta_message(timestamp=str(ahead)))
    message = InboundMessage.objects.get()
    assert message.sent_at <= timezone.now()
    assert message.metadata["timestamp_given"] == str(ahead)


def test_a_very_long_text_is_kept_whole_and_left_to_a_human(client):
    take(client, meta_message(text={"body": "á" * 10_001}))
    message = InboundMessage.objects.get()
    assert message.text == "á" * 10_001
    assert message.run.must_escalate == Rule.UNREADABLE_CONTENT


def test_characters_a_database_cannot_hold_are_replaced(client):
    body = meta_body(meta_value(meta_message(text={"body": "a\x00b\ud800c"})))
    assert meta_post(client, body).status_code == 200
    message = InboundMessage.objects.get()
    assert message.text == "ab\ufffdc"
    assert message.metadata["characters_replaced"] is True


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 100_000, b'{"entry": ' * 900 + b"1" + b"}" * 900,
        b"{}", b'{"entry": "x"}', b'{"entry": null}', b'{"object": "page", "entry": []}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_kept_as_refused_and_not_sent_again(client, raw):
    answer = meta_post(client, raw)
    assert answer.status_code == 200
    event = WebhookEvent.objects.get()
    assert (event.verdict, bytes(event.body)) == ("refused", raw)
    assert event.parts[0]["detail"]


WRONG = [None, "x", 5, True, [], {}, [None], ["x"], [[]], [{}]]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    "place", ["entry", "changes", "value", "messages", "statuses", "errors", "metadata", "contacts"]
)
def test_wrong_types_lose_nothing_beside_them(client, place, wrong):
    good = meta_body(meta_value(meta_message(9)))["entry"][0]
    value = meta_value(meta_message(1))
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    target = {"entry": None, "changes": entry, "value": entry["changes"][0]}.get(place, value)
    if target is not None:
        target[place] = wrong
    body = {"object": "whatsapp_business_account", "entry": [wrong if target is None else entry, good]}
    answer = meta_post(client, body)
    assert answer.status_code == 200
    assert InboundMessage.objects.filter(message_id="wamid.9").count() == 1


@pytest.mark.parametrize("wrong", [None, "", [], {}, True, "x" * 300])
def test_a_message_from_nobody_fails_alone(client, wrong):
    body = meta_value(meta_message(1, **{"from": wrong}), meta_message(2), contacts=[])
    event = WebhookEvent.objects.get(pk=meta_post(client, meta_body(body)).json()["event_id"])
    assert (event.verdict, outcomes(event)) == ("partly", ["failed", "accepted"])
    assert InboundMessage.objects.get().message_id == "wamid.2"


def test_a_sender_given_as_a_number_is_that_number(client):
    take(client, meta_message(**{"from": 34600111222}))
    assert Conversation.objects.get().client_id == "34600111222"


def test_changes_of_other_kinds_are_noted(client):
    body = {"entry": [{"changes": [{"field": "account_update", "value": {"event": "VERIFIED_ACCOUNT"}}]}]}
    event = WebhookEvent.objects.get(pk=meta_post(client, body).json()["event_id"])
    assert event.parts == [{"kind": "account_update", "id": "", "outcome": "noted", "detail": ""}]


def test_nothing_a_customer_wrote_and_no_secret_is_logged(client, caplog):
    caplog.set_level("INFO")
    take(client, meta_message(text={"body": "a very private matter"}))
    logged = " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "a very private matter" not in logged
    assert "34600111222" not in logged
    assert meta_sign(meta_bytes(meta_body(meta_value(meta_message())))) not in logged


def test_what_is_nested_too_deeply_fails_alone(client):
    deep = []
    for _ in range(480):
        deep = [deep]
    event = take(client, meta_message(1, id="good"), meta_message(2, id="deep", zz=deep))

    assert outcomes(event) == ["accepted", "failed"]
    assert "nested too deeply" in event.parts[1]["detail"]
    assert InboundMessage.objects.get().message_id == "good"


def test_a_message_bears_nobody_elses_name(client):
    card = {"wa_id": "34600000001", "profile": {"name": "Ana"}}
    take(
        client, meta_message(1, **{"from": "34600000001"}), meta_message(2, **{"from": "34600000002"}), contacts=[card]
    )

    names = dict(InboundMessage.objects.values_list("conversation__client_id", "metadata__profile_name"))
    assert names == {"34600000001": "Ana", "34600000002": None}


def test_the_field_that_does_not_fit_is_named(client):
    event = take(client, meta_message(**{"from": "3" * 300}))
    assert event.parts[0]["detail"] == "The message has no from that fits."
