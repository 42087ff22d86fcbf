"""The process that reads one document: bytes in on standard input, a JSON line a page out, never more than allowed.

Started by `process`; imports no Django and knows no secrets.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from agents.knowledge.errors import DocumentError, TooMuchMemory, TooMuchText
from agents.knowledge.extraction.content import Limits, Page

READERS = {"pdf": "pdf", "docx": "docx", "html": "html", "markdown": "text", "text": "text"}


def main(kind: str, limits: Limits) -> None:
    """Write what is found, and how it ended."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", errors="replace")
    _confine(limits)
    try:
        for entry in entries(kind, sys.stdin.buffer.read(), limits):
            print(json.dumps(entry), file=output, flush=True)
        print(json.dumps({"end": True}), file=output, flush=True)
    except DocumentError as error:
        print(json.dumps({"failed": error.code, "values": error.values}), file=output, flush=True)
    except MemoryError:
        print(json.dumps({"failed": TooMuchMemory.code, "values": {}}), file=output, flush=True)


def entries(kind: str, data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """`{"pages": n}`, then each page."""
    room = limits.text
    for found in import_module(f"agents.knowledge.extraction.{READERS[kind]}").read(data, limits):
        if isinstance(found, Page):
            room -= len(found.text)
            if room < 0:
                raise TooMuchText(most=limits.text)
            yield dataclasses.asdict(found)
        else:
            yield {"pages": found}


def _confine(limits: Limits) -> None:
    """Limits that the kernel keeps, however a parser misbehaves."""
    seconds = max(1, round(limits.seconds))
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
