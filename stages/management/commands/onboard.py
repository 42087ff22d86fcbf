"""`manage.py onboard ACCOUNT`: the conversation of an account's stages, in a terminal."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts.selectors import account_named
from booms.core.errors import DomainError
from stages.management.conversation import Conversation
from stages.management.terminal import console_for


class Command(BaseCommand):
    """Every message is stored before it is answered: whoever leaves in the middle goes on where they were."""

    help = "Talk with the agents of an account's stages, from the first one that is open. /help shows the commands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", metavar="ACCOUNT", help="the account's id, or its client's name")

    def handle(self, *args: Any, account: str, **options: Any) -> None:
        try:
            found = account_named(account)
        except DomainError as error:
            raise CommandError(str(error)) from error
        with translation.override(found.language):
            Conversation(found, console_for(self.stdout)).run()
