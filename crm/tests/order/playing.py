"""Parts that tests play: workers, requests that come at the same moment, a model that waits to be let go."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.customer_message.state import Analysis
from agents.messages import ModelRequest
from agents.providers import registry
from agents.providers.fake import FakeProvider
from crm import services
from crm.models import Run
from crm.services.queueing import QUEUE

CALM = Analysis(
    sentiment="neutral",
    sentiment_confidence=0.95,
    intent="general_inquiry",
    intent_confidence=0.9,
    language="en",
    language_confidence=0.99,
    asks_for_human=False,
    suspected_injection=False,
)
REPLY = "Thank you for your message. Here is what you asked for."
# Longer than a request waits for its turn (25 s).
PATIENCE = 60


class Thread(threading.Thread):
    """A thread whose result, or fault, is had by joining it; it gives its database connection back."""

    def __init__(self, function: Callable[..., Any], /, **arguments: Any) -> None:
        super().__init__(daemon=True)
        self._function, self._arguments = function, arguments
        self._result: Any = None
        self._fault: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._result = self._function(**self._arguments)
        except BaseException as fault:  # noqa: BLE001 (raised where it is joined)
            self._fault = fault
        finally:
            connection.close()

    def result(self) -> Any:
        self.join(PATIENCE)
        assert not self.is_alive(), "The thread does not end."
        if self._fault is not None:
            raise self._fault
        return self._result


def at_once(*functions: Callable[[], Any]) -> list[Any]:
    """The functions' results, called in as many threads at the same moment."""
    barrier = threading.Barrier(len(functions), timeout=PATIENCE)

    def call(function: Callable[[], Any]) -> Any:
        barrier.wait()
        return function()

    return [thread.result() for thread in [Thread(call, function=function) for function in functions]]


def wait_until(condition: Callable[[], Any], *, seconds: float = PATIENCE) -> None:
    """Look again and again until the condition holds."""
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, "It does not come about."
        time.sleep(0.02)


def queued() -> Any:
    """The jobs of runs that wait."""
    return ProcrastinateJob.objects.filter(queue_name=QUEUE, status="todo")


def job_take() -> tuple[int, UUID] | None:
    """The next job that is due, and the run it is about; from now on it is being done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, args->>'run_id' FROM procrastinate_fetch_job_v2(%s, NULL)", [[QUEUE]])
        number, run_id = cursor.fetchone()
    return None if number is None else (number, UUID(run_id))


def job_do(number: int, run_id: UUID) -> None:
    """Do a job that was taken, and finish it."""
    services.run_continue(run_id=run_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', false)", [number])


def work_off(*, workers: int = 1, impatient: bool = False) -> None:
    """Do the jobs of runs, and those that follow from them, until none is left.

    Scheduled ones are waited for or, by an `impatient` caller, brought forward.
    """
    give_up = time.monotonic() + PATIENCE

    def work(*, hurry: bool = False) -> None:
        while ProcrastinateJob.objects.filter(queue_name=QUEUE, status__in=("todo", "doing")).exists():
            assert time.monotonic() < give_up, "The queue does not become empty."
            taken = job_take()
            if taken is None:
                time.sleep(0.02)
                if hurry:
                    bring_jobs_forward()
            else:
                job_do(*taken)

    # One of them hurries: two that changed many rows each in their own order could hold each other up.
    at_once(partial(work, hurry=impatient), *[work] * (workers - 1))


def bring_jobs_forward() -> None:
    """What is scheduled is due now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def end_windows() -> None:
    """The quiet windows of all runs are over."""
    Run.objects.filter(work_at__isnull=False).update(work_at=timezone.now())
    bring_jobs_forward()


def end_leases() -> None:
    """Whoever works on a run has been silent for longer than a lease lasts."""
    Run.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now() - timedelta(seconds=1))


class Model:
    """A model that answers calmly, `seconds` after it was asked, and notes whose messages it saw when.

    `hold()`: analyses wait until they are let go. `analysed` are the texts in order, `most_at_once` how many
    analyses of one client, and of all, were under way together.
    """

    def __init__(self, *, seconds: float = 0.0, analysis: Callable[[str], Analysis] = lambda text: CALM) -> None:
        self.analysed: list[str] = []
        self.most_at_once: dict[str, int] = defaultdict(int)
        self._seconds, self._analysis = seconds, analysis
        self._under_way: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()
        self._entered, self._open = threading.Semaphore(0), threading.Event()
        self._open.set()

    def __call__(self, request: ModelRequest) -> Any:
        if request.purpose != "crm.analyst":
            return REPLY
        text = request.inputs["text"]
        with self._under(text):
            self._entered.release()
            assert self._open.wait(PATIENCE), "The model was never let go."
            time.sleep(self._seconds)
        return self._analysis(text)

    @contextmanager
    def _under(self, text: str) -> Iterator[None]:
        names = ("all", _client_named_in(text))
        with self._lock:
            self.analysed.append(text)
            for name in names:
                self._under_way[name] += 1
                self.most_at_once[name] = max(self.most_at_once[name], self._under_way[name])
        try:
            yield
        finally:
            with self._lock:
                for name in names:
                    self._under_way[name] -= 1

    def hold(self) -> None:
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    def wait_until_asked(self) -> None:
        assert self._entered.acquire(timeout=PATIENCE), "The model was not asked."


def _client_named_in(text: str) -> str:
    """Texts of tests begin with the client they are from."""
    return next((word for word in text.split() if word.startswith("client-")), "nobody")


@contextmanager
def model(**options: Any) -> Iterator[Model]:
    """The model that serves everything meanwhile; nobody waits for it any more afterwards."""
    serving = Model(**options)
    with registry.override(openai=FakeProvider(serving)):
        try:
            yield serving
        finally:
            serving.let_go()
