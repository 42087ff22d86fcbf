"""`manage.py export ACCOUNT`: an account's deliverables as files in a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from accounts.selectors import account_named
from booms.core.errors import DomainError
from exports.exporters import ACCOUNT_EXPORTERS, STAGE_EXPORTERS
from exports.services import EVERYTHING, Export, Written, exports_of, exports_write
from stages.definitions.catalogue import CATALOGUE
from stages.management.terminal import console_for

FORMATS = (*(exporter.key for exporter in (*STAGE_EXPORTERS, *ACCOUNT_EXPORTERS)), EVERYTHING)


class Command(BaseCommand):
    """Safe to run again: the same deliverables are the same files under the same names."""

    help = "Write the deliverables of an account's completed stages as files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", metavar="ACCOUNT", help="the account's id, or its client's name")
        parser.add_argument("--format", choices=FORMATS, default=EVERYTHING, help="default: %(default)s")
        parser.add_argument(
            "--stage",
            metavar="N",
            nargs="+",
            action="extend",
            type=int,
            choices=[stage.number for stage in CATALOGUE],
            help="the files of these stages only (default: everything of all that are completed)",
        )
        parser.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="default: the current folder")
        parser.add_argument("--dry-run", action="store_true", help="say what would be written")

    def handle(
        self, *args: Any, account: str, stage: list[int] | None, out: Path, dry_run: bool, **options: Any
    ) -> None:
        console = console_for(self.stdout)
        try:
            exports = exports_of(account=account_named(account), key=options["format"], numbers=stage)
            if dry_run:
                for export in exports:
                    console.print(Text(f"would write {out / export.filename}"))
                return
            written = _write(exports, out, console)
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        console.print(_table(written))


def _write(exports: list[Export], folder: Path, console: Console) -> list[Written]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Files", total=len(exports))
        return exports_write(exports=exports, folder=folder, watcher=lambda _written: bar.advance(task))


def _table(written: list[Written]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("file", overflow="fold")
    table.add_column("size", justify="right")
    table.add_column("")
    for file in written:
        table.add_row(Text(str(file.path)), decimal(file.size), file.outcome)
    return table
