"""Channels and keys in the admin."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from booms.core.errors import Unauthenticated
from crm.models import Channel, WebhookKey
from crm.services.channels import channel_save
from crm.services.keys import webhook_key_create, webhook_key_rotate, webhook_key_use
from crm.tests.factories import make_account, make_channel, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """May see channels and keys, and change nothing."""
    user = make_user(is_staff=True)
    names = ("view_channel", "view_webhookkey")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def listing(name):
    return reverse(f"admin:crm_{name}_changelist")


def page_of(thing):
    return reverse(f"admin:crm_{thing._meta.model_name}_change", args=[thing.pk])


def form(**fields):
    values = {"kind": "api", "address": "shop", "name": "", "account": "", "quiet_ms": "1500", "callback_url": ""}
    return values | fields


# Channels


def test_a_channel_is_made_and_changed(client, administrator):
    account = make_account()

    client.post(reverse("admin:crm_channel_add"), form(name="Shop"))
    channel = Channel.objects.get(address="shop")
    client.post(page_of(channel), form(name="Web shop", account=account.pk, quiet_ms="0"))

    channel.refresh_from_db()
    assert (channel.name, channel.account, channel.quiet_ms) == ("Web shop", account, 0)


def test_a_number_is_brought_into_its_form_and_one_that_is_taken_is_said(client, administrator):
    number = {"kind": "whatsapp_twilio", "address": "whatsapp:+34 910 000 000"}
    client.post(reverse("admin:crm_channel_add"), form(**number))
    assert Channel.objects.get(kind="whatsapp_twilio").address == "+34910000000"

    again = client.post(reverse("admin:crm_channel_add"), form(kind="whatsapp_twilio", address="0034910000000"))

    assert again.status_code == HTTPStatus.OK
    assert "already exists" in again.content.decode()
    assert Channel.objects.filter(kind="whatsapp_twilio").count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "whatsapp_meta", "address": "+34910000000"}, "address"),
        ({"kind": "sms_twilio", "address": "shop"}, "address"),
        ({"address": " "}, "address"),
        ({"kind": "pigeon"}, "kind"),
        ({"callback_url": "https://10.0.0.1/x"}, "callback_url"),
        ({"callback_url": "no address"}, "callback_url"),
        ({"kind": "sms_twilio", "address": "+34910000000", "callback_url": "https://bot.example/"}, "callback_url"),
        ({"quiet_ms": "60001"}, "quiet_ms"),
        ({"quiet_ms": "-1"}, "quiet_ms"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(client, administrator, fields, field):
    answer = client.post(reverse("admin:crm_channel_add"), form(**fields))
    assert answer.status_code == HTTPStatus.OK
    assert answer.context["adminform"].form.errors[field]
    assert not Channel.objects.exists()


def test_what_a_channel_is_stays(client, administrator):
    channel = make_channel()
    client.post(page_of(channel), form(kind="sms_twilio", address="bot"))
    channel.refresh_from_db()
    assert channel.kind == "api"


def test_a_callback_has_a_secret_that_is_shown_and_made_anew(client, administrator):
    client.post(reverse("admin:crm_channel_add"), form(callback_url="https://bot.example/replies"))
    channel = Channel.objects.get()
    secret = channel.callback_secret
    assert secret in client.get(page_of(channel)).content.decode()

    client.post(page_of(channel), {"do_renew_secret": "1"})

    channel.refresh_from_db()
    assert channel.callback_secret != secret
    assert channel.callback_url == "https://bot.example/replies"


def test_who_may_not_change_a_channel_sees_no_secret_and_makes_none(client, reader):
    channel = channel_save(channel=Channel(kind="api", address="bot", callback_url="https://bot.example/"))
    page = client.get(page_of(channel))
    assert page.status_code == HTTPStatus.OK
    assert "whsec_" not in page.content.decode()
    assert client.post(page_of(channel), {"do_renew_secret": "1"}).status_code == HTTPStatus.FORBIDDEN
    assert Channel.objects.get().callback_secret == channel.callback_secret


@pytest.mark.parametrize(
    ("kind", "address", "path"),
    [
        ("api", "bot", "messages"),
        ("whatsapp_meta", "106540352242922", "meta"),
        ("whatsapp_twilio", "+34910000000", "twilio"),
        ("sms_twilio", "+34910000000", "twilio"),
    ],
)
def test_a_channel_shows_the_address_for_the_vendors_console(client, administrator, settings, kind, address, path):
    channel = make_channel(kind=kind, address=address)
    local = client.get(page_of(channel)).content.decode()
    assert f'value="http://testserver/api/v1/webhook/{path}"' in local
    assert "PUBLIC_BASE_URL is not set" in local
    settings.PUBLIC_BASE_URL = "https://booms.example"
    public = client.get(page_of(channel)).content.decode()
    assert f'value="https://booms.example/api/v1/webhook/{path}"' in public
    assert "PUBLIC_BASE_URL is not set" not in public


def test_a_channel_says_which_settings_are_missing_and_shows_none(client, administrator, settings):
    settings.CHANNELS = {"META_APP_SECRET": "very-secret", "META_VERIFY_TOKEN": "agreed-token"}
    page = client.get(page_of(make_channel(kind="whatsapp_meta", address="106540352242922"))).content.decode()
    assert "Not set in the environment: META_ACCESS_TOKEN." in page
    assert "very-secret" not in page
    assert "agreed-token" not in page


def test_the_list_counts_valid_keys_in_a_fixed_number_of_queries(client, administrator, django_assert_max_num_queries):
    for number in range(8):
        channel = make_channel(address=f"bot-{number}", account=make_account())
        webhook_key_create(channel=channel)
        webhook_key_rotate(channel=channel, overlap=timedelta())
    client.get(listing("channel"))
    with django_assert_max_num_queries(9):
        answer = client.get(listing("channel"))
    assert [row.key_count for row in answer.context["cl"].result_list] == [1] * 8


# Keys


def test_a_key_is_made_shown_once_and_works(client, administrator):
    channel = make_channel()

    made = client.post(reverse("admin:crm_webhookkey_add"), {"channel": channel.pk, "label": "bot"})

    key = WebhookKey.objects.get()
    text = made.context["key"].text
    assert made.status_code == HTTPStatus.OK
    assert f'value="{text}"' in made.content.decode()
    assert webhook_key_use(text=text) == channel
    assert key.created_by == administrator
    for address in (listing("webhookkey"), page_of(key)):
        page = client.get(address).content.decode()
        assert text not in page
        assert key.key_hash not in page


def test_the_answer_with_a_key_is_not_kept_by_the_browser(client, administrator):
    made = client.post(reverse("admin:crm_webhookkey_add"), {"channel": make_channel().pk, "label": ""})

    assert "no-store" in made["Cache-Control"]


def test_a_key_is_replaced_with_an_overlap(client, administrator):
    channel = make_channel()
    old, old_text = webhook_key_create(channel=channel, label="bot")

    made = client.post(page_of(old), {"do_rotate": "1"})

    text = made.context["key"].text
    assert f'value="{text}"' in made.content.decode()
    assert "1 earlier key goes on working for 24 hours." in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert webhook_key_use(text=text) == webhook_key_use(text=old_text) == channel
    new = WebhookKey.objects.exclude(pk=old.pk).get()
    assert (new.label, new.created_by) == ("bot", administrator)
    assert "valid until" in client.get(listing("webhookkey")).content.decode()


def test_who_may_only_look_replaces_and_revokes_nothing(client, reader):
    key, text = webhook_key_create(channel=make_channel())
    assert client.get(page_of(key)).status_code == HTTPStatus.OK
    for verb in ("do_rotate", "do_revoke"):
        assert client.post(page_of(key), {verb: "1"}).status_code == HTTPStatus.FORBIDDEN
    assert WebhookKey.objects.count() == 1
    assert webhook_key_use(text=text)


def test_revoked_keys_open_nothing(client, administrator):
    key, text = webhook_key_create(channel=make_channel())

    response = client.post(listing("webhookkey"), {"action": "revoke", "_selected_action": [key.pk]}, follow=True)

    assert "1 key is revoked." in response.content.decode()
    with pytest.raises(Unauthenticated):
        webhook_key_use(text=text)


def test_a_key_is_revoked_on_its_page_and_then_has_no_buttons(client, administrator):
    key, text = webhook_key_create(channel=make_channel())
    page = client.post(page_of(key), {"do_revoke": "1"}, follow=True).content.decode()
    assert "1 key is revoked." in page
    assert 'name="do_rotate"' not in page
    with pytest.raises(Unauthenticated):
        webhook_key_use(text=text)


def test_keys_are_filtered_by_state(client, administrator):
    channel = make_channel()
    webhook_key_create(channel=channel)
    revoked, _text = webhook_key_create(channel=channel)
    expired, _text = webhook_key_create(channel=channel)
    WebhookKey.objects.filter(pk=revoked.pk).update(revoked_at=timezone.now())
    WebhookKey.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    counts = {
        state: client.get(listing("webhookkey"), {"state": state}).context["cl"].result_count
        for state in ("valid", "expired", "revoked", "")
    }
    assert counts == {"valid": 1, "expired": 1, "revoked": 1, "": 3}


def test_keys_are_not_deleted_and_stay_with_their_channel(client, administrator):
    key, _text = webhook_key_create(channel=make_channel(address="one"))

    assert client.post(reverse("admin:crm_webhookkey_delete", args=[key.pk])).status_code == HTTPStatus.FORBIDDEN
    client.post(page_of(key), {"label": "renamed", "channel": make_channel(address="two").pk})

    key.refresh_from_db()
    assert (key.label, key.channel.address) == ("renamed", "one")


def test_an_address_that_another_channel_of_the_kind_has_is_refused(client, administrator):
    make_channel(address="taken")
    channel = make_channel(address="shop")

    answer = client.post(page_of(channel), form(address="taken"))

    assert answer.status_code == HTTPStatus.OK
    assert answer.context["adminform"].form.errors
    assert Channel.objects.get(pk=channel.pk).address == "shop"
