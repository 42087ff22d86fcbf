"""How gunicorn runs: `gunicorn -c python:booms.serving.gunicorn_config booms.wsgi`; `serve` gives it a socket."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import connection
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from booms.database import embedded
from booms.serving.gate import is_open
from booms.serving.warm_up import warm_up_in_background

GATE = "BOOMS_GATE"

bind = f"127.0.0.1:{settings.PORT}"
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


def post_worker_init(worker: Worker) -> None:
    """The application is loaded; requests are accepted once `serve` has the database ready."""
    if GATE in os.environ:
        while worker.alive and not is_open(int(os.environ[GATE]), wait=0.5):
            worker.notify()
    warm_up_in_background()


def worker_exit(server: Arbiter, worker: Worker) -> None:
    """A fork ends without Python's exit handlers: give the embedded database back here."""
    connection.close_pool()
    embedded.release(settings.DATA_FOLDER)
