"""`manage.py reembed`: change the embedding model while search goes on."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from agents.errors import ProviderError, UnknownModel
from agents.knowledge.embeddings import wanted_key
from agents.knowledge.embeddings.base import SpaceKey
from agents.knowledge.reembedding import Reembedded, space_build, space_keep_defer, spaces_forget
from booms.jobs.pulse import a_worker_lives


class Command(BaseCommand):
    """Stopped half-way it goes on where it was; the old vectors are searched until the switch."""

    help = "Embed all passages with the configured model (EMBEDDING_MODEL), then search with it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--background", action="store_true", help="leave it to a worker, which does so by itself, too"
        )
        parser.add_argument("--forget", action="store_true", help="delete the vectors of models no longer in use")
        parser.add_argument("--dry-run", action="store_true", help="say how many passages would be embedded")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = wanted_key()
            if options["background"] and not options["dry_run"]:
                return self._defer()
            done = self._build(key, dry_run=options["dry_run"])
        except (UnknownModel, ProviderError) as error:
            raise CommandError(str(error)) from error
        if options["dry_run"]:
            self.stdout.write(f"{done.embedded} passages would be embedded in {done.space}.")
            return None
        self.stdout.write(f"{done.embedded} passages embedded; searched is {done.space}.")
        if options["forget"]:
            self.stdout.write(f"{spaces_forget()} unused spaces deleted.")
        return None

    def _defer(self) -> None:
        space_keep_defer()
        self.stdout.write("A worker builds the space; the admin shows how far it is under Embedding spaces.")
        if not a_worker_lives():
            self.stderr.write("No worker runs now; start one with `manage.py worker`.")

    def _build(self, key: SpaceKey, *, dry_run: bool) -> Reembedded:
        columns = (TextColumn("passages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("passages", total=None)
            return space_build(
                key=key,
                dry_run=dry_run,
                progress=lambda done, total: progress.update(task, completed=done, total=total),
            )
