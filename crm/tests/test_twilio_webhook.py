"""WhatsApp and SMS through Twilio."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rest_framework.test import APIClient
from twilio.request_validator import RequestValidator

from agents.customer_message.state import Rule
from crm.models import Channel, Conversation, InboundMessage, Reply, Run, WebhookEvent
from crm.tests.factories import pending_run
from crm.tests.vendors.payloads import AUTH_TOKEN, CHANNELS, TWILIO, twilio_fields, twilio_post
from crm.vendors.twilio.signature import is_signed, signature

# Twilio's own example: https://www.twilio.com/docs/usage/security
EXAMPLE_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
EXAMPLE_FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
EXAMPLE_SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.CHANNELS = CHANNELS


@pytest.fixture
def client():
    return APIClient()


def take(client, **fields):
    """Post a form and give the event that was kept."""
    answer = twilio_post(client, twilio_fields(**fields))
    assert answer.status_code == 200
    return WebhookEvent.objects.latest("created_at")


# Signatures


def test_twilios_own_example_is_signed_as_twilio_says():
    assert signature(EXAMPLE_URL, urlencode(EXAMPLE_FORM).encode(), "12345") == EXAMPLE_SIGNATURE.encode()


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
values = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
forms = st.dictionaries(names, st.one_of(values, st.lists(values, min_size=1, max_size=3)), max_size=6)
URLS = (
    "https://booms.example/api/v1/webhook/twilio",
    "https://booms.example:443/api/v1/webhook/twilio?reply=1&x=%C3%B1",
    "http://booms.example:8080/api/v1/webhook/twilio",
)


class Fields(dict):
    """A form with several values a name, as Twilio's library reads one."""

    def getall(self, name):
        return self[name] if isinstance(self[name], list) else [self[name]]


@given(form=forms, url=st.sampled_from(URLS))
def test_what_twilios_library_signs_is_accepted(form, url):
    given_signature = RequestValidator(AUTH_TOKEN).compute_signature(url, Fields(form))
    assert is_signed(url, urlencode(form, doseq=True).encode(), given_signature, auth_token=AUTH_TOKEN)


@given(form=forms.filter(bool), url=st.sampled_from(URLS))
def test_with_and_without_the_usual_port_is_the_same_address(form, url):
    port = ":443" if url.startswith("https") else ":80"
    with_port = url if url.count(":") > 1 else url.replace(".example", f".example{port}")
    given_signature = RequestValidator(AUTH_TOKEN).compute_signature(with_port, Fields(form))
    assert is_signed(url, urlencode(form, doseq=True).encode(), given_signature, auth_token=AUTH_TOKEN)


BODY = urlencode(twilio_fields()).encode()
URL = "https://booms.example/api/v1/webhook/twilio?reply=7"
SIGNATURE = RequestValidator(AUTH_TOKEN).compute_signature(URL, twilio_fields())


def fields_of(body):
    return set(parse_qsl(body.decode("latin-1"), keep_blank_values=True, encoding="latin-1"))


@given(position=st.integers(0, len(BODY) - 1), byte=st.integers(0, 255))
def test_a_body_that_says_something_else_is_refused(position, byte):
    """One byte changed: refused, unless the form says the same all the same (`%2b` for `%2B`)."""
    changed = BODY[:position] + bytes([byte]) + BODY[position + 1 :]
    says_the_same = fields_of(changed) == fields_of(BODY)
    assert is_signed(URL, changed, SIGNATURE, auth_token=AUTH_TOKEN) is says_the_same


@given(position=st.integers(8, len(URL) - 1), character=st.sampled_from("abcxyz019/?&=%-"))
def test_another_address_is_refused(position, character):
    changed = URL[:position] + character + URL[position + 1 :]
    assert is_signed(changed, BODY, SIGNATURE, auth_token=AUTH_TOKEN) is (changed == URL)


@given(st.text(max_size=40))
@hypothesis_settings(max_examples=50)
def test_another_signature_is_refused(text):
    assert not is_signed(URL, BODY, text, auth_token=AUTH_TOKEN)


def test_without_a_token_nothing_is_signed():
    empty = RequestValidator("").compute_signature(URL, twilio_fields())
    assert not is_signed(URL, BODY, empty, auth_token="")


@pytest.mark.django_db
def test_behind_a_proxy_the_public_address_counts(client, settings):
    settings.PUBLIC_BASE_URL = "https://booms.example"
    assert twilio_post(client, twilio_fields(), address="https://booms.example").status_code == 200
    assert twilio_post(client, twilio_fields(), address="http://testserver").status_code == 401


