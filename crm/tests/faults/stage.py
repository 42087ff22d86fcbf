"""The stage of the faults: a database of its own, processes that can be killed, a model, a vendor, and a tally."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from django.conf import settings
from psycopg.rows import dict_row

from booms.database import embedded
from crm.tests.doubles import VendorServer
from crm.tests.faults.model_server import ModelServer
from crm.tests.vendors.payloads import APP_SECRET, META, meta_body, meta_bytes, meta_message, meta_sign, meta_value

ADDRESS, API_KEY = "1001", "key-of-the-faults"
API = "/api/v1/webhook/messages"
PATIENCE = 30
PAUSE = 0.05
QUIET_MS = 50
MINUTES_THAT_PASS = 5
# What a worker does at its start, before anything else.
SWEEPS = 5
MOST_ROUNDS = 6


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of messages that were accepted: every one is answered, or waits for a human to see it."""

    accepted: int
    once: int
    twice: int
    lost: int
    waiting: int


@dataclass
class Process:
    """A server or a worker."""

    number: int
    port: int

    def lives(self) -> bool:
        try:
            os.kill(self.number, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self, how: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.number, how)
        wait_until(lambda: not self.lives())


@dataclass
class Message:
    """A message of a customer as a vendor delivers it, again and again until it is told 200."""

    client: str
    text: str
    name: str = field(default_factory=lambda: f"wamid.{uuid4().hex}")
    sent_at: float = field(default_factory=time.time)
    answers: list[dict[str, Any]] = field(default_factory=list)


