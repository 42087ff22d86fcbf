"""`manage.py revoke_webhook_key`: a key opens nothing any more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from booms.core.errors import DomainError
from crm import services


class Command(BaseCommand):
    """Safe to run again: a revoked key stays revoked."""

    help = "Revoke the webhook key that begins like this, at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prefix", metavar="PREFIX", help="the key's first characters, as lists show them: bk_1a2b3")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = services.webhook_key_find(prefix=options["prefix"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        services.webhook_key_revoke(key=key)
        self.stdout.write(f"Key {key.prefix}… of channel {key.channel} is revoked.")
