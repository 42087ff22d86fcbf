"""Reading a document in a process of its own: whatever the file does to it, we get pages or a clear fault."""

from __future__ import annotations

import dataclasses
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from agents.knowledge.errors import BY_CODE, DocumentError, ReaderDied, TooLarge, TooSlow
from agents.knowledge.extraction.cleaning import tidy
from agents.knowledge.extraction.content import Heading, Limits, Page, PageFault, Reading
from agents.knowledge.extraction.kinds import check_kind, kind_of

ROOT = Path(__file__).resolve().parents[3]
CHILD = "agents.knowledge.extraction.child"
BLOCK = 1 << 16
Progress = Callable[[int, int], None]


def extract(
    name: str, data: bytes, *, limits: Limits | None = None, progress: Progress = lambda done, total: None
) -> Reading:
    """The pages of a document that have text, tidied. `progress(done, total)` counts pages.

    Raises a `DocumentError` that says what is wrong with it.
    """
    limits = limits or Limits()
    kind = kind_of(name)
    if len(data) > limits.size:
        raise TooLarge(megabytes=limits.size // 1024 // 1024)
    check_kind(kind, data)
    pages = list(_pages(kind, data, limits, progress))
    faults = tuple(PageFault(page=page.number, code=page.fault) for page in pages if page.fault)
    return Reading(pages=tidy(pages, wrapped=kind == "pdf"), faults=faults)


def _pages(kind: str, data: bytes, limits: Limits, progress: Progress) -> Iterator[Page]:
    total = 0
    with _child(kind, data, limits) as output:
        for line in _lines(output, limits):
            entry = _entry(line)
            if "failed" in entry:
                raise BY_CODE.get(entry["failed"], DocumentError)(**entry["values"])
            if "end" in entry:
                return
            if "pages" in entry:
                total = entry["pages"]
                continue
            yield _page(entry)
            progress(entry["number"], total)
    raise ReaderDied


def _entry(line: bytes) -> dict[str, Any]:
    try:
        return json.loads(line)
    except ValueError as error:
        raise ReaderDied from error


def _page(entry: dict[str, Any]) -> Page:
    headings = tuple(Heading(**heading) for heading in entry["headings"])
    return Page(number=entry["number"], text=entry["text"], headings=headings, fault=entry["fault"])


@contextmanager
def _child(kind: str, data: bytes, limits: Limits) -> Iterator[IO[bytes]]:
    """The child's output; the child is gone when the block is left, however that happens."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", CHILD, kind, json.dumps(dataclasses.asdict(limits))],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            # Nothing of ours: no key, no address of a database.
            env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", "MALLOC_ARENA_MAX": "2"},
        )
        try:
            yield process.stdout
        finally:
            process.kill()
            process.stdout.close()
            process.wait()


def _lines(output: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """Whole lines as they come. Raises `TooSlow` when one, or all of them, take too long."""
    end = time.monotonic() + limits.seconds
    rest = b""
    while True:
        patience = min(limits.stall, end - time.monotonic())
        if patience <= 0 or not select.select([output], [], [], patience)[0]:
            raise TooSlow(seconds=round(min(limits.stall, limits.seconds)))
        block = os.read(output.fileno(), BLOCK)
        if not block:
            return
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
