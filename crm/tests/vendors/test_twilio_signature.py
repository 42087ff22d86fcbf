"""How Twilio proves that a request is its own; signed by Twilio's own library."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from crm.models import WebhookEvent
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
