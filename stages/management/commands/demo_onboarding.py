"""`manage.py demo_onboarding`: an account through all seven stages, and what each of them made."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.rule import Rule
from rich.text import Text

from agents.conf import OFFLINE
from agents.errors import AgentError, UnknownModel
from agents.interview.progress import progress as share_answered
from agents.providers.registry import check_model_id, serving_model
from booms.core.errors import DomainError
from stages.definitions.catalogue import CATALOGUE
from stages.management.terminal import console_for, show_deliverable, show_verdict
from stages.services.demo import Profile, Speaker, Step, played_by, profile_play, profile_slugs, read_out
from stages.services.interviewing import state_of


class Command(BaseCommand):
    """Safe to run again: a demo that was cut short goes on, one that is complete is shown again."""

    help = "Play a consultant through all seven stages for a demo company and print what each stage made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--profile", choices=profile_slugs(), required=True, help="the demo company")
        parser.add_argument("--language", choices=("es", "en"), default="es", help="default: %(default)s")
        parser.add_argument(
            "--model", metavar="ID", help="id of the model that plays the consultant (default: a script)"
        )

    def handle(self, *args: Any, profile: str, language: str, model: str | None, **options: Any) -> None:
        company = Profile.load(profile)
        speaker = _model(model, company) if model else read_out(company)
        console = console_for(self.stdout)
        console.print(Text(f"{company.client}: {company.about.of(language)}", style="bold"))
        with translation.override(language), _Play(console, language) as play:
            try:
                account = profile_play(profile=company, language=language, speaker=speaker, watcher=play.watch)
            except (DomainError, AgentError) as error:
                raise CommandError(str(error)) from error
        console.print(Text(f"\n{account.client_name} is through all {len(CATALOGUE)} stages: account {account.pk}"))


def _model(model_id: str, company: Profile) -> Speaker:
    try:
        check_model_id(model_id)
    except UnknownModel as error:
        raise CommandError(str(error)) from error
    if serving_model(model_id).provider == OFFLINE:
        raise CommandError(f"{model_id} has no key: a consultant is played by a model, or without --model by a script.")
    return played_by(model_id, company)


class _Play:
    """The demo on the screen: a bar for the stage under way, then what it made."""

    def __init__(self, console: Console, language: str) -> None:
        self.console = console
        self.language = language
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:.0f} %"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task = self.bar.add_task("", total=100)

    def __enter__(self) -> _Play:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def watch(self, step: Step) -> None:
        title = f"{step.definition.number}/{len(CATALOGUE)} {step.definition.title.of(self.language)}"
        if not step.is_complete:
            answered = share_answered(step.definition, state_of(step.stage))
            self.bar.update(self.task, description=title, completed=answered)
            return
        version = step.stage.versions.select_related("verdict").get(replaced_at__isnull=True)
        self.console.print()
        self.console.print(Rule(Text(f"{title} · {step.definition.agent_name}"), align="left"))
        show_verdict(self.console, version.verdict.report)
        show_deliverable(self.console, step.definition, version.output, version.language)
