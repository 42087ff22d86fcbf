"""Child processes that are kept running, and that never outlive us."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)

STOP_SECONDS = 20
LIVED_SECONDS = 10
QUICK_ENDS = 5
PR_SET_PDEATHSIG = 1
C_LIBRARY = ctypes.CDLL(None)  # loaded here: after a fork it would be too late to do it safely


class Child:
    """A process in a session of its own: Ctrl-C reaches it only through us, and what it starts can be ended with it."""

    def __init__(
        self, name: str, command: Sequence[str], *, environment: Mapping[str, str] = {}, descriptors: Sequence[int] = ()
    ) -> None:
        self.name = name
        self._command = list(command)
        self._environment = dict(environment)
        self._descriptors = tuple(descriptors)
        self._quick_ends = 0
        self.start()

    def start(self) -> None:
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            env=os.environ | self._environment,
            pass_fds=self._descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )

    def keep_running(self) -> None:
        """Start the process again if it ended. Raises `ImproperlyConfigured` when it does nothing but end."""
        if (code := self._process.poll()) is None:
            return
        logger.error("A process ended and is started again", extra={"process": self.name, "code": code})
        self._quick_ends = self._quick_ends + 1 if time.monotonic() - self._started < LIVED_SECONDS else 0
        if self._quick_ends > QUICK_ENDS:
            raise ImproperlyConfigured(f"The {self.name} ends as soon as it starts (code {code}); its log says why.")
        self._kill_rest()
        time.sleep(self._quick_ends)
        self.start()

    def ask_to_stop(self) -> None:
        self._process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait for the end until `deadline` (monotonic seconds); then end it and whatever it started."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0, deadline - time.monotonic()))
        self._kill_rest()
        self._process.wait()

    def _kill_rest(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def stop_all(children: Sequence[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop(deadline)


def _end_with_parent() -> None:
    """Runs in the child before its program: the kernel sends SIGTERM when the parent dies, even by SIGKILL."""
    C_LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
