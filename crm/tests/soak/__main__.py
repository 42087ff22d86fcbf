"""`python -m crm.tests.soak`: messages through two servers and two workers that are killed every few seconds, and the
totals: what was answered once, twice or not at all, and whether each customer was answered in order.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m crm.tests.soak", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--conversations", type=int, default=500)
    parser.add_argument("--model-seconds", type=float, default=0.3)
    parser.add_argument("--kill-every", type=float, default=5.0, help="seconds between kills on average; 0: none")
    parser.add_argument("--concurrency", type=int, default=16, help="jobs at once a worker; a kill cuts all of them")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "booms.settings.test")
    django.setup()
    from crm.tests.faults.stage import stage
    from crm.tests.soak.load import Load
    from crm.tests.soak.report import report

    with tempfile.TemporaryDirectory(prefix="s", ignore_cleanup_errors=True) as folder:
        with stage(Path(folder), model_seconds=options.model_seconds, concurrency=options.concurrency) as scene:
            load = Load(
                scene,
                messages=options.messages,
                conversations=options.conversations,
                kill_every=options.kill_every,
                seed=options.seed,
            )
            load.run()
            totals = report(scene, load)
        for name, value in totals.items():
            sys.stdout.write(f"{name:<42} {value}\n")
    return int(any(totals[name] for name in ("answered twice", "lost", "out of order")))


if __name__ == "__main__":
    sys.exit(main())
