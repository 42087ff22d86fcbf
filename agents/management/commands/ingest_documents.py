"""`manage.py ingest_documents`: files into the knowledge base."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from agents.knowledge.batch import Entry, documents_ingest
from agents.knowledge.errors import BY_CODE
from agents.knowledge.files import files_of
from agents.knowledge.ingestion import Outcome
from agents.knowledge.selectors import account_exists

WIDTH = 120


class Command(BaseCommand):
    """Each file is all in or not in at all: stopped half-way, the command is simply run again."""

    help = "Take documents (PDF, DOCX, HTML, Markdown, text) into the knowledge base: of one account, or shared."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="files, folders or patterns")
        parser.add_argument(
            "--stage",
            nargs="+",
            type=int,
            choices=range(1, 8),
            default=[],
            help="for these stages only; a folder called agent-N says so by itself",
        )
        parser.add_argument("--account", type=UUID, help="id of the account they belong to; shared by all without it")
        parser.add_argument("--replace", action="store_true", help="read again what is already here")
        parser.add_argument("--dry-run", action="store_true", help="read everything, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["account"] and not account_exists(options["account"]):
            raise CommandError(f"There is no account {options['account']}.")
        files, others = files_of(options["paths"])
        with _Bars(Console(stderr=True), len(files)) as bars:
            entries = documents_ingest(
                files=files,
                stages=tuple(options["stage"]),
                account_id=options["account"],
                replace=options["replace"],
                dry_run=options["dry_run"],
                progress=bars,
            )
        self._report(entries, others, dry_run=options["dry_run"])

    def _report(self, entries: list[Entry], others: list[Path], *, dry_run: bool) -> None:
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else WIDTH)
        console.print(_table(entries, dry_run=dry_run))
        if others:
            console.print(f"Left out, of no kind that can be read: {len(others)}.", highlight=False)
        for told in (line for entry in entries for line in _faults(entry)):
            console.print(escape(told), highlight=False, soft_wrap=True)
        if failed := sum(entry.outcome == Outcome.FAILED for entry in entries):
            raise CommandError(f"{failed} of {len(entries)} files could not be taken in; the others are in.")
        if not entries:
            raise CommandError("There is nothing to take in.")


def _faults(entry: Entry) -> Iterator[str]:
    if entry.outcome == Outcome.FAILED:
        yield f"{entry.path}: {entry.reason}"
    for fault in entry.faults:
        yield f"{entry.path}, page {fault.page}: {BY_CODE[fault.code].sentence}"


class _Bars:
    """Two bars on a terminal: files, and pages or passages of the file under way."""

    def __init__(self, console: Console, files: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True)
        self._files = self._progress.add_task("files", total=files)
        self._current: TaskID | None = None

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def file_begins(self, path: Path) -> None:
        self._current = self._progress.add_task(escape(path.name), total=None)

    def file_advances(self, step: str, done: int, total: int) -> None:
        if self._current is not None:
            self._progress.update(self._current, completed=done, total=total)

    def file_ends(self) -> None:
        if self._current is not None:
            self._progress.remove_task(self._current)
        self._progress.advance(self._files)


def _table(entries: list[Entry], *, dry_run: bool) -> Table:
    title = "What would be taken in" if dry_run else "Documents taken in"
    table = Table("document", "result", title=title)
    for column in ("pages", "passages", "seconds"):
        table.add_column(column, justify="right")
    for entry in entries:
        result = f"{entry.outcome} as {entry.known_as}" if entry.is_known_otherwise else str(entry.outcome)
        figures = (str(entry.pages), str(entry.passages), f"{entry.seconds:.1f}")
        table.add_row(escape(entry.name), escape(result), *figures)
    table.add_section()
    counts = ", ".join(f"{sum(e.outcome == kind for e in entries)} {kind}" for kind in Outcome)
    new = [entry for entry in entries if entry.outcome in (Outcome.ADDED, Outcome.REPLACED)]
    sums = (str(sum(entry.pages for entry in new)), str(sum(entry.passages for entry in new)))
    table.add_row(f"{len(entries)} files", counts, *sums, f"{sum(entry.seconds for entry in entries):.1f}")
    return table
