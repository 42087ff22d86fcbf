"""`manage.py index_passages`: an index for embedding spaces that have become too large to scan."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from agents.knowledge.indexing import EXACT_UP_TO, SpaceIndex, space_index_create, space_index_drop, space_indexes


class Command(BaseCommand):
    """Search goes on meanwhile; what was interrupted is begun again. To be run when many documents have come in."""

    help = "Create an index over the vectors of spaces with many passages, and drop those of spaces that need none."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--above",
            type=int,
            default=EXACT_UP_TO,
            metavar="N",
            help=f"index spaces with more than N passages (default {EXACT_UP_TO})",
        )
        parser.add_argument("--drop", action="store_true", help="drop all of these indexes: every search scans again")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        indexes = space_indexes(above=options["above"])
        for index in indexes:
            wanted = index.wanted and not options["drop"]
            self.stdout.write(f"{index.space}: {index.passages} passages, {self._keep(index, wanted, **options)}.")
        if not indexes:
            self.stdout.write("There are no passages.")

    def _keep(self, index: SpaceIndex, wanted: bool, *, dry_run: bool, **_: Any) -> str:
        """Create or drop the index as it is wanted; what was done."""
        if wanted == index.present == index.space.is_indexed:
            return "indexed already" if wanted else "searched by a scan"
        if dry_run:
            return "an index would be created" if wanted else "its index would be dropped"
        if not wanted:
            space_index_drop(index=index)
            return "index dropped"
        space_index_create(index=index)
        return "index created"
