"""Requests as vendors make them, signed with the vendors' own libraries or an independent implementation."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

META = "/api/v1/webhook/meta"
TWILIO = "/api/v1/webhook/twilio"
APP_SECRET, VERIFY_TOKEN, AUTH_TOKEN = "app-secret", "verify-token", "auth-token"
CHANNELS = {
    "META_APP_SECRET": APP_SECRET,
    "META_VERIFY_TOKEN": VERIFY_TOKEN,
    "META_PHONE_NUMBER_ID": "1001",
    "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
    "TWILIO_FROM": "whatsapp:+34910000000",
}
SENT = 1_772_000_000


def meta_message(number=1, **fields):
    """A text message; `fields` replace or add to what WhatsApp sends."""
    values = {
        "from": "34600111222",
        "id": f"wamid.{number}",
        "timestamp": str(SENT + number),
        "type": "text",
        "text": {"body": "¿Cuándo llega mi pedido? 📦"},
    }
    return values | fields


def meta_value(*messages, **fields):
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "34910000000", "phone_number_id": "1001"},
        "contacts": [{"profile": {"name": "Lucía"}, "wa_id": "34600111222"}],
    }
    return value | ({"messages": list(messages)} if messages else {}) | fields


def meta_body(*values):
    """An event with a change a value."""
    changes = [{"field": "messages", "value": value} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": "42", "changes": changes}]}


def meta_bytes(body):
    """As Meta writes it: what is not ASCII is escaped, and so are slashes."""
    return json.dumps(body).replace("/", "\\/").encode("ascii")


def meta_sign(raw, secret=APP_SECRET):
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def meta_post(client, raw, **headers):
    raw = raw if isinstance(raw, bytes) else meta_bytes(raw)
    given = {"X-Hub-Signature-256": meta_sign(raw)} | headers
    return client.post(META, raw, content_type="application/json", headers=given)


def twilio_fields(number=1, **fields):
    values = {
        "MessageSid": f"SM{number:032}",
        "AccountSid": "AC" + "0" * 32,
        "From": "whatsapp:+34600111222",
        "To": "whatsapp:+34910000000",
        "Body": "¿Cuándo llega mi pedido? 📦",
        "NumMedia": "0",
        "ProfileName": "Lucía",
        "SmsStatus": "received",
    }
    return {name: value for name, value in (values | fields).items() if value is not None}


def twilio_post(client, fields, *, query="", address="http://testserver", **headers):
    """`fields` are signed and sent as a form."""
    url = TWILIO + (f"?{query}" if query else "")
    signature = RequestValidator(AUTH_TOKEN).compute_signature(address + url, fields)
    given = {"X-Twilio-Signature": signature} | headers
    return client.post(
        url, urlencode(fields, doseq=True), content_type="application/x-www-form-urlencoded", headers=given
    )
