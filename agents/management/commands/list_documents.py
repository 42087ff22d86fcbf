"""`manage.py list_documents`: what the knowledge base holds."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agents.knowledge.selectors import account_exists, documents

WIDTH = 140


class Command(BaseCommand):
    """Reads only."""

    help = "List the documents of the knowledge base."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--account", type=UUID, help="only this account's and the shared ones")
        parser.add_argument("--shared", action="store_true", help="only the shared ones")
        parser.add_argument("--stage", type=int, choices=range(1, 8), help="only those that serve this stage")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["account"] and not account_exists(options["account"]):
            raise CommandError(f"There is no account {options['account']}.")
        found = documents(account_id=options["account"], stage=options["stage"], only_shared=options["shared"])
        table = Table("id", "document", "account", "stages", "language", title=f"{len(found)} documents")
        for column in ("pages", "passages"):
            table.add_column(column, justify="right")
        for document in found:
            table.add_row(
                str(document.pk),
                escape(str(document)),
                escape(str(document.account or "shared")),
                ", ".join(map(str, document.stages)) or "all",
                document.language,
                str(document.page_count),
                str(document.passage_count),
            )
        Console(file=self.stdout, width=None if self.stdout.isatty() else WIDTH).print(table)
