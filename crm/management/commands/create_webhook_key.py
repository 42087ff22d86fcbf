"""`manage.py create_webhook_key`: a key for a bot or a CRM system, shown once."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Account
from crm import services
from crm.models import Channel
from crm.services.keys import LONGEST_OVERLAP, OVERLAP


class Command(BaseCommand):
    """Makes the channel if it does not exist, and a key that opens it, beside the others or in their place."""

    help = "Make a webhook key for an API channel and print it; it cannot be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--channel", default="default", help="name of the API channel (default: %(default)s)")
        parser.add_argument("--account", help="id of the account whose customers write on this channel")
        parser.add_argument("--label", default="", help="what the key is for, shown in the admin")
        parser.add_argument("--rotate", action="store_true", help="let the channel's other keys expire")
        parser.add_argument(
            "--overlap",
            type=_hours,
            metavar="HOURS",
            help="how long they go on opening it, with --rotate (default: 24)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["overlap"] is not None and not options["rotate"]:
            raise CommandError("--overlap says how long other keys go on; it needs --rotate.")
        try:
            channel = services.channel_ensure(address=options["channel"], account=_account(options["account"]))
            if options["rotate"]:
                overlap = OVERLAP if options["overlap"] is None else options["overlap"]
                key, text, replaced = services.webhook_key_rotate(
                    channel=channel, label=options["label"], overlap=overlap
                )
                self.stderr.write(
                    f"Other keys of the channel that expire in {overlap.total_seconds() / 3600:g} h: {replaced}."
                )
                if settings.WEBHOOK_API_KEY and channel.address == Channel.DEFAULT_ADDRESS:
                    self.stderr.write(
                        "WEBHOOK_API_KEY in the environment opens this channel too, and goes on doing so."
                    )
            else:
                key, text = services.webhook_key_create(channel=channel, label=options["label"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stderr.write(f"Key {key.prefix}… opens channel {channel}. It is shown this once:")
        self.stdout.write(text)


def _hours(written: str) -> timedelta:
    try:
        hours = timedelta(hours=float(written))
    except (ValueError, OverflowError) as error:
        raise ArgumentTypeError(f"{written} is no number of hours") from error
    if not timedelta() <= hours <= LONGEST_OVERLAP:
        raise ArgumentTypeError(f"from 0 to {LONGEST_OVERLAP.days * 24} hours")
    return hours


def _account(account_id: str | None) -> Account | None:
    if not account_id:
        return None
    try:
        return Account.objects.get(pk=account_id)
    except (Account.DoesNotExist, ValidationError):
        raise CommandError(f"There is no account {account_id}.") from None
