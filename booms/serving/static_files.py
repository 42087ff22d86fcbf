"""Static files are collected when they have changed, not at every start."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Collect into `STATIC_ROOT` unless that was done for the same files; whether it was needed."""
    root = Path(settings.STATIC_ROOT)
    mark = root.with_name(f"{root.name}.sha256")
    current = _fingerprint()
    if root.is_dir() and mark.is_file() and mark.read_text() == current:
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=io.StringIO())
    mark.write_text(current)
    return True


def _fingerprint() -> str:
    """Name, size and time of each file, and what turns files into collected ones."""
    digest = hashlib.sha256(repr((django.VERSION, settings.STORAGES["staticfiles"])).encode())
    found = ((path, storage.path(path)) for finder in get_finders() for path, storage in finder.list(None))
    for path, source in sorted(found):
        status = Path(source).stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
