"""Many files at once: what fails is said, the others are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID

from agents.errors import ProviderError
from agents.knowledge.errors import DocumentError
from agents.knowledge.extraction.content import Limits, PageFault
from agents.knowledge.files import File
from agents.knowledge.ingestion import Ingested, Outcome, Source, document_ingest


class BatchProgress(Protocol):
    """Told of each file and how far it has come."""

    def file_begins(self, path: Path) -> None: ...

    def file_advances(self, step: str, done: int, total: int) -> None: ...

    def file_ends(self) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What became of one file; `reason` says why it failed, `faults` which of its pages did."""

    path: Path
    name: str
    outcome: Outcome
    pages: int = 0
    passages: int = 0
    seconds: float = 0.0
    known_as: str = ""
    reason: str = ""
    faults: tuple[PageFault, ...] = ()

    @property
    def is_known_otherwise(self) -> bool:
        return bool(self.known_as) and self.known_as != self.name


def documents_ingest(
    *,
    files: Sequence[File],
    progress: BatchProgress,
    stages: tuple[int, ...] = (),
    account_id: UUID | None = None,
    replace: bool = False,
    dry_run: bool = False,
    limits: Limits | None = None,
) -> list[Entry]:
    """Take the files in, one after the other. `stages` are for all of them; without, each file's folder may say."""
    options = {"account_id": account_id, "replace": replace, "dry_run": dry_run, "limits": limits or Limits()}
    return list(_entries(files, stages, progress, options))


def _entries(files: Sequence[File], stages: tuple[int, ...], progress: BatchProgress, options: dict) -> Iterator[Entry]:
    for file in files:
        name = f"{file.folder}/{file.path.name}" if file.folder else file.path.name
        progress.file_begins(file.path)
        try:
            done = _ingest(file, stages, progress, options)
        except DocumentError as error:
            yield Entry(path=file.path, name=name, outcome=Outcome.FAILED, reason=str(error))
        except ProviderError as error:
            reason = f"The embedding model failed: {error}"
            yield Entry(path=file.path, name=name, outcome=Outcome.FAILED, reason=reason)
        else:
            yield Entry(
                path=file.path,
                name=name,
                outcome=done.outcome,
                pages=done.pages,
                passages=done.passages,
                seconds=done.seconds,
                known_as=done.known_as,
                faults=done.faults,
            )
        finally:
            progress.file_ends()


def _ingest(file: File, stages: tuple[int, ...], progress: BatchProgress, options: dict) -> Ingested:
    own = stages or ((file.stage,) if file.stage else ())
    source = Source(name=file.path.name, folder=file.folder, stages=own, data=file.read(options["limits"]))
    return document_ingest(source=source, progress=progress.file_advances, **options)
