"""`manage.py evaluate`: how good an analyst is on labelled messages."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from agents.customer_message.evaluation import (
    OFFLINE,
    BadRows,
    FieldScore,
    Report,
    Row,
    classifier_for,
    evaluate,
    read_rows,
)
from agents.errors import AgentError


class Command(BaseCommand):
    """Reads only; calling a model costs what the model costs."""

    help = "Report accuracy, macro-F1, recall and confusions of an analyst on a JSON Lines file of labelled messages."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.jsonl", help="one object a line: text and its labels")
        parser.add_argument("--model", default=OFFLINE, help="id of a configured model; the rules by default")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = _read(options["file"])
        try:
            report = self._measure(rows, options["model"])
        except AgentError as fault:
            raise CommandError(f"{options['model']}: {fault}") from fault
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
        else:
            _show(report, Console(file=self.stdout, width=None if self.stdout.isatty() else 110))

    def _measure(self, rows: list[Row], model_id: str) -> Report:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Reading messages", total=len(rows))
            return evaluate(rows, classifier_for(model_id), progress=lambda: progress.advance(task))


def _read(path: Path) -> list[Row]:
    try:
        return read_rows(path)
    except BadRows as fault:
        raise CommandError(f"{path}: {fault}") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"{path} cannot be read: {fault}") from fault


def _show(report: Report, console: Console) -> None:
    for name, field in report.fields.items():
        console.print(_scores(name, field))
        for confusion in field.confusions:
            ids = ", ".join(confusion.ids)
            console.print(
                f"  {len(confusion.ids)} × {confusion.expected} taken for {confusion.found}: {ids}", highlight=False
            )
    console.print(_triage(report))


def _scores(name: str, field: FieldScore) -> Table:
    title = f"{name}: accuracy {field.accuracy:.3f} (strict {field.strict_accuracy:.3f}), "
    title += f"macro-F1 {field.macro_f1:.3f} (strict {field.strict_macro_f1:.3f})"
    languages = sorted({key for label in field.labels for key in label.recall_by_language} - {"all"})
    table = Table(
        "label", "messages", "precision", "recall", "F1", *(f"recall {key}" for key in languages), title=title
    )
    for label in field.labels:
        by_language = (_number(label.recall_by_language.get(key)) for key in languages)
        figures = (_number(label.precision), _number(label.recall), _number(label.f1), *by_language)
        table.add_row(label.label, str(label.support), *figures)
    return table


def _triage(report: Report) -> Table:
    languages = sorted({*report.negatives_answered, *report.others_held} - {"all"})
    table = Table("what triage would do", "all", *languages, title=f"{report.messages} messages")
    rows = {
        "negative messages answered without a human": report.negatives_answered,
        "other messages put before a human": report.others_held,
    }
    for said, shares in rows.items():
        table.add_row(said, *(_number(shares.get(key)) for key in ("all", *languages)))
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
