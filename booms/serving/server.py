"""Starts everything in order, keeps it running, and stops it."""

from __future__ import annotations

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable
from socket import socket

from django.conf import settings
from django.db import connection, connections

from booms.database import embedded
from booms.database.migration import migrate
from booms.database.requirements import check_server
from booms.serving import checks, first_start, gunicorn_config
from booms.serving.banner import banner
from booms.serving.processes import Child, stop_all
from booms.serving.static_files import collect_if_changed

WATCH_SECONDS = 1
ANSWER_SECONDS = 120

Report = Callable[[str], None]


def serve(*, host: str, port: int, demo: bool, report: Report) -> None:
    """Run the product until SIGTERM, SIGHUP or Ctrl-C. Raises `ImproperlyConfigured` for what stands in the way."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    checks.data_folder_prepare(settings.DATA_FOLDER)
    children: list[Child] = []
    with checks.data_folder_take(settings.DATA_FOLDER):
        try:
            _start(children, host=host, port=port, demo=demo, report=report)
            _watch(children)
        except KeyboardInterrupt:
            report("Stopping.")
        finally:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            stop_all(children)
            connections.close_all()


def _start(children: list[Child], *, host: str, port: int, demo: bool, report: Report) -> None:
    listener = checks.port_take(host, port)
    if collect_if_changed():
        report("Static files collected.")
    gate_reader, gate_writer = os.pipe()
    children.append(_server(listener, gate_reader))
    _prepare_database(report)
    children.append(Child("worker", [sys.executable, str(settings.ROOT / "manage.py"), "worker"]))
    os.close(gate_writer)
    key = ""
    if demo:
        report("Demo data …")
        first_start.demo_data()
        key = first_start.demo_key()
    address = settings.PUBLIC_BASE_URL or f"http://{_visible(host)}:{port}"
    _wait_for_answer(host, port, children)
    report(banner(address=address, supervisor=first_start.supervisor_describe(), key=key))


def _prepare_database(report: Report) -> None:
    if not _embedded():
        check_server()
    if count := migrate():
        report(f"{count} migrations applied.")
    first_start.supervisor_prepare()


def _server(listener: socket, gate: int) -> Child:
    """gunicorn: loads the application meanwhile, and lets requests in when the gate opens."""
    return Child(
        "server",
        [sys.executable, "-m", "gunicorn", "-c", f"python:{gunicorn_config.__name__}", "booms.wsgi"],
        environment={gunicorn_config.LISTENER: str(listener.fileno()), gunicorn_config.GATE: str(gate)},
        descriptors=(listener.fileno(), gate),
    )


def _wait_for_answer(host: str, port: int, children: list[Child]) -> None:
    """Until the server answers anything at all."""
    give_up = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < give_up:
        attempt = http.client.HTTPConnection(_visible(host), port, timeout=5)
        try:
            attempt.request("GET", "/health")
            attempt.getresponse()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            attempt.close()
        for child in children:
            child.keep_running()


def _watch(children: list[Child]) -> None:
    connections.close_all()
    while True:
        time.sleep(WATCH_SECONDS)
        for child in children:
            child.keep_running()
        if _embedded():
            embedded.revive(settings.DATA_FOLDER)


def _visible(host: str) -> str:
    """An address a browser on this machine can use."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)


def _embedded() -> bool:
    return bool(connection.settings_dict.get("DATA_FOLDER"))
