"""`manage.py onboard ACCOUNT`: the conversation of an account's stages, in a terminal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts.models import Account
from stages.management.conversation import Conversation
from stages.management.terminal import console_for


class Command(BaseCommand):
    """Every message is stored before it is answered: whoever leaves in the middle goes on where they were."""

    help = "Talk with the agents of an account's stages, from the first one that is open. /help shows the commands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", metavar="ACCOUNT", help="the account's id, or its client's name")

    def handle(self, *args: Any, account: str, **options: Any) -> None:
        found = _account(account)
        with translation.override(found.language):
            Conversation(found, console_for(self.stdout)).run()


def _account(name: str) -> Account:
    """The account with this id or, without case, this client's name. Raises `CommandError`."""
    accounts = Account.objects.select_related("user")
    try:
        found = list(accounts.filter(pk=UUID(name)))
    except ValueError:
        found = list(accounts.filter(client_name__iexact=name.strip()))
    if not found:
        raise CommandError(f"There is no account {name}.")
    if len(found) > 1:
        choices = "\n".join(f"  {account.pk}  {account.user} ({account.language})" for account in found)
        raise CommandError(f"Several accounts are called {name}; give the id of one:\n{choices}")
    return found[0]
