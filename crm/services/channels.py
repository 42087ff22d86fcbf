"""Channels: the numbers and names under which customers reach us."""

from __future__ import annotations

import logging
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from crm import conf
from crm.models import Channel
from crm.vendors.callback.addresses import AddressRefused, callback_url_check
from crm.vendors.callback.sending import callback_secret_new

logger = logging.getLogger(__name__)

WHATSAPP = "whatsapp:"
# What people write between the digits of a telephone number.
SEPARATORS = re.compile(r"[\s().\-/\u00a0]+")
TELEPHONE = re.compile(r"\+[1-9]\d{6,14}")
SHORT_CODE = re.compile(r"\d{3,8}")
NUMBER_ID = re.compile(r"\d{5,32}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def channel_default() -> Channel:
    """The API channel without an account, to which the environment's key belongs."""
    channel, _created = Channel.objects.select_related("account").get_or_create(
        kind=Channel.Kind.API, address=Channel.DEFAULT_ADDRESS
    )
    return channel


def default_channels_ensure() -> list[Channel]:
    """The channels of the environment's numbers, made if missing, without account.

    A number that is none is logged and left out: messages come in all the same, on the number they were sent to.
    """
    given = conf.settings()
    sender = given.twilio.sender
    twilio = Channel.Kind.WHATSAPP_TWILIO if sender.startswith(WHATSAPP) else Channel.Kind.SMS_TWILIO
    numbers = ((Channel.Kind.WHATSAPP_META, given.meta.phone_number_id), (twilio, sender))
    found = [channel_default()]
    for kind, number in numbers:
        if not number:
            continue
        try:
            address = channel_address(kind, number)
        except ValidationError as error:
            logger.error("A default number does not fit", extra={"kind": str(kind), "reason": error.messages[0]})
            continue
        found.append(Channel.objects.get_or_create(kind=kind, address=address)[0])
    return found


def channel_ensure(*, address: str, account: Account | None = None) -> Channel:
    """The API channel of this name, made if missing; an account given here becomes the channel's.

    Raises `ValidationError` for a name that does not fit.
    """
    channel = Channel.objects.filter(kind=Channel.Kind.API, address=address).first()
    channel = channel or Channel(kind=Channel.Kind.API, address=address)
    channel.account = account or channel.account
    return channel_save(channel=channel)


def channel_by_number(*, kind: str, address: str) -> Channel:
    """The channel of a number of ours; one not seen before gets a channel without account: nothing is lost."""
    channel, is_new = Channel.objects.select_related("account").get_or_create(kind=kind, address=address)
    if is_new:
        logger.warning("Messages come in for a number that had no channel", extra={"kind": kind, "number": address})
    return channel


def channel_save(*, channel: Channel) -> Channel:
    """Store a channel, new or changed: its address in the form its kind has, its callback with a secret to sign with.

    Raises `ValidationError` with the faults by field.
    """
    channel_prepare(channel)
    channel.full_clean()
    channel.save()
    return channel


def channel_prepare(channel: Channel) -> None:
    """Bring the address into its form, see whether callbacks may go where they are to, and give them a secret.

    Stores nothing. Raises `ValidationError` with the faults by field.
    """
    faults: dict[str, ValidationError] = {}
    try:
        channel.address = channel_address(channel.kind, channel.address)
    except ValidationError as error:
        faults["address"] = error
    try:
        _callback_check(channel)
    except ValidationError as error:
        faults["callback_url"] = error
    if faults:
        raise ValidationError(faults)
    if channel.callback_url and not channel.callback_secret:
        channel.callback_secret = callback_secret_new()


def channel_address(kind: str, written: str) -> str:
    """An address in the form its kind has: digits at Meta, `+34…` or a short code at Twilio, any name for the API.

    Raises `ValidationError` with a sentence that says what is expected.
    """
    text = written.strip()
    if kind == Channel.Kind.API:
        if not text or CONTROL.search(text):
            raise ValidationError(_("Enter a name, without line breaks or control characters."))
        return text
    number = SEPARATORS.sub("", text.removeprefix(WHATSAPP))
    if kind == Channel.Kind.WHATSAPP_META:
        if not NUMBER_ID.fullmatch(number):
            raise ValidationError(
                _("Enter the phone number id that Meta shows beside the number: digits only, not the number itself.")
            )
        return number
    if number.startswith("00"):
        number = f"+{number[2:]}"
    is_short = kind == Channel.Kind.SMS_TWILIO and SHORT_CODE.fullmatch(number)
    if not is_short and not TELEPHONE.fullmatch(number):
        raise ValidationError(_("Enter the telephone number with its country, such as +34 600 111 222."))
    return number


def callback_secret_renew(*, channel: Channel) -> Channel:
    """From now on callbacks of the channel are signed with another secret."""
    channel.callback_secret = callback_secret_new()
    channel.save(update_fields=["callback_secret", "updated_at"])
    return channel


def _callback_check(channel: Channel) -> None:
    if not channel.callback_url:
        return
    if channel.kind != Channel.Kind.API:
        raise ValidationError(_("Only API channels have a callback address; replies to a number go to its vendor."))
    try:
        callback_url_check(channel.callback_url)
    except AddressRefused as error:
        raise ValidationError(str(error)) from None
