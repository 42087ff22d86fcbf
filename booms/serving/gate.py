"""A gate between processes: closed until its maker opens it or ends, then open for everybody for good."""

from __future__ import annotations

import os
import select


class Gate:
    """A pipe nothing is ever written to: its reading end reports an end once the other end is closed."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe()
        self._open = False

    def open(self) -> None:
        self._open = True
        os.close(self._writer)

    def watch(self) -> int:
        """In a forked child: the number to wait at. The child's own copy of the other end would keep it closed."""
        if not self._open:
            os.close(self._writer)
        return self._reader


def is_open(number: int, *, wait: float) -> bool:
    """Whether the gate opens within `wait` seconds."""
    return bool(select.select([number], [], [], wait)[0])
