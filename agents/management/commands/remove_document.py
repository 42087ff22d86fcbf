"""`manage.py remove_document`: take a document out of the knowledge base."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from agents.knowledge.ingestion import document_remove
from agents.knowledge.selectors import account_exists, documents_called


class Command(BaseCommand):
    """Its passages and vectors go with it; what was answered from it stays."""

    help = "Remove a document, by its name or id."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("document", help="name (folder/name where one has a folder) or id")
        parser.add_argument("--account", type=UUID, help="the account it belongs to; a shared one without it")
        parser.add_argument("--dry-run", action="store_true", help="say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["account"] and not account_exists(options["account"]):
            raise CommandError(f"There is no account {options['account']}.")
        found = documents_called(options["document"], account_id=options["account"])
        if not found:
            raise CommandError(f"There is no document {options['document']}.")
        if len(found) > 1:
            names = ", ".join(f"{document} ({document.pk})" for document in found)
            raise CommandError(f"Several documents are called so; say which: {names}.")
        if not options["dry_run"]:
            document_remove(document=found[0])
        done = "Would remove" if options["dry_run"] else "Removed"
        self.stdout.write(f"{done} {found[0]}: {found[0].passage_count} passages.")
