"""`manage.py create_webhook_key`: a key for a bot or a CRM system, shown once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Account
from crm import services


class Command(BaseCommand):
    """Makes the channel if it does not exist, and a key that opens it."""

    help = "Make a webhook key for an API channel and print it; it cannot be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--channel", default="default", help="name of the API channel (default: %(default)s)")
        parser.add_argument("--account", help="id of the account whose customers write on this channel")
        parser.add_argument("--label", default="", help="what the key is for, shown in the admin")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            channel = services.channel_ensure(address=options["channel"], account=_account(options["account"]))
            key, text = services.webhook_key_create(channel=channel, label=options["label"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stderr.write(f"Key {key.prefix}… opens channel {channel}. It is shown this once:")
        self.stdout.write(text)


def _account(account_id: str | None) -> Account | None:
    if not account_id:
        return None
    try:
        return Account.objects.get(pk=account_id)
    except (Account.DoesNotExist, ValidationError):
        raise CommandError(f"There is no account {account_id}.") from None
