"""Child processes that are kept running, and that never outlive us."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)

STOP_SECONDS = 20
PAUSE_SECONDS = 0.05
# A process that ends this soon, this often in a row, will not do better the next time.
LIVED_SECONDS = 10
QUICK_ENDS = 5
PR_SET_PDEATHSIG = 1
C_LIBRARY = ctypes.CDLL(None)  # loaded here: after a fork it would be too late to do it safely


class Child:
    """A fork of this process that runs `main`, in a session of its own: Ctrl-C reaches it only through us.

    Start it from the main thread while no other thread runs and no database connection is open.
    """

    def __init__(self, name: str, main: Callable[[], None]) -> None:
        self.name = name
        self._main = main
        self._quick_ends = 0
        self._start()

    def _start(self) -> None:
        self._started = time.monotonic()
        self._code: int | None = None
        sys.stdout.flush()
        self._process_id = os.fork()
        if self._process_id == 0:
            os._exit(_run(self._main))

    def ended(self) -> bool:
        if self._code is None:
            process_id, status = os.waitpid(self._process_id, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if process_id else None
        return self._code is not None

    def keep_running(self) -> None:
        """Start the process again if it ended. Raises `ImproperlyConfigured` when it does nothing but end."""
        if not self.ended():
            return
        logger.error("A process ended and is started again", extra={"child": self.name, "code": self._code})
        self._quick_ends = self._quick_ends + 1 if time.monotonic() - self._started < LIVED_SECONDS else 0
        if self._quick_ends > QUICK_ENDS:
            raise ImproperlyConfigured(f"The {self.name} ends as soon as it starts; the log above says why.")
        self._kill_rest()
        time.sleep(self._quick_ends)
        self._start()

    def ask_to_stop(self) -> None:
        if not self.ended():
            os.kill(self._process_id, signal.SIGTERM)

    def stop(self, deadline: float) -> None:
        """Wait for the end until `deadline` (monotonic seconds); then end it and whatever it started."""
        while not self.ended() and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)
        self._kill_rest()
        while not self.ended():
            time.sleep(PAUSE_SECONDS)

    def _kill_rest(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process_id, signal.SIGKILL)


def stop_all(children: Sequence[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop(deadline)


def _run(main: Callable[[], None]) -> int:
    """The life of the child; the exit code."""
    parent = os.getppid()
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":  # the kernel sends SIGTERM when the parent dies, even by SIGKILL
        C_LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return 1  # it died before we asked
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # whatever it is, this process must not go on as a second `serve`
        logger.exception("A process fails")
        return 1
    return 0
