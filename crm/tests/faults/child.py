"""A process that forks servers and workers on demand, each of which kills itself at the point it is told.

Everything is imported before the first fork, so that starting one takes a moment. Lines of JSON come in on the
standard input, one a process to start, and the answers go out: its number, and a server's port. When the input ends
all of them are killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from socket import create_server, socket
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django

MODEL_KILL_SECONDS = 0.1


def main() -> None:
    # Processes that end are reaped by the kernel.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    django.setup()
    _import_everything()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        listener = create_server(("127.0.0.1", order.get("port", 0)), backlog=512)
        process_id = os.fork()
        if process_id == 0:
            _live(order, listener)
        port = listener.getsockname()[1]
        listener.close()
        print(json.dumps({"process_id": process_id, "port": port}), file=answers, flush=True)
    os.killpg(0, signal.SIGKILL)


def _import_everything() -> None:
    """What a process of the product loads in its first seconds."""
    from agents.customer_message.graph import compiled

    compiled()
    for name in ("booms.wsgi", "booms.urls", "booms.serving.worker", "crm.tasks", "agents.providers.openai"):
        import_module(name)


def _live(order: dict[str, Any], listener: socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        if order.get("kill"):
            _prepare_death(*order["kill"])
        ROLES[order["role"]](listener, **order.get("arguments", {}))
    finally:
        os._exit(0)


def _prepare_death(moment: str, name: str) -> None:
    """Kill this process `before`, `during` or `after` a call of the function named, as its caller knows it."""
    module, _, attribute = name.rpartition(".")
    original = getattr(import_module(module), attribute)

    def deadly(*arguments: Any, **named: Any) -> Any:
        if moment == "before":
            _die()
        if moment == "during":
            threading.Timer(MODEL_KILL_SECONDS, _die).start()
        result = original(*arguments, **named)
        if moment == "after":
            _die()
        return result

    setattr(import_module(module), attribute, deadly)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Server(ThreadingMixIn, WSGIServer):
    """One thread a request."""

    daemon_threads = True

    def __init__(self, listener: socket) -> None:
        super().__init__(listener.getsockname(), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.server_name, self.server_port = "localhost", listener.getsockname()[1]
        self.setup_environ()


class _Handler(WSGIRequestHandler):
    """Says nothing of its own; the product logs requests."""

    def log_message(self, *_: Any) -> None:
        pass


def _serve(listener: socket) -> None:
    from booms.wsgi import application

    server = _Server(listener)
    server.set_app(application)
    server.serve_forever()


def _work(listener: socket) -> None:
    from booms.serving.worker import work

    listener.close()
    work()


def _prepare(listener: socket, *, quiet_ms: int, address: str) -> None:
    """Make the tables, a WhatsApp channel and a supervisor."""
    from booms.database.migration import migrate
    from crm.models import Channel
    from crm.tests.factories import make_supervisor

    listener.close()
    migrate()
    Channel.objects.create(kind=Channel.Kind.WHATSAPP_META, address=address, quiet_ms=quiet_ms)
    make_supervisor()


def _approve(listener: socket) -> None:
    """Approve every case that waits, as a supervisor does."""
    from accounts.models import User
    from crm.models import Run, RunStatus
    from crm.services import decision_make

    listener.close()
    supervisor = User.objects.get(username="supervisor")
    for run in Run.objects.filter(status=RunStatus.PENDING_APPROVAL):
        decision_make(run_id=run.pk, supervisor=supervisor, approved=True)


ROLES: dict[str, Callable[..., None]] = {"server": _serve, "worker": _work, "prepare": _prepare, "approve": _approve}

if __name__ == "__main__":
    main()
