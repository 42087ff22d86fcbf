"""`manage.py serve` from outside: what it takes to start, what it says, and what is left when it ends or is killed."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from django.conf import settings

START_SECONDS = 90
# Everything in place, the promise is five seconds; a machine busy with other tests gets a little more.
QUICK_SECONDS = 8


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Instance:
    """A `serve` under way, on a data folder and a port of its own."""

    def __init__(self, folder, *, port=None, **environment):
        self.folder, self.port, self.log = Path(folder), port or free_port(), Path(folder) / "serve.log"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = kept | {"BOOMS_DATA_DIR": str(folder), "PORT": str(self.port)} | environment
        with self.log.open("w") as output:
            self.process = psutil.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=settings.ROOT, env=self.environment, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def wait_until(self, condition, seconds=START_SECONDS):
        """Until `condition()` is true; how long that took."""
        began = time.monotonic()
        while not condition():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - began < seconds, self.log.read_text()
            time.sleep(0.05)
        return time.monotonic() - began

    def wait_for_banner(self):
        self.wait_until(lambda: "Stop with Ctrl-C" in self.log.read_text())
        return self.log.read_text()

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def manage(self, *command):
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.ROOT, env=self.environment, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip

    def processes(self):
        """Everything that runs on the data folder, by its environment or its arguments."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process):
        try:
            given = process.environ().get("BOOMS_DATA_DIR") == str(self.folder) or str(self.folder) in " ".join(
                process.cmdline()
            )
            return given and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def kill(self):
        for process in self.processes():
            process.kill()
        self.process.wait(10)

    def gone_within(self, seconds):
        give_up = time.monotonic() + seconds
        while self.processes() and time.monotonic() < give_up:
            time.sleep(0.1)
        return not self.processes()


