"""WhatsApp through Meta."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from agents.customer_message.state import Rule
from crm import services
from crm.models import Channel, Conversation, InboundMessage, Run, WebhookEvent
from crm.tests.vendors.payloads import (
    APP_SECRET,
    CHANNELS,
    META,
    SENT,
    VERIFY_TOKEN,
    meta_body,
    meta_bytes,
    meta_message,
    meta_post,
    meta_sign,
    meta_value,
)
from crm.vendors.meta.signature import is_signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.CHANNELS = CHANNELS


@pytest.fixture
def client():
    return APIClient()


def take(client, *messages, **fields):
    """Post one change and give the event that was kept."""
    answer = meta_post(client, meta_body(meta_value(*messages, **fields)))
    assert answer.status_code == 200
    event = WebhookEvent.objects.get(pk=answer.json()["event_id"])
    assert answer.json()["verdict"] == event.verdict
    return event


def outcomes(event):
    return [part["outcome"] for part in event.parts]


# Verification


def verification(**query):
    return {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"} | query


def test_the_challenge_is_echoed_as_text(client):
    answer = client.get(META, verification())
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        {"hub.verify_token": "wrong"},
        {"hub.verify_token": ""},
        {"hub.verify_token": VERIFY_TOKEN + "x"},
        {"hub.verify_token": "ñ"},
        {"hub.mode": "unsubscribe"},
        {"hub.mode": ""},
    ],
)
def test_a_wrong_token_or_mode_is_403(client, query):
    answer = client.get(META, verification(**query))
    assert answer.status_code == 403
    assert b"1158201444" not in answer.content


def test_a_verification_without_challenge_is_422(client):
    answer = client.get(META, {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "hub.challenge"]


def test_without_a_token_of_ours_nothing_is_verified(client, settings):
    settings.CHANNELS = CHANNELS | {"META_VERIFY_TOKEN": ""}
    answer = client.get(META, verification(**{"hub.verify_token": ""}))
    assert answer.status_code == 403
    assert "META_VERIFY_TOKEN" in answer.json()["detail"]


# Signatures


@pytest.mark.parametrize(
    "text", ["äöå", "¿Dónde está mi pedido? 📦👩🏽‍🦰", 'a/b \\ "c" \u2028 <b>&amp;</b>', "مرحبا", "日本語"]
)
def test_escaped_bodies_are_signed_over_their_bytes(client, text):
    answer = meta_post(client, meta_body(meta_value(meta_message(text={"body": text}))))
    assert answer.status_code == 200
    assert InboundMessage.objects.get().text == text


def test_bodies_in_plain_utf_8_are_taken_too(client):
    raw = json.dumps(meta_body(meta_value(meta_message())), ensure_ascii=False).encode()
    assert meta_post(client, raw).status_code == 200
    assert InboundMessage.objects.get().text == "¿Cuándo llega mi pedido? 📦"


def test_a_signature_made_by_openssl_is_right():
    """`printf '%s' BODY | openssl dgst -sha256 -hmac app-secret`, with Meta's own example of an escaped text."""
    raw = rb'{"text":"\u00e4\u00f6\u00e5 \ud83d\udce6 a\/b"}'
    signed = "sha256=972214208c11afa19342332276a48df39e1319adeb6198025dd5fdd14b8dacd9"
    assert is_signed(raw, signed, app_secret=APP_SECRET)
    assert json.loads(raw)["text"].startswith("äöå")
    decoded = json.dumps(json.loads(raw), ensure_ascii=False).encode()
    assert not is_signed(decoded, signed, app_secret=APP_SECRET)


RAW = meta_bytes(meta_body(meta_value(meta_message())))


@given(position=st.integers(0, len(RAW) - 1), byte=st.integers(0, 255))
def test_any_byte_changed_makes_another_signature(position, byte):
    changed = RAW[:position] + bytes([byte]) + RAW[position + 1 :]
    assert is_signed(changed, meta_sign(RAW), app_secret=APP_SECRET) is (changed == RAW)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "sha256=",
        meta_sign(RAW, "another-secret"),
        meta_sign(RAW).removeprefix("sha256="),
        meta_sign(RAW).upper(),
        meta_sign(RAW)[:-1],
        meta_sign(RAW) + "0",
        "sha256=ñ",
        # Meta says it: the signature over the decoded characters is another one.
        meta_sign(json.dumps(json.loads(RAW), ensure_ascii=False).encode()),
    ],
)
def test_a_wrong_signature_is_401_and_nothing_is_stored(client, given):
    answer = meta_post(client, RAW, **{"X-Hub-Signature-256": given})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not WebhookEvent.objects.exists()
    assert not InboundMessage.objects.exists()


def test_a_missing_signature_is_401(client):
    answer = client.post(META, RAW, content_type="application/json")
    assert answer.status_code == 401
    assert "X-Hub-Signature-256" in answer.json()["detail"]


@pytest.mark.parametrize("position", range(0, len(RAW), 37))
def test_a_body_changed_by_one_byte_is_refused(client, position):
    forged = bytearray(RAW)
    forged[position] ^= 1
    answer = meta_post(client, bytes(forged), **{"X-Hub-Signature-256": meta_sign(RAW)})
    assert answer.status_code == 401


def test_without_a_secret_nothing_is_taken_in(client, settings):
    settings.CHANNELS = CHANNELS | {"META_APP_SECRET": ""}
    answer = meta_post(client, RAW, **{"X-Hub-Signature-256": meta_sign(RAW, "")})
    assert answer.status_code == 401
    assert "META_APP_SECRET" in answer.json()["detail"]
    assert not WebhookEvent.objects.exists()


# What a message becomes


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


# What does not fit


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
