"""Which files a command means: paths, folders and patterns, each with the stage its folder names."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agents.knowledge.errors import Empty, Missing, NoFile, TooLarge, Unreadable
from agents.knowledge.extraction.content import Limits
from agents.knowledge.extraction.kinds import KINDS

STAGE_FOLDER = re.compile(r"agent-([1-7])")


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file to take in. `folder` is empty where its name alone says which one it is."""

    path: Path
    folder: str = ""

    @property
    def stage(self) -> int | None:
        """The stage of the nearest folder called `agent-1` to `agent-7`."""
        matches = (STAGE_FOLDER.fullmatch(part) for part in reversed(self.path.absolute().parent.parts))
        return next((int(match[1]) for match in matches if match), None)

    def read(self, limits: Limits) -> bytes:
        """All of it. Raises `DocumentError`."""
        try:
            if self.path.is_dir():
                os.scandir(self.path).close()
            if not self.path.is_file():
                raise NoFile if self.path.exists() else Missing
            if self.path.stat().st_size > limits.size:
                raise TooLarge(megabytes=limits.size // 1024 // 1024)
            data = self.path.read_bytes()
        except OSError as error:
            raise Unreadable(reason=error.strerror or type(error).__name__) from error
        if not data:
            raise Empty
        return data


def files_of(patterns: Sequence[str]) -> tuple[list[File], list[Path]]:
    """The files that can be read, each once, in order; and those found in folders that are of no such kind."""
    found = list(dict.fromkeys(path for pattern in patterns for path in _expanded(pattern)))
    named = {Path(pattern) for pattern in patterns}
    chosen = [path for path in found if path in named or path.suffix.lower() in KINDS or path.is_dir()]
    return _told_apart(chosen), [path for path in found if path not in set(chosen)]


def _expanded(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    matches = [path] if path.exists() else [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]
    for match in matches or [path]:
        yield from _inside(match) if match.is_dir() else (match,)


def _inside(folder: Path) -> Iterator[Path]:
    """All files below, hidden ones left out, and folders that may not be opened; links to folders are not followed."""
    closed: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
    yield from closed


def _told_apart(paths: Sequence[Path]) -> list[File]:
    """A file in a stage's folder, or one of several of the same name, is known by its folder, too."""
    names = Counter(path.name for path in paths)
    return [
        File(path=path, folder=path.absolute().parent.name if names[path.name] > 1 or _staged(path) else "")
        for path in paths
    ]


def _staged(path: Path) -> bool:
    return File(path=path).stage is not None