@contextmanager
def running(folder, **options):
    instance = Instance(folder, **options)
    try:
        yield instance
    finally:
        instance.kill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder that has been started once."""
    made = tmp_path_factory.mktemp("data")
    with running(made) as instance:
        instance.wait_for_banner()
        instance.process.send_signal(signal.SIGTERM)
        instance.process.wait(60)
    return made


def refusal(folder, **environment):
    """The sentence of a `serve` that does not start."""
    with running(folder, **environment) as instance:
        assert instance.process.wait(START_SECONDS) == 1
        said = instance.log.read_text().strip().splitlines()
        assert len(said) == 1, said
        return said[0].removeprefix("BOOMS does not start: ")


def test_with_everything_in_place_health_answers_soon_and_readiness_follows(folder):
    with running(folder) as instance:
        assert instance.wait_until(lambda: instance.get("/health")[0] == 200) < QUICK_SECONDS
        assert json.loads(instance.get("/health")[1]) == {"status": "healthy"}
        instance.wait_until(lambda: instance.get("/health/ready")[0] == 200, 30)


def test_the_banner_s_credentials_and_curl_line_work(folder):
    with running(folder) as instance:
        banner = instance.wait_for_banner()
        username, password = re.search(r"Supervisor +(\S+) +(\S+)\n", banner).groups()
        login = f"http://127.0.0.1:{instance.port}/api/v1/auth/login"
        with urllib.request.urlopen(login, f"username={username}&password={password}".encode()) as answer:
            assert json.load(answer)["token_type"] == "bearer"
        curl = re.search(r"curl .*", banner).group()
        answered = json.loads(subprocess.run(curl, shell=True, capture_output=True, check=True).stdout)
        assert answered["status"] in {"processed", "pending_approval"}
        assert shlex.split(curl)[2] == f"http://127.0.0.1:{instance.port}/api/v1/webhook/messages"
        kept = [path for path in (folder / "secrets").iterdir() if path.stat().st_mode & 0o077]
        assert kept == []


def test_a_changed_password_is_not_shown_any_more(folder, tmp_path):
    with running(folder) as instance:
        before = instance.wait_for_banner()
        change = "from accounts.models import User; u = User.objects.get(username='supervisor'); {}; u.save()"
        kept = instance.manage("shell", "--no-imports", "-c", change.format("print(u.password)")).strip()
        instance.manage("shell", "--no-imports", "-c", change.format("u.set_password('another-one-entirely')"))
        instance.process.terminate()
        instance.process.wait(60)
    with running(folder) as instance:
        after = instance.wait_for_banner()
        instance.manage("shell", "--no-imports", "-c", change.format(f"u.password = {kept!r}"))
    assert (folder / "secrets" / "supervisor-password").read_text() in before
    assert (folder / "secrets" / "supervisor-password").read_text() not in after
    assert "the password was changed" in after


def test_management_commands_work_beside_a_running_instance(folder):
    count = "from crm.models import Run; print(Run.objects.count())"
    with running(folder) as instance:
        instance.wait_for_banner()
        assert int(instance.manage("shell", "--no-imports", "-c", count)) > 0
        assert instance.get("/health")[0] == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_leaves_no_process_behind(folder, number):
    with running(folder) as instance:
        instance.wait_for_banner()
        assert len(instance.processes()) > 4
        instance.process.send_signal(number)
        assert instance.process.wait(60) == 0
        assert instance.gone_within(5)


def test_asked_to_stop_while_starting_it_leaves_no_process_behind(tmp_path):
    with running(tmp_path) as instance:
        instance.wait_until(lambda: (tmp_path / "postgres").exists())
        instance.process.terminate()
        assert instance.process.wait(60) == 0
        assert instance.gone_within(5)


def test_killed_it_takes_its_processes_with_it_and_starts_again(folder):
    with running(folder) as instance:
        instance.wait_for_banner()
        instance.wait_until(lambda: instance.get("/health/ready")[0] == 200, 30)
        instance.process.kill()
        assert instance.gone_within(20), instance.processes()
    with running(folder, port=instance.port) as again:
        again.wait_until(lambda: again.get("/health/ready")[0] == 200)


def test_with_everything_killed_the_data_is_there_after_the_next_start(folder):
    count = "from crm.models import InboundMessage; print(InboundMessage.objects.count())"
    with running(folder) as instance:
        curl = re.search(r"curl .*", instance.wait_for_banner()).group()
        subprocess.run(curl, shell=True, capture_output=True, check=True)
        before = int(instance.manage("shell", "--no-imports", "-c", count))
        instance.kill()
    with running(folder, port=instance.port) as again:
        again.wait_for_banner()
        assert int(again.manage("shell", "--no-imports", "-c", count)) == before


@pytest.mark.parametrize("part", ["worker", "server"])
def test_a_part_that_dies_is_started_again(folder, part):
    with running(folder) as instance:
        instance.wait_for_banner()
        is_worker = {child.pid: "worker" in child.cmdline() for child in instance.process.children()}
        victim = next(pid for pid, worker in is_worker.items() if worker is (part == "worker"))
        os.kill(victim, signal.SIGKILL)
        instance.wait_until(lambda: f"started again child={part}" in instance.log.read_text(), 30)
        instance.wait_until(lambda: instance.get("/health/ready")[0] == 200, 30)
        assert victim not in {child.pid for child in instance.process.children()}


def test_a_database_that_dies_is_started_again(folder):
    def postmaster():
        file = folder / "postgres" / "postmaster.pid"
        return int(file.read_text().partition("\n")[0] or 0) if file.exists() else 0

    with running(folder) as instance:
        instance.wait_for_banner()
        instance.wait_until(lambda: instance.get("/health/ready")[0] == 200, 30)
        victim = postmaster()
        os.kill(victim, signal.SIGKILL)
        instance.wait_until(lambda: postmaster() not in {0, victim}, 30)
        instance.wait_until(lambda: instance.get("/health/ready")[0] == 200, 30)


def test_two_instances_run_side_by_side(folder, tmp_path):
    with running(folder) as one, running(tmp_path) as other:
        one.wait_for_banner()
        other.wait_for_banner()
        assert one.get("/health")[0] == other.get("/health")[0] == 200


def test_a_data_folder_in_use_is_refused(folder):
    with running(folder) as instance:
        instance.wait_for_banner()
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        second = subprocess.run(
            [sys.executable, "manage.py", "serve"], cwd=settings.ROOT, capture_output=True, text=True,
            env=kept | {"BOOMS_DATA_DIR": str(folder), "PORT": str(free_port())},
        )  # fmt: skip
        assert second.returncode == 1
        assert f"runs on the data folder {folder} already" in second.stderr
        assert instance.get("/health")[0] == 200


def test_a_taken_port_is_refused(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert refusal(tmp_path, port=port) == f"Port {port} is taken; set PORT to another."


def test_a_data_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").touch()
    folder = str(tmp_path / "file" / "data")
    made = {"SECRET_KEY": "of the environment", "JWT_SECRET_KEY": "of the environment"}
    for environment in ({}, made):
        assert folder in refusal(tmp_path, BOOMS_DATA_DIR=folder, **environment)


def test_a_database_that_cannot_be_reached_is_refused_without_its_password(tmp_path):
    sentence = refusal(tmp_path, DATABASE_URL="postgresql://user:hidden@127.0.0.1:1/booms")
    assert sentence.startswith("PostgreSQL cannot be reached (127.0.0.1, database booms)")
    assert "hidden" not in sentence
