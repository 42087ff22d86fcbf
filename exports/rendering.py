"""Rendering files: few at once, without a connection to the database, onto the disk."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from functools import cache
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from booms.core.database import release_connection
from booms.core.errors import Unavailable
from exports.dossier import Dossier
from exports.exporters import Exporter

logger = logging.getLogger(__name__)

# A process renders on one core whatever its threads: more at once take more memory and end no sooner.
AT_ONCE = 2
# Whoever waits holds a thread of the server, which has 256 a process.
MOST_WAITING = 96
WAIT_SECONDS = 60.0


class Slots:
    """Lets a few in at once, some wait, and sends the others away with `Unavailable`."""

    def __init__(self, *, at_once: int, most_waiting: int, wait_seconds: float) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._places = threading.BoundedSemaphore(at_once + most_waiting)
        self.wait_seconds = wait_seconds

    @contextmanager
    def taken(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise _busy()
        try:
            if not self._free.acquire(timeout=self.wait_seconds):
                raise _busy()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._places.release()


def _busy() -> Unavailable:
    return Unavailable(_("Many files are being made at the moment; try again shortly."), retry_after=10)


SLOTS = Slots(at_once=AT_ONCE, most_waiting=MOST_WAITING, wait_seconds=WAIT_SECONDS)


def render(exporter: Exporter, gather: Callable[[], Dossier]) -> IO[bytes]:
    """The file, at its beginning, on the disk until it is closed. Raises `Unavailable`.

    The dossier is gathered when its turn comes. The file is whole before its first byte is sent: a fault in the middle
    is an error, not half a file.
    """
    release_connection()
    with SLOTS.taken(), ExitStack() as opened:
        started = time.perf_counter()
        dossier = gather()
        release_connection()
        file = opened.enter_context(TemporaryFile())
        _threads().submit(copy_context().run, _write, exporter, dossier, file).result()
        opened.pop_all()
    size, took = file.seek(0, SEEK_END), round((time.perf_counter() - started) * 1000)
    stages = len(dossier.deliverables)
    logger.debug("file exported", extra={"exporter": exporter.key, "stages": stages, "bytes": size, "ms": took})
    file.seek(0)
    return file


def _write(exporter: Exporter, dossier: Dossier, file: IO[bytes]) -> None:
    # The language of whoever asks must not tell in the file.
    with translation.override(dossier.language):
        exporter.render(dossier, file)


@cache
def _threads() -> ThreadPoolExecutor:
    """Always the same few threads: each new one that renders leaves some 5 MB of the allocator's behind."""
    return ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="export")
