"""Starts everything in order, keeps it running, and stops it."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from socket import socket
from typing import IO

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from gunicorn.app import wsgiapp

from booms.database import embedded
from booms.database.migration import migrate
from booms.database.requirements import check_server
from booms.serving import checks, first_start, gunicorn_config
from booms.serving.banner import banner
from booms.serving.gate import Gate
from booms.serving.processes import Child, stop_all
from booms.serving.static_files import collect_if_changed

logger = logging.getLogger(__name__)

WATCH_SECONDS = 1.0

Report = Callable[[str], None]


def serve(*, host: str, port: int, demo: bool, report: Report) -> None:
    """Run the product until SIGTERM, SIGHUP or Ctrl-C. Raises `ImproperlyConfigured` for what stands in the way."""
    # Ctrl-C among them: a shell starts what runs in its background with that one ignored.
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    checks.data_folder_prepare(settings.DATA_FOLDER)
    children: list[Child] = []
    with checks.data_folder_take(settings.DATA_FOLDER) as lock:
        try:
            _start(children, lock, host=host, port=port, demo=demo, report=report)
            _watch(children)
        except KeyboardInterrupt:
            report("Stopping.")
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            stop_all(children)
            close_database()


def _start(children: list[Child], lock: IO[str], *, host: str, port: int, demo: bool, report: Report) -> None:
    listener = checks.port_take(host, port)
    if not _embedded():
        check_server()
    if collect_if_changed():
        report("Static files collected.")
    gate = Gate()
    children.append(Child("server", lambda: _run_server(listener, gate, lock)))
    _prepare_database(report)
    close_database()
    children.append(Child("worker", _run_worker))
    gate.open()
    if demo:
        first_start.demo_data()
    key = first_start.demo_key() if demo else ""
    supervisor = first_start.supervisor_describe()
    close_database()
    _wait_for_answer(host, port, children)
    address = settings.PUBLIC_BASE_URL or f"http://{_visible(host)}:{port}"
    answers = first_start.who_answers()
    report(banner(address=address, answers=answers, supervisor=supervisor, key=key))


def _prepare_database(report: Report) -> None:
    if count := migrate():
        report(f"{count} migrations applied.")
    first_start.supervisor_prepare()


def _run_server(listener: socket, gate: Gate, lock: IO[str]) -> None:
    """gunicorn: loads the application meanwhile, and lets requests in when the gate opens."""
    lock.close()
    os.environ[gunicorn_config.GATE] = str(gate.watch())
    sys.argv = ["gunicorn", "-c", f"python:{gunicorn_config.__name__}", "-b", f"fd://{listener.detach()}", "booms.wsgi"]
    wsgiapp.run(prog="gunicorn")


def _run_worker() -> None:
    os.execv(sys.executable, [sys.executable, str(settings.ROOT / "manage.py"), "worker"])


def _wait_for_answer(host: str, port: int, children: list[Child]) -> None:
    """Until the server answers anything at all."""
    while True:
        attempt = http.client.HTTPConnection(_visible(host), port, timeout=WATCH_SECONDS)
        try:
            attempt.request("GET", "/health")
            attempt.getresponse()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            attempt.close()
        if ended := next((child.name for child in children if child.ended()), ""):
            raise ImproperlyConfigured(f"The {ended} does not start; the log above says why.")


def _watch(children: list[Child]) -> None:
    while True:
        time.sleep(WATCH_SECONDS)
        for child in children:
            child.keep_running()
        if _embedded() and embedded.revive(settings.DATA_FOLDER):
            logger.error("The database ended and is started again")


def _visible(host: str) -> str:
    """An address a browser on this machine can use."""
    if host in ("", "::") or host.strip("0.") == "":
        return "localhost"
    return f"[{host}]" if ":" in host else host


def close_database() -> None:
    """No connection and none of the pool's threads may be there when a process forks."""
    connection.close()
    connection.close_pool()


def _embedded() -> bool:
    return bool(connection.settings_dict.get("DATA_FOLDER"))
