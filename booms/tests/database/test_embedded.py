"""The embedded PostgreSQL: who starts it, who stops it, and what killed processes leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psutil
import pytest
from django.conf import settings

from booms.database import embedded

USE = """
import sys
from pathlib import Path
from booms.database import embedded
print(embedded.ensure_running(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


class User:
    """Another process that uses the server over a folder until it is told to end."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-c", USE, str(folder)],
            cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def host(self):
        return self.process.stdout.readline().strip()

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.end()


@pytest.fixture
def user(tmp_path):
    users = []

    def make(folder=tmp_path):
        users.append(User(folder))
        return users[-1]

    yield make
    for made in users:
        if made.process.poll() is None:
            made.kill()
    embedded._stop(tmp_path / "postgres")


def postmaster(folder):
    """The number of the living server over the folder, or None."""
    process, _lines = embedded._postmaster(folder / "postgres")
    return process.pid if process else None


def test_processes_share_one_server_and_the_last_one_stops_it(user, tmp_path):
    first, second = user(), user()
    assert first.host() == second.host() != ""
    shared = postmaster(tmp_path)
    first.end()
    assert postmaster(tmp_path) == shared
    second.end()
    assert postmaster(tmp_path) is None


def test_a_killed_user_does_not_keep_the_server_running_for_ever(user, tmp_path):
    killed, last = user(), user()
    assert killed.host() == last.host()
    killed.kill()
    last.end()
    assert postmaster(tmp_path) is None


def test_a_killed_server_is_started_again_with_its_data(user, tmp_path):
    first = user()
    assert first.host()
    os.kill(postmaster(tmp_path), 9)
    while postmaster(tmp_path):
        time.sleep(0.05)
    assert embedded.revive(tmp_path)
    assert not embedded.revive(tmp_path)


def test_a_pid_file_whose_number_belongs_to_another_program_is_no_server(user, tmp_path):
    first = user()
    assert first.host()
    first.end()
    stranger = f"{os.getpid()}\n{tmp_path / 'postgres'}\n0\n5432\n{tmp_path}\n\n0\nready\n"
    (tmp_path / "postgres" / "postmaster.pid").write_text(stranger)
    assert user().host()
    assert psutil.pid_exists(os.getpid())


def test_a_cluster_half_made_by_a_killed_process_is_made_again(user, tmp_path):
    unfinished = tmp_path / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    assert user().host()
    assert not unfinished.exists()


def test_a_path_too_long_for_a_socket_works(user, tmp_path):
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    process = user(deep)
    assert process.host()
    process.end()
    assert postmaster(deep) is None


def test_a_process_counts_once_however_often_it_asks(tmp_path):
    asks = "import sys; from pathlib import Path; from booms.database import embedded\n" + (
        "embedded.ensure_running(Path(sys.argv[1])); embedded.ensure_running.cache_clear()\n" * 2
    )
    done = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", asks, str(tmp_path)], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
