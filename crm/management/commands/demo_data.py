"""`manage.py demo_data`: something to look at."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.services.demo import demo_data_create


class Command(BaseCommand):
    """Safe to run again: what is there stays as it is."""

    help = "Make a demo account with customers' messages in two languages; a worker takes them through the pipeline."

    def handle(self, *args: Any, **options: Any) -> None:
        made = demo_data_create()
        self.stdout.write(f"{made} demo messages are on their way." if made else "The demo data is there already.")
