"""What messages and statuses become that come in through Twilio."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from twilio.request_validator import RequestValidator

from agents.customer_message.state import Rule
from crm.models import Channel, Conversation, InboundMessage, Reply, Run, WebhookEvent
from crm.tests.factories import pending_run
from crm.tests.vendors.payloads import AUTH_TOKEN, TWILIO, twilio_fields, twilio_post

pytestmark = pytest.mark.django_db


def take(client, **fields):
    """Post a form and give the event that was kept."""
    answer = twilio_post(client, twilio_fields(**fields))
    assert answer.status_code == 200
    return WebhookEvent.objects.latest("created_at")


def test_a_message_is_answered_with_empty_twiml_and_left_to_a_worker(client):
    answer = twilio_post(client, twilio_fields())
    assert answer["Content-Type"].startswith("text/xml")
    assert answer.content.endswith(b"<Response/>")
    message = InboundMessage.objects.get()
    assert message.text == "¿Cuándo llega mi pedido? 📦"
    assert message.conversation.client_id == "+34600111222"
    assert (message.conversation.channel.kind, message.conversation.channel.address) == (
        Channel.Kind.WHATSAPP_TWILIO, "+34910000000",
    )  # fmt: skip
    assert message.message_id == twilio_fields()["MessageSid"]
    assert message.metadata == {"profile_name": "Lucía"}
    assert message.run.status == "received"
    event = WebhookEvent.objects.get()
    assert (event.verdict, message.sent_at) == ("accepted", event.created_at)


def test_a_text_message_comes_in_on_the_sms_channel(client):
    take(client, From="+34600111222", To="+34910000000", ProfileName=None)
    channel = Conversation.objects.get().channel
    assert (channel.kind, channel.address) == (Channel.Kind.SMS_TWILIO, "+34910000000")


def test_a_repeated_message_does_nothing_twice(client):
    take(client)
    event = take(client)
    assert event.verdict == "repeated"
    assert event.parts[0]["run_id"] == str(Run.objects.get().pk)
    assert InboundMessage.objects.count() == 1


IMAGE = {"NumMedia": "1", "MediaUrl0": "https://api.twilio.com/m/1", "MediaContentType0": "image/jpeg"}
CASES = [
    ({**IMAGE, "Body": "Llegó roto"}, "image", "[image: Llegó roto]", False),
    ({**IMAGE, "Body": ""}, "image", "[image]", False),
    ({**IMAGE, "NumMedia": "2", "MediaUrl1": "u", "MediaContentType1": "image/png"}, "image",
     "[2 × image: ¿Cuándo llega mi pedido? 📦]", False),
    ({**IMAGE, "MediaContentType0": "application/pdf", "Body": ""}, "document", "[document]", False),
    ({**IMAGE, "MediaContentType0": "audio/ogg", "Body": ""}, "audio", "[audio]", False),
    ({"Latitude": "40.4", "Longitude": "-3.7", "Label": "Tienda", "Address": "Calle 1", "Body": ""}, "location",
     "[location: Tienda · Calle 1 · 40.4, -3.7]", True),
    ({"ButtonText": "Sí", "ButtonPayload": "yes", "Body": "Sí"}, "button", "Sí", True),
    ({"ListId": "m", "ListTitle": "Talla M", "Body": ""}, "list", "Talla M", True),
    ({"Body": ""}, "text", "[text]", False),
    ({"Body": None}, "text", "[text]", False),
    ({"NumMedia": "many"}, "text", "¿Cuándo llega mi pedido? 📦", True),
    ({"NumMedia": "1"}, "document", "[document: ¿Cuándo llega mi pedido? 📦]", False),
    ({"MessageType": "hologram", "Body": ""}, "hologram", "[hologram]", False),
    ({"Body": "á" * 10_001}, "text", "á" * 10_001, False),
    ({"Body": "a\x00b"}, "text", "ab", True),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kind", "text", "is_readable"), CASES)
def test_every_kind_becomes_a_text_and_what_agents_cannot_see_goes_to_a_human(client, fields, kind, text, is_readable):
    take(client, **fields)
    message = InboundMessage.objects.get()
    assert (message.kind, message.text) == (kind, text)
    assert message.run.must_escalate == ("" if is_readable else Rule.UNREADABLE_CONTENT)


def test_media_button_and_context_are_kept_beside_the_text(client):
    take(client, **IMAGE, OriginalRepliedMessageSid="SM9", Forwarded="true")
    assert InboundMessage.objects.get().metadata == {
        "profile_name": "Lucía",
        "reply_to": "SM9",
        "forwarded": True,
        "media": [{"url": "https://api.twilio.com/m/1", "mime_type": "image/jpeg"}],
    }


@pytest.mark.parametrize(
    ("fields", "kind"), [({"OptOutType": "STOP", "Body": "STOP"}, "opt_out"), ({"MessageType": "reaction"}, "reaction")]
)
def test_what_asks_for_no_answer_is_noted(client, fields, kind):
    event = take(client, **fields)
    assert (event.verdict, event.parts[0]["kind"], event.parts[0]["outcome"]) == ("accepted", kind, "noted")
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"From": None},
        {"To": ""},
        {"To": "+34910000000"},
        {"From": "messenger:1", "To": "messenger:2"},
        {"From": "whatsapp:" + "1" * 256},
    ],
)
def test_a_message_between_nobody_fails_and_is_kept(client, fields):
    event = take(client, **fields)
    assert (event.verdict, event.parts[0]["outcome"]) == ("failed", "failed")
    assert not InboundMessage.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"CallSid": "CA1", "From": "+34600111222"}])
def test_a_form_that_is_no_message_is_kept_as_refused(client, fields):
    assert twilio_post(client, fields).status_code == 200
    assert WebhookEvent.objects.get().verdict == "refused"


def test_forms_with_raw_bytes_are_read_as_utf_8(client):
    fields = twilio_fields(Body="ñ")
    raw = urlencode(fields).encode().replace(b"Body=%C3%B1", "Body=ñ".encode())
    signed = RequestValidator(AUTH_TOKEN).compute_signature(f"http://testserver{TWILIO}", fields)
    form = "application/x-www-form-urlencoded"
    answer = client.post(TWILIO, raw, content_type=form, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 200
    assert InboundMessage.objects.get().text == "ñ"


@pytest.fixture
def reply():
    """A reply on a WhatsApp channel that is on its way."""
    channel = Channel.objects.create(kind="whatsapp_twilio", address="+34910000000")
    run = pending_run(channel=channel, client_id="+34600111222")
    return Reply.objects.create(
        run=run, conversation=run.conversation, text="Hello", author="agent", status="sent", vendor_id="SMours"
    )


def status(**fields):
    values = {"MessageSid": "SMours", "SmsStatus": None, "Body": None, "MessageStatus": "delivered"}
    return twilio_fields(**(values | fields))


def test_a_status_finds_its_reply_by_twilios_id_and_by_ours(client, reply):
    assert twilio_post(client, status()).status_code == 200
    reply.refresh_from_db()
    assert reply.status == "delivered"
    assert twilio_post(client, status(MessageStatus="read"), query=f"reply={reply.pk}").status_code == 200
    reply.refresh_from_db()
    assert reply.status == "read"
    assert set(WebhookEvent.objects.values_list("verdict", flat=True)) == {"accepted"}
    assert not InboundMessage.objects.filter(text="").exists()


def test_a_failure_says_why(client, reply):
    twilio_post(client, status(MessageStatus="undelivered", ErrorCode="63016", ErrorMessage="Outside the window"))
    reply.refresh_from_db()
    assert (reply.status, reply.failure, reply.failure_reason) == ("failed", "window_closed", "Outside the window")


@pytest.mark.parametrize("query", ["", f"reply={uuid4()}", "reply=nonsense", "reply=%00"])
def test_a_status_of_nobodys_reply_is_unmatched(client, query):
    assert twilio_post(client, status(), query=query).status_code == 200
    assert WebhookEvent.objects.get().parts == [
        {"kind": "status", "id": "SMours", "outcome": "unmatched", "detail": "delivered"}
    ]
