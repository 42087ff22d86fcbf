"""What messages become that come in through Meta."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from agents.customer_message.state import Rule
from crm import services
from crm.models import Channel, Conversation, InboundMessage, Run, WebhookEvent
from crm.tests.vendors.payloads import (
    SENT,
    meta_body,
    meta_bytes,
    meta_message,
    meta_post,
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


def test_a_message_is_a_run_for_a_worker_with_its_channel_client_and_time(client):
    event = take(client, meta_message())
    message = InboundMessage.objects.get()
    assert message.conversation.channel.kind == Channel.Kind.WHATSAPP_META
    assert message.conversation.channel.address == "1001"
    assert message.conversation.channel.account is None
    assert message.conversation.client_id == "34600111222"
    assert message.sent_at == datetime.fromtimestamp(SENT + 1, UTC)
    assert message.message_id == "wamid.1"
    assert message.metadata == {"profile_name": "Lucía"}
    assert message.run.status == "received"
    assert message.run.work_at is not None
    assert event.verdict == "accepted"
    assert event.channel == message.conversation.channel
    assert event.parts == [
        {"kind": "text", "id": "wamid.1", "outcome": "accepted", "detail": "", "run_id": str(message.run_id)}
    ]


def test_the_event_is_kept_as_it_came_without_secrets(client):
    raw = meta_bytes(meta_body(meta_value(meta_message())))
    meta_post(client, raw)
    event = WebhookEvent.objects.get()
    assert bytes(event.body) == raw
    assert event.content_type == "application/json"
    assert "signature" not in json.dumps(event.headers).lower()


def test_every_entry_change_message_and_status_is_taken_in(client):
    body = meta_body(
        meta_value(meta_message(1), meta_message(2, **{"from": "34600999888"})),
        meta_value(statuses=[{"id": "wamid.x", "status": "delivered", "timestamp": str(SENT)}]),
    )
    body["entry"] += meta_body(meta_value(meta_message(3), metadata={"phone_number_id": "2002"}))["entry"]
    event_id = meta_post(client, body).json()["event_id"]
    event = WebhookEvent.objects.get(pk=event_id)
    assert [(part["kind"], part["outcome"]) for part in event.parts] == [
        ("text", "accepted"),
        ("text", "accepted"),
        ("status", "unmatched"),
        ("text", "accepted"),
    ]
    assert InboundMessage.objects.count() == 3
    assert set(Channel.objects.values_list("address", flat=True)) == {"1001", "2002"}


def test_a_repeated_event_does_nothing_twice(client):
    take(client, meta_message())
    event = take(client, meta_message())
    assert event.verdict == "repeated"
    assert event.parts[0]["run_id"] == str(Run.objects.get().pk)
    assert InboundMessage.objects.count() == 1


def test_the_same_id_in_other_words_is_a_repetition(client):
    take(client, meta_message())
    event = take(client, meta_message(), contacts=[{"profile": {"name": "Lucía G."}, "wa_id": "34600111222"}])
    assert event.verdict == "repeated"
    assert InboundMessage.objects.get().metadata == {"profile_name": "Lucía"}


CASES = [
    ({"type": "button", "button": {"text": "Sí", "payload": "yes"}}, "Sí", True),
    ({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "b", "title": "Devolver"}}},
     "Devolver", True),
    ({"type": "interactive",
      "interactive": {"type": "list_reply", "list_reply": {"id": "r", "title": "Talla M", "description": "Azul"}}},
     "Talla M", True),
    ({"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {
        "name": "flow", "body": "Sent", "response_json": '{"flow_token": "t", "día": "lunes", "hora": 9}'}}},
     "[form: día: lunes; hora: 9]", True),
    ({"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{"}}},
     "[form: {]", False),
    ({"type": "interactive", "interactive": {"type": "call_permission_reply"}}, "[interactive]", False),
    ({"type": "location", "location": {"latitude": 40.4, "longitude": -3.7, "name": "Tienda", "address": "Calle 1"}},
     "[location: Tienda · Calle 1 · 40.4, -3.7]", True),
    ({"type": "location", "location": {"latitude": 0, "longitude": 0}}, "[location: 0, 0]", True),
    ({"type": "contacts", "contacts": [{"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+34 1"}]}]},
     "[contact: Ana +34 1]", True),
    ({"type": "order", "order": {"catalog_id": "c", "text": "Para el lunes", "product_items": [
        {"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 9.5, "currency": "EUR"}]}},
     "[order: 2 × SKU-1 (9.5 EUR) · Para el lunes]", False),
    ({"type": "image", "image": {"id": "m", "mime_type": "image/jpeg", "caption": "Llegó roto"}},
     "[image: Llegó roto]", False),
    ({"type": "audio", "audio": {"id": "m", "mime_type": "audio/ogg", "voice": True}}, "[audio]", False),
    ({"type": "video", "video": {"id": "m"}}, "[video]", False),
    ({"type": "document", "document": {"id": "m", "filename": "factura.pdf", "caption": "¿Es correcta?"}},
     "[document: factura.pdf · ¿Es correcta?]", False),
    ({"type": "sticker", "sticker": {"id": "m", "animated": True}}, "[sticker]", False),
    ({"type": "system", "system": {"type": "user_changed_number", "body": "Lucía changed from 1 to 2", "wa_id": "2"}},
     "[system: Lucía changed from 1 to 2]", False),
    ({"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown",
                                         "error_data": {"details": "Not supported."}}]},
     "[unsupported: Message type unknown: Not supported.]", False),
    ({"type": "hologram", "hologram": {"x": 1}}, "[hologram]", False),
    ({"type": None}, "[unknown]", False),
    ({"type": "text", "text": None}, "[text]", False),
    ({"type": "text", "text": {"body": "   "}}, "[text]", False),
    ({"type": "text", "text": {"body": 5}}, "5", True),
    ({"type": "image", "image": "no object"}, "[image]", False),
    ({"type": "interactive", "interactive": {"type": ["list"]}}, "[interactive]", False),
    ({"type": "x" * 300}, f"[{'x' * 300}]", False),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "text", "is_readable"), CASES)
def test_every_type_becomes_a_text_and_what_agents_cannot_see_goes_to_a_human(client, fields, text, is_readable):
    event = take(client, meta_message(**fields))
    message = InboundMessage.objects.get()
    assert event.verdict == "accepted"
    assert message.text == text
    assert message.run.must_escalate == ("" if is_readable else Rule.UNREADABLE_CONTENT)


def test_a_picture_waits_for_a_human_with_its_media_at_hand(client):
    Channel.objects.create(kind="whatsapp_meta", address="1001", quiet_ms=0)
    media = {"id": "123", "mime_type": "image/jpeg", "sha256": "abc", "caption": "Thank you!"}
    take(client, meta_message(type="image", image=media))
    message = InboundMessage.objects.get()
    services.run_continue(run_id=message.run_id)
    message.run.refresh_from_db()
    assert message.kind == "image"
    assert message.metadata["media"] == [{"id": "123", "mime_type": "image/jpeg", "sha256": "abc"}]
    assert (message.run.status, message.run.rule) == ("pending_approval", Rule.UNREADABLE_CONTENT)


def test_what_a_message_answers_to_is_kept(client):
    take(client, meta_message(context={"from": "34910000000", "id": "wamid.ours", "forwarded": True}))
    assert InboundMessage.objects.get().metadata == {
        "profile_name": "Lucía",
        "reply_to": "wamid.ours",
        "forwarded": True,
    }


def test_a_reaction_is_noted_and_starts_no_run(client):
    event = take(client, meta_message(type="reaction", reaction={"message_id": "wamid.ours", "emoji": "👍"}))
    assert event.parts == [{"kind": "reaction", "id": "wamid.1", "outcome": "noted", "detail": "👍 · wamid.ours"}]
    assert not Run.objects.exists()


def test_a_customer_without_a_number_is_known_by_the_id_whatsapp_made(client):
    message = meta_message(from_user_id="ES.1349")
    del message["from"]
    take(client, message, contacts=[{"profile": {"name": "Ana", "username": "ana"}, "user_id": "ES.1349"}])
    assert Conversation.objects.get().client_id == "ES.1349"
    assert InboundMessage.objects.get().metadata == {"profile_name": "Ana", "username": "ana", "user_id": "ES.1349"}


def test_a_number_not_seen_before_gets_a_channel_and_a_line_in_the_log(client, caplog):
    take(client, meta_message(), metadata={"phone_number_id": "777"})
    assert Conversation.objects.get().channel.address == "777"
    assert any(getattr(record, "number", "") == "777" for record in caplog.records)