def wait_until(condition: Callable[[], Any], *, seconds: float = PATIENCE) -> None:
    """Look again and again until the condition holds."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            raise TimeoutError("It does not come about.")
        time.sleep(PAUSE)


class Stage:
    """Use `stage()`. `vendors` and `model` are the other ends; everything that was started ends with it."""

    def __init__(self, folder: Path, model: ModelServer, vendors: VendorServer, *, concurrency: int = 50) -> None:
        self.folder, self.model, self.vendors = folder, model, vendors
        self._concurrency = concurrency
        self.host = embedded.ensure_running(folder)
        self._log = (folder / "processes.log").open("ab")
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "crm.tests.faults.child"],
            cwd=settings.ROOT,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            start_new_session=True,
        )
        self._answer()
        preparing = self.start("prepare", arguments={"quiet_ms": QUIET_MS, "address": ADDRESS})
        wait_until(lambda: not preparing.lives(), seconds=2 * PATIENCE)

    def _environment(self) -> dict[str, str]:
        told = {
            "DJANGO_SETTINGS_MODULE": "booms.settings.development",
            "BOOMS_DATA_DIR": str(self.folder),
            "DATABASE_URL": "",
            "LOG_LEVEL": "WARNING",
            "WEBHOOK_API_KEY": API_KEY,
            "META_APP_SECRET": APP_SECRET,
            "META_ACCESS_TOKEN": "token-of-a-test",
            "META_BASE_URL": self.vendors.meta_url,
            "OPENAI_API_KEY": "key-of-a-test",
            "OPENAI_BASE_URL": self.model.url,
            "CRM_AI_MODEL": "openai-gpt4o",
            "WORKER_CONCURRENCY": str(self._concurrency),
        }
        return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | told

    def close(self) -> None:
        self._mother.stdin.close()
        self._mother.wait(PATIENCE)
        self._mother.stdout.close()
        self._log.close()
        embedded.release(self.folder)
        embedded.ensure_running.cache_clear()

    def start(self, role: str, *, kill: tuple[str, str] | None = None, **options: Any) -> Process:
        """Start a process; `kill` is the moment and the function of its death."""
        self._mother.stdin.write(json.dumps({"role": role, "kill": kill, **options}) + "\n")
        self._mother.stdin.flush()
        answer = self._answer()
        return Process(answer["process_id"], answer["port"])

    def _answer(self) -> dict[str, Any]:
        return json.loads(self._mother.stdout.readline())

    @contextmanager
    def running(self, *roles: str, kill: tuple[str, str] | None = None) -> Iterator[list[Process]]:
        """Processes that are gone afterwards, whatever happens."""
        processes = [self.start(role, kill=kill) for role in roles]
        try:
            yield processes
        finally:
            for process in processes:
                process.kill()

    # What comes in

    def deliver(self, message: Message, server: Process, *, signature: str = "") -> int:
        """Deliver a WhatsApp message; the status, 0 when no answer came."""
        value = meta_value(
            meta_message(
                **{"from": message.client, "id": message.name, "timestamp": str(int(message.sent_at))},
                text={"body": message.text},
            )
        )
        body = meta_bytes(meta_body(value))
        return self._post(server, META, body, {"X-Hub-Signature-256": signature or meta_sign(body)})[0]

    def ask(self, message: Message, server: Process) -> int:
        """Ask over the API, and wait for the answer as a bot does; the status, 0 when no answer came."""
        body = {
            "client_id": message.client,
            "message": message.text,
            "message_id": message.name,
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(message.sent_at)),
        }
        status, told = self._post(server, API, json.dumps(body).encode(), {"X-Api-Key": API_KEY})
        if status == 200:
            message.answers.append(json.loads(told))
        return status

    def _post(self, server: Process, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    # What is in the database

    def query(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        with psycopg.connect(host=self.host, user="postgres", dbname="booms", row_factory=dict_row) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def count(self, table: str, condition: str = "true") -> int:
        return self.query(f"SELECT count(*) AS found FROM {table} WHERE {condition}")[0]["found"]

    def clear(self) -> None:
        """Forget all messages, jobs and what the vendor received."""
        self.query("TRUNCATE crm_conversation, crm_webhookevent, procrastinate_jobs, procrastinate_workers CASCADE")
        self.vendors.requests.clear()
        self.vendors.script.clear()

    def time_passes(self) -> None:
        """Minutes go by for everything that waits for a time, and for the workers, none of which lives."""
        ago = f"- interval '{MINUTES_THAT_PASS} minutes'"
        moved = {
            "crm_run": ("created_at", "updated_at", "leased_until", "work_at"),
            "crm_reply": ("created_at", "updated_at", "status_at"),
            "crm_delivery": ("created_at", "finished_at"),
            "procrastinate_jobs": ("scheduled_at",),
        }
        for table, columns in moved.items():
            self.query(f"UPDATE {table} SET {', '.join(f'{name} = {name} {ago}' for name in columns)}")
        self.query(f"UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat {ago}")

    def is_settled(self) -> bool:
        """Nothing is left that the product does by itself."""
        unfinished = self.count("crm_run", "status IN ('received', 'approving')")
        return not unfinished and not self.count("crm_reply", "status = 'queued'")

    def is_idle(self, *, swept: int) -> bool:
        """A worker that started has swept up, and nothing is left that is due."""
        if self.count("procrastinate_jobs", "queue_name = 'sweep' AND status = 'succeeded'") < swept + SWEEPS:
            return False
        return not self.count(
            "procrastinate_jobs", "status = 'doing' OR status = 'todo' AND coalesce(scheduled_at <= now(), true)"
        )

    def settle(self, *, workers: int = 1) -> None:
        """Again and again time passes, and healthy workers start, sweep up and work until nothing is left to do."""
        for _ in range(MOST_ROUNDS):
            self.time_passes()
            swept = self.count("procrastinate_jobs", "queue_name = 'sweep' AND status = 'succeeded'")
            with self.running(*["worker"] * workers):
                wait_until(lambda swept=swept: self.is_settled() or self.is_idle(swept=swept))
            if self.is_settled():
                return

    def tally(self, messages: Iterable[Message]) -> Tally:
        """Count the messages that were accepted by what reached their customers."""
        rows = {row["message_id"]: row for row in self.query(FATES)}
        received = Counter(
            request.data["biz_opaque_callback_data"] for request in self.vendors.accepted if request.vendor == "meta"
        )
        fates = Counter(_fate(message, rows.get(message.name), received) for message in messages)
        return Tally(
            accepted=sum(fates.values()),
            once=fates["once"],
            twice=fates["twice"],
            lost=fates["lost"],
            waiting=fates["waiting"],
        )


FATES = """
SELECT message.message_id, run.id AS run_id, run.status, reply.id AS reply_id, reply.status AS reply_status,
       (SELECT count(*) FROM crm_inboundmessage AS other WHERE other.message_id = message.message_id) AS stored
FROM crm_inboundmessage AS message
JOIN crm_run AS run ON run.id = message.run_id
LEFT JOIN crm_reply AS reply ON reply.run_id = run.id
"""


def _fate(message: Message, row: dict[str, Any] | None, received: Counter[str]) -> str:
    if row is None:
        return "lost"
    times = received[str(row["reply_id"])]
    if times > 1 or row["stored"] > 1 or len({answer["run_id"] for answer in message.answers}) > 1:
        return "twice"
    if times == 1 or row["reply_status"] == "returned":
        return "once"
    if row["status"] == "pending_approval" or row["reply_status"] == "failed":
        return "waiting"
    return "lost"


@contextmanager
def stage(folder: Path, *, model_seconds: float = 0.3, **options: Any) -> Iterator[Stage]:
    """Everything the faults need, started and ended."""
    with ModelServer(seconds=model_seconds) as model, VendorServer() as vendors:
        opened = Stage(folder, model, vendors, **options)
        try:
            yield opened
        finally:
            opened.close()


def row_of(title: str, tally: Tally) -> dict[str, Any]:
    """A line of the table."""
    return {"fault": title, **asdict(tally)}
