"""Channels and their keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from booms.core.errors import Unauthenticated
from crm import services
from crm.models import Channel, WebhookKey
from crm.services.channels import channel_address
from crm.services.keys import webhook_key_create, webhook_key_rotate, webhook_key_use
from crm.tests.factories import make_account, make_channel

KIND = Channel.Kind
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "written", "address"),
    [
        (KIND.API, "  shop ", "shop"),
        (KIND.WHATSAPP_META, "106 540 352 242 922", "106540352242922"),
        (KIND.WHATSAPP_TWILIO, "whatsapp:+34 910 000 000", "+34910000000"),
        (KIND.WHATSAPP_TWILIO, "0034 (910) 00-00-00", "+34910000000"),
        (KIND.SMS_TWILIO, "+1 415.867.5309", "+14158675309"),
        (KIND.SMS_TWILIO, "21212", "21212"),
    ],
)
def test_an_address_is_brought_into_the_form_of_its_kind(kind, written, address):
    assert channel_address(kind, written) == address


@pytest.mark.parametrize(
    ("kind", "written", "why"),
    [
        (KIND.API, "  ", "name"),
        (KIND.API, "a\nb", "control"),
        (KIND.WHATSAPP_META, "+34910000000", "phone number id"),
        (KIND.WHATSAPP_META, "12ab", "phone number id"),
        (KIND.WHATSAPP_META, "١٠٦٥٤٠٣٥٢٢٤٢٩٢٢x", "phone number id"),
        (KIND.WHATSAPP_TWILIO, "910000000", "country"),
        (KIND.WHATSAPP_TWILIO, "21212", "country"),
        (KIND.SMS_TWILIO, "BOOMS", "country"),
        (KIND.SMS_TWILIO, "+" + "1" * 20, "country"),
    ],
)
def test_an_address_that_does_not_fit_says_what_is_expected(kind, written, why):
    with pytest.raises(ValidationError, match=why):
        channel_address(kind, written)


@pytest.mark.parametrize(
    ("sender", "kind"), [("+34 910 000 000", KIND.SMS_TWILIO), ("whatsapp:+34910000000", KIND.WHATSAPP_TWILIO)]
)
def test_the_environments_numbers_make_the_default_channels_once(settings, sender, kind):
    settings.CHANNELS = {"META_PHONE_NUMBER_ID": "106540352242922", "TWILIO_FROM": sender}
    for _ in range(2):
        services.default_channels_ensure()
    assert set(Channel.objects.values_list("kind", "address", "account")) == {
        ("api", "default", None),
        ("whatsapp_meta", "106540352242922", None),
        (kind, "+34910000000", None),
    }


def test_a_default_channel_keeps_the_account_it_was_given(settings):
    settings.CHANNELS = {"META_PHONE_NUMBER_ID": "106540352242922"}
    account = make_account()
    make_channel(kind=KIND.WHATSAPP_META, address="106540352242922", account=account)
    services.default_channels_ensure()
    assert Channel.objects.get(kind=KIND.WHATSAPP_META).account == account


def test_a_default_number_that_is_none_is_said_and_left_out(settings, caplog):
    settings.CHANNELS = {"TWILIO_FROM": "BOOMS"}
    assert [channel.address for channel in services.default_channels_ensure()] == ["default"]
    assert "default number" in caplog.text


def test_a_callback_gets_a_secret_that_stays():
    channel = services.channel_save(channel=Channel(kind="api", address="bot", callback_url="https://bot.example/x"))
    secret = channel.callback_secret
    assert secret.startswith("whsec_")
    channel.callback_url = "https://bot.example/y"
    assert services.channel_save(channel=channel).callback_secret == secret
    assert services.callback_secret_renew(channel=channel).callback_secret != secret


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"callback_url": "https://127.0.0.1/"}, "callback_url"),
        ({"callback_url": "http://bot.example/"}, "callback_url"),
        ({"callback_url": "https://bot.example/", "kind": KIND.SMS_TWILIO, "address": "+34910000000"}, "callback_url"),
        ({"address": ""}, "address"),
        ({"quiet_ms": 60_001}, "quiet_ms"),
    ],
)
def test_a_channel_that_does_not_fit_is_refused_by_field(fields, field):
    with pytest.raises(ValidationError) as refused:
        services.channel_save(channel=Channel(**({"kind": "api", "address": "bot"} | fields)))
    assert field in refused.value.message_dict


# Keys


def opens(text):
    try:
        return webhook_key_use(text=text)
    except Unauthenticated:
        return None


def test_a_rotated_key_opens_its_channel_until_the_overlap_ends():
    channel = make_channel()
    old, old_text = webhook_key_create(channel=channel)
    _new, new_text, replaced = webhook_key_rotate(channel=channel, overlap=timedelta(hours=2))
    old.refresh_from_db()
    assert replaced == 1
    assert timedelta(minutes=119) < old.expires_at - timezone.now() <= timedelta(hours=2)
    assert opens(old_text) == opens(new_text) == channel
    WebhookKey.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    assert opens(old_text) is None
    assert opens(new_text) == channel


def test_without_overlap_the_old_keys_end_at_once():
    channel = make_channel()
    _old, old_text = webhook_key_create(channel=channel)
    webhook_key_rotate(channel=channel, overlap=timedelta())
    assert opens(old_text) is None


def test_rotating_prolongs_nothing_and_touches_no_other_channel():
    channel, other = make_channel(address="one"), make_channel(address="two")
    first, _text = webhook_key_create(channel=channel)
    webhook_key_rotate(channel=channel, overlap=timedelta(hours=1))
    stranger, _text = webhook_key_create(channel=other)
    revoked, _text = webhook_key_create(channel=channel)
    services.webhook_key_revoke(key=revoked)
    first.refresh_from_db()
    soon = first.expires_at

    _key, _text, replaced = webhook_key_rotate(channel=channel, overlap=timedelta(hours=24))

    assert replaced == 1
    for key in (first, stranger, revoked):
        key.refresh_from_db()
    assert (first.expires_at, stranger.expires_at, revoked.expires_at) == (soon, None, None)


# Commands


def made(capsys, *arguments):
    call_command("create_webhook_key", *arguments)
    printed = capsys.readouterr()
    return printed.out.strip(), printed.err


def test_the_command_makes_a_key_and_prints_it_alone(capsys):
    text, said = made(capsys, "--channel", "bot", "--label", "our bot")
    assert opens(text).address == "bot"
    assert text not in said


def test_the_command_replaces_keys_with_an_overlap(capsys):
    first, _said = made(capsys, "--channel", "bot")
    second, said = made(capsys, "--channel", "bot", "--rotate", "--overlap", "0.5")
    assert "expire in 0.5 h: 1." in said
    assert opens(first) == opens(second)
    third, _said = made(capsys, "--channel", "bot", "--rotate", "--overlap", "0")
    assert [opens(text) is not None for text in (first, second, third)] == [False, False, True]


@pytest.mark.parametrize("hours", ["-1", "soon", "nan", "inf", "99999"])
def test_an_overlap_that_is_none_is_refused(hours):
    with pytest.raises(CommandError):
        call_command("create_webhook_key", "--rotate", f"--overlap={hours}")
    assert not WebhookKey.objects.exists()


@pytest.mark.parametrize("address", ["", " ", "x" * 256, "a\nb"])
def test_a_channel_name_that_does_not_fit_is_refused(address):
    with pytest.raises(CommandError):
        call_command("create_webhook_key", "--channel", address)


def test_a_key_is_revoked_by_its_first_characters(capsys):
    text, _said = made(capsys)
    prefix = WebhookKey.objects.get().prefix
    for written in (prefix, f"{prefix}…"):
        call_command("revoke_webhook_key", written)
    assert "is revoked" in capsys.readouterr().out
    assert opens(text) is None


@pytest.mark.parametrize("prefix", ["bk_other", "", "…", "%"])
def test_an_unknown_key_is_not_revoked(prefix):
    webhook_key_create(channel=make_channel())
    with pytest.raises(CommandError, match="There is no key"):
        call_command("revoke_webhook_key", prefix)


def test_two_keys_that_begin_alike_are_not_guessed_between():
    channel = make_channel()
    for _ in range(2):
        webhook_key_create(channel=channel)
    WebhookKey.objects.update(prefix="bk_same_")
    with pytest.raises(CommandError, match="Several"):
        call_command("revoke_webhook_key", "bk_same_")
    assert not WebhookKey.objects.filter(revoked_at__isnull=False).exists()
