#!/usr/bin/env python
"""Django's command line; expected faults of the set-up are one sentence, not a trace."""

import os
import signal
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "booms.settings.development")
    # A command told to stop leaves through Python's exit handlers, which give the embedded database back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"BOOMS does not start: {error}")


if __name__ == "__main__":
    main()
