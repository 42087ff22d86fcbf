"""Try every configured model with a small call."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from agents.checks import KEYS
from agents.conf import OFFLINE, Model, settings
from agents.errors import UnknownModel
from agents.providers.probe import Probe, probe_models
from agents.providers.registry import check_model_id


class Command(BaseCommand):
    """`manage.py check_models`: a table of the models, which have a key, and which answer."""

    help = "Try every configured model with a small call and print a table. Costs a fraction of a cent a model."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("models", nargs="*", metavar="MODEL", help="ids to try (default: all that have a key)")
        parser.add_argument("--dry-run", action="store_true", help="show what would be tried, call nothing")

    def handle(self, *args: Any, models: list[str], dry_run: bool, **options: Any) -> None:
        chosen = _chosen(models)
        ready = [model for model in chosen if settings().access(model.provider).api_key]
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else 140)
        probes = {} if dry_run else _run(ready, console)
        console.print(_table(chosen, ready, probes))
        if failed := [probe.model.id for probe in probes.values() if probe.error]:
            raise CommandError(f"No good answer from: {', '.join(failed)}.")


def _chosen(names: list[str]) -> list[Model]:
    """The models named, or all but the rules, which need no trying."""
    for name in names:
        try:
            check_model_id(name)
        except UnknownModel as error:
            raise CommandError(str(error)) from error
    known = settings().models
    return [known[name] for name in names or known if known[name].provider != OFFLINE]


def _run(models: list[Model], console: Console) -> dict[str, Probe]:
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Asking", total=len(models))
        probes = probe_models(models, progress=lambda _: progress.advance(task))
    return {probe.model.id: probe for probe in probes}


def _table(models: list[Model], ready: list[Model], probes: dict[str, Probe]) -> Table:
    table = Table(*("Model", "Provider", "Its name", "Result", "Answered by", "ms", "Tokens", "USD"), box=None)
    for model in models:
        probe = probes.get(model.id)
        if probe is None:
            result = "not tried" if model in ready else f"no key: set {KEYS[model.provider]}"
            table.add_row(model.id, model.provider, model.name, result)
            continue
        table.add_row(
            model.id,
            model.provider,
            model.name,
            probe.error or "ok",
            probe.answered_by,
            "" if probe.error else str(probe.duration_ms),
            "" if probe.error else str(probe.usage.total_tokens),
            "" if probe.cost_usd is None else str(probe.cost_usd),
        )
    return table
