"""`manage.py evaluate_retrieval`: how well the knowledge base finds the pages that answer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from agents.knowledge.evaluation import (
    BadQuestions,
    Outcome,
    Question,
    Scores,
    absent_documents,
    as_json,
    by_language,
    evaluate,
    read_questions,
    scores,
)
from agents.knowledge.retrieval import WEIGHTS

WIDTH = 120


class Command(BaseCommand):
    """Reads only; searches what is in the knowledge base now."""

    help = "Report hit@1, hit@5 and mrr@10 of searching for questions whose page is known (a JSON Lines file)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE.jsonl",
            help="one object a line: question, document (file name), page; if wished stage, account, language (the"
            " question's), passages_in (only passages in that language)",
        )
        parser.add_argument("--method", choices=list(WEIGHTS), default="joined", help="words, vectors or both joined")
        parser.add_argument(
            "--misses", action="store_true", help="list the questions whose page was not in the first ten"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        questions = [question for file in options["files"] for question in _read(file)]
        for name in absent_documents(questions):
            self.stderr.write(f"{name} is not in the knowledge base: its questions count as missed.")
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Searching", total=len(questions))
            outcomes = evaluate(questions, method=options["method"], progress=lambda: progress.advance(task))
        if options["json"]:
            self.stdout.write(as_json(outcomes))
            return
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else WIDTH)
        console.print(_table(outcomes, options["method"]))
        for outcome in outcomes if options["misses"] else ():
            if not outcome.rank:
                asked = outcome.question
                console.print(f"{asked.document} {asked.page}: {asked.question}", highlight=False, markup=False)


def _read(path: Path) -> list[Question]:
    try:
        return read_questions(path.read_text(encoding="utf-8-sig").splitlines())
    except BadQuestions as fault:
        raise CommandError(f"{path}: {fault}.") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"{path} cannot be read: {fault}") from fault


def _table(outcomes: list[Outcome], method: str) -> Table:
    table = Table("asked in", title=f"Retrieval, {method}")
    for column in ("questions", "hit@1", "hit@5", "mrr@10", "milliseconds"):
        table.add_column(column, justify="right")
    for language, found in by_language(outcomes).items():
        table.add_row(language, *_figures(found))
    table.add_section()
    table.add_row("all", *_figures(scores(outcomes)))
    return table


def _figures(found: Scores) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (found.hit_at_1, found.hit_at_5, found.mrr_at_10))
    return (str(found.questions), *shares, f"{found.milliseconds:.1f}")