@pytest.mark.django_db
def test_the_query_is_signed_too(client):
    fields = twilio_fields(MessageStatus="delivered")
    assert twilio_post(client, fields, query="reply=a%20b&x=1&x=2").status_code == 200
    signed = RequestValidator(AUTH_TOKEN).compute_signature(f"http://testserver{TWILIO}", fields)
    answer = twilio_post(client, fields, query="reply=another", **{"X-Twilio-Signature": signed})
    assert answer.status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("signed", ["", "wrong", "ñ", "a" * 10_000])
def test_a_wrong_signature_is_401_and_nothing_is_stored(client, signed):
    answer = twilio_post(client, twilio_fields(), **{"X-Twilio-Signature": signed})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not WebhookEvent.objects.exists()


@pytest.mark.django_db
def test_without_a_token_of_ours_nothing_is_taken_in(client, settings):
    settings.CHANNELS = CHANNELS | {"TWILIO_AUTH_TOKEN": ""}
    answer = twilio_post(client, twilio_fields())
    assert answer.status_code == 401
    assert "TWILIO_AUTH_TOKEN" in answer.json()["detail"]


# What a message becomes


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_a_text_message_comes_in_on_the_sms_channel(client):
    take(client, From="+34600111222", To="+34910000000", ProfileName=None)
    channel = Conversation.objects.get().channel
    assert (channel.kind, channel.address) == (Channel.Kind.SMS_TWILIO, "+34910000000")


@pytest.mark.django_db
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


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "kind", "text", "is_readable"), CASES)
def test_every_kind_becomes_a_text_and_what_agents_cannot_see_goes_to_a_human(client, fields, kind, text, is_readable):
    take(client, **fields)
    message = InboundMessage.objects.get()
    assert (message.kind, message.text) == (kind, text)
    assert message.run.must_escalate == ("" if is_readable else Rule.UNREADABLE_CONTENT)


@pytest.mark.django_db
def test_media_button_and_context_are_kept_beside_the_text(client):
    take(client, **IMAGE, OriginalRepliedMessageSid="SM9", Forwarded="true")
    assert InboundMessage.objects.get().metadata == {
        "profile_name": "Lucía",
        "reply_to": "SM9",
        "forwarded": True,
        "media": [{"url": "https://api.twilio.com/m/1", "mime_type": "image/jpeg"}],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "kind"), [({"OptOutType": "STOP", "Body": "STOP"}, "opt_out"), ({"MessageType": "reaction"}, "reaction")]
)
def test_what_asks_for_no_answer_is_noted(client, fields, kind):
    event = take(client, **fields)
    assert (event.verdict, event.parts[0]["kind"], event.parts[0]["outcome"]) == ("accepted", kind, "noted")
    assert not Run.objects.exists()


# What does not fit


@pytest.mark.django_db
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


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"CallSid": "CA1", "From": "+34600111222"}])
def test_a_form_that_is_no_message_is_kept_as_refused(client, fields):
    assert twilio_post(client, fields).status_code == 200
    assert WebhookEvent.objects.get().verdict == "refused"


@pytest.mark.django_db
def test_forms_with_raw_bytes_are_read_as_utf_8(client):
    fields = twilio_fields(Body="ñ")
    raw = urlencode(fields).encode().replace(b"Body=%C3%B1", "Body=ñ".encode())
    signed = RequestValidator(AUTH_TOKEN).compute_signature(f"http://testserver{TWILIO}", fields)
    form = "application/x-www-form-urlencoded"
    answer = client.post(TWILIO, raw, content_type=form, headers={"X-Twilio-Signature": signed})
    assert answer.status_code == 200
    assert InboundMessage.objects.get().text == "ñ"


# Statuses


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


@pytest.mark.django_db
def test_a_status_finds_its_reply_by_twilios_id_and_by_ours(client, reply):
    assert twilio_post(client, status()).status_code == 200
    reply.refresh_from_db()
    assert reply.status == "delivered"
    assert twilio_post(client, status(MessageStatus="read"), query=f"reply={reply.pk}").status_code == 200
    reply.refresh_from_db()
    assert reply.status == "read"
    assert set(WebhookEvent.objects.values_list("verdict", flat=True)) == {"accepted"}
    assert not InboundMessage.objects.filter(text="").exists()


@pytest.mark.django_db
def test_a_failure_says_why(client, reply):
    twilio_post(client, status(MessageStatus="undelivered", ErrorCode="63016", ErrorMessage="Outside the window"))
    reply.refresh_from_db()
    assert (reply.status, reply.failure, reply.failure_reason) == ("failed", "window_closed", "Outside the window")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", f"reply={uuid4()}", "reply=nonsense", "reply=%00"])
def test_a_status_of_nobodys_reply_is_unmatched(client, query):
    assert twilio_post(client, status(), query=query).status_code == 200
    assert WebhookEvent.objects.get().parts == [
        {"kind": "status", "id": "SMours", "outcome": "unmatched", "detail": "delivered"}
    ]
