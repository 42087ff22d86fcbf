"""`manage.py serve`: the whole product in one command."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from booms import environment
from booms.serving import first_start
from booms.serving.server import serve


class Command(BaseCommand):
    """Safe to run again after a crash: what was made before is kept."""

    # `make test` runs them; here they would cost half a second before the server is up.
    requires_system_checks = ()
    help = "Start database, worker and server, and keep them running until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        host = environment.text("BIND_ADDRESS", default="127.0.0.1")
        parser.add_argument("--host", default=host, help="address to listen on (BIND_ADDRESS)")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on (PORT)")
        parser.add_argument(
            "--no-demo",
            action="store_false",
            dest="demo",
            default=first_start.secrets_folder() is not None,
            help="no demo data and no webhook key; production makes neither anyway",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        serve(host=options["host"], port=options["port"], demo=options["demo"], report=self._report)

    def _report(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
