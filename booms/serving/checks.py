"""What must be so before anything starts. Each fault is one sentence, raised as `ImproperlyConfigured`."""

from __future__ import annotations

import errno
import fcntl
import socket
import tempfile
import time
from pathlib import Path
from typing import IO

from django.core.exceptions import ImproperlyConfigured

BACKLOG = 2048
# A server killed a moment ago may still be closing its connections.
PORT_SECONDS = 5
PAUSE_SECONDS = 0.25


def data_folder_prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be written ({error.strerror}); set BOOMS_DATA_DIR to another."
        ) from error


def data_folder_take(folder: Path) -> IO[str]:
    """The lock by which one `serve` at a time runs on a data folder; the kernel gives it back at our end."""
    file = (folder / "serve.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ImproperlyConfigured(
            f"BOOMS runs on the data folder {folder} already; stop it, or set BOOMS_DATA_DIR and PORT to others."
        ) from None
    return file


def port_take(host: str, port: int) -> socket.socket:
    """The listening socket; the server inherits it, so that nobody else can take the port meanwhile."""
    give_up = time.monotonic() + PORT_SECONDS
    while True:
        try:
            return socket.create_server((host, port), family=_family(host), backlog=BACKLOG)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < give_up:
                time.sleep(PAUSE_SECONDS)
                continue
            if error.errno == errno.EADDRINUSE:
                raise ImproperlyConfigured(f"Port {port} is taken; set PORT to another.") from error
            raise ImproperlyConfigured(f"Port {port} cannot be opened on {host}: {error.strerror}.") from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
