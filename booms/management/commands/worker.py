"""`manage.py worker`: background work."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from booms.serving.worker import work


class Command(BaseCommand):
    """As many as wanted may run, on as many machines."""

    requires_system_checks = ()  # as for `serve`
    help = "Take up background jobs until SIGTERM or Ctrl-C; then finish those under way."

    def handle(self, *args: Any, **options: Any) -> None:
        work()
