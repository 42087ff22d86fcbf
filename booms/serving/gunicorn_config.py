"""How gunicorn runs: `gunicorn -c python:booms.serving.gunicorn_config booms.wsgi`. `serve` hands it a bound socket."""

from __future__ import annotations

import os
import select

from django.conf import settings

from booms.serving.warm_up import warm_up_in_background

LISTENER = "BOOMS_LISTENER"
GATE = "BOOMS_GATE"

bind = f"fd://{os.environ[LISTENER]}" if LISTENER in os.environ else f"127.0.0.1:{settings.PORT}"
worker_class = "gthread"
workers = min(2, os.cpu_count() or 1)
threads = 256
worker_connections = 2000
keepalive = 30
timeout = 60
graceful_timeout = 15
control_socket_disable = True
logconfig_dict = {
    **settings.LOGGING,
    "loggers": {**settings.LOGGING["loggers"], "gunicorn.error": {"level": "WARNING", "propagate": True}},
}


def post_worker_init(worker) -> None:
    """The application is loaded; requests are accepted once `serve` has the database ready."""
    if GATE in os.environ:
        gate = int(os.environ[GATE])
        # It reads as ended, not as data, once `serve` closes the other end: for every process, also a later one.
        while not select.select([gate], [], [], 1)[0]:
            worker.notify()
    warm_up_in_background()
