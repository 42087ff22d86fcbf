"""`manage.py replay_events`: webhook events are taken in again."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from booms.core.errors import DomainError
from crm import selectors, services
from crm.models import WebhookEvent

TO_LOOK_AT = (WebhookEvent.Verdict.FAILED, WebhookEvent.Verdict.PARTLY)
ROW = "{:<36}  {:<6}  {:<19}  {:<8}  {:<8}  {}"


class Command(BaseCommand):
    """Safe to run again: what was taken in before is found to be repeated."""

    help = "Take stored webhook events in again, oldest first; without ids, those that failed, wholly or in part."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("event_ids", nargs="*", type=_uuid, metavar="EVENT_ID")
        parser.add_argument("--since", type=_moment, help="only events from then on: 2026-11-22 or 2026-11-22T08:00")
        parser.add_argument("--verdict", nargs="+", choices=WebhookEvent.Verdict.values, help="default: failed partly")
        parser.add_argument("--source", nargs="+", choices=WebhookEvent.Source.values)
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, *args: Any, **options: Any) -> None:
        found = selectors.webhook_events(
            ids=options["event_ids"],
            since=options["since"],
            verdicts=options["verdict"] or (() if options["event_ids"] else TO_LOOK_AT),
            sources=options["source"] or (),
        )
        before = dict(found.values_list("pk", "verdict"))
        if missing := set(options["event_ids"]) - set(before):
            raise CommandError(f"There is no such webhook event: {', '.join(map(str, missing))}.")
        if before:
            self.stdout.write(ROW.format("event", "source", "received (UTC)", "before", "now", "parts"))
        if options["dry_run"]:
            for event in found.defer("body").iterator():
                self._line(event, before)
            self.stdout.write(f"{len(before)} events would be taken in again.")
            return
        try:
            count = services.events_replay(event_ids=before, progress=lambda event: self._line(event, before))
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} events were taken in again.")

    def _line(self, event: WebhookEvent, before: dict[UUID, str]) -> None:
        received = f"{event.created_at:%Y-%m-%d %H:%M:%S}"
        outcomes = [part["outcome"] for part in event.parts]
        parts = ", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in dict.fromkeys(outcomes))
        self.stdout.write(ROW.format(str(event.pk), event.source, received, before[event.pk], event.verdict, parts))


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError as error:
        raise ArgumentTypeError(f"{written} is no id of an event") from error


def _moment(written: str) -> datetime:
    try:
        moment = parse_datetime(written) or datetime.fromisoformat(written)
    except ValueError as error:
        raise ArgumentTypeError(f"{written} is no date or time") from error
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
