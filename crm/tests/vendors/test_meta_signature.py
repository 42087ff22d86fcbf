"""How Meta proves that a request, or a verification, is its own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.models import InboundMessage, WebhookEvent
from crm.tests.vendors.payloads import (
    APP_SECRET,
    CHANNELS,
    META,
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
