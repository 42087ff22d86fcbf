"""Which edition of the exporters makes a file: another layout is another file."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

# What writes files and the words in them: the code, and the packages whose bytes they are.
FOLDERS = ("exports", "stages", "agents/interview")
PACKAGES = ("reportlab", "openpyxl")


@cache
def edition() -> str:
    """A hash over all of it, reckoned once a process."""
    root = Path(settings.ROOT)
    found = sha256(" ".join(version(package) for package in PACKAGES).encode())
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py") if _writes(path)):
        found.update(path.read_bytes())
    return found.hexdigest()


def _writes(path: Path) -> bool:
    return not {"tests", "migrations"} & set(path.parts)
