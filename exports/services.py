"""What is asked of exports: a file of a stage or of an account, and files written into a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields, is_dataclass
from filecmp import cmp
from functools import partial
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account, User
from booms.core.errors import NotAvailable, NotFound
from exports.dossier import Dossier
from exports.edition import edition
from exports.exporters import ACCOUNT_EXPORTERS, AccountExporter, Exporter, StageExporter, stage_files
from exports.rendering import render
from exports.selectors import account_of, filled, outline_of, stage_of
from stages.console.wording import reader_language
from stages.definitions.catalogue import definition

# Every exporter there is.
EVERYTHING = "all"
NOTHING = gettext_lazy("No stage of this account is completed yet: there is nothing to export.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """A file that can be made: of what, by whom, and how its content is gathered."""

    exporter: Exporter
    outline: Dossier
    gather: Callable[[], Dossier]

    @classmethod
    def of(cls, exporter: Exporter, outline: Dossier) -> Export:
        return cls(exporter=exporter, outline=outline, gather=partial(filled, outline))

    @property
    def filename(self) -> str:
        return self.exporter.filename(self.outline)

    @property
    def tag(self) -> str:
        """A hash of all that the file's bytes follow from; versions of deliverables and logos never change."""
        known = json.dumps([edition(), self.exporter.key, self.outline], default=_plain, sort_keys=True)
        return sha256(known.encode()).hexdigest()

    def render(self) -> IO[bytes]:
        """The file, to be closed by the caller. Raises `Unavailable`."""
        return render(self.exporter, self.gather)


def stage_export(*, exporter: StageExporter, stage_id: UUID, owner: User | None) -> Export:
    """A file of a completed stage. Raises `NotFound`, `NotAvailable`."""
    stage = stage_of(stage_id, owner=owner)
    defined = definition(stage.number)
    if not exporter.applies_to(defined):
        raise NotAvailable(
            _("Stage %(number)d, %(title)s, has no %(format)s file.")
            % {"number": stage.number, "title": defined.title.of(reader_language()), "format": exporter.label}
        )
    outline = outline_of(stage.account, numbers=[stage.number])
    if not outline.deliverables:
        raise NotFound(_("This stage has no deliverable yet: complete it first."))
    return Export.of(exporter, outline.only(*outline.deliverables))


def account_export(*, exporter: AccountExporter, account_id: UUID, owner: User | None) -> Export:
    """A file of all completed stages of an account. Raises `NotFound`, `NotAvailable`."""
    outline = outline_of(account_of(account_id, owner=owner))
    if not outline.deliverables:
        raise NotAvailable(NOTHING)
    return Export.of(exporter, outline)


def exports_of(*, account: Account, key: str, numbers: Collection[int] | None = None) -> list[Export]:
    """The files of an account of one exporter, or of all: those of the stages first, then those of the whole.

    `numbers` asks for the files of some stages only. Raises `NotAvailable` when one of them is not completed, or when
    there is no such file.
    """
    outline = outline_of(account, numbers=numbers)
    completed = {found.stage_number for found in outline.deliverables}
    if missing := sorted(set(numbers or ()) - completed):
        raise NotAvailable(_("Not completed: stage %(numbers)s.") % {"numbers": ", ".join(map(str, missing))})
    if not completed:
        raise NotAvailable(NOTHING)
    whole = [(exporter, outline) for exporter in ACCOUNT_EXPORTERS] if numbers is None else []
    exports = [
        Export.of(exporter, part)
        for exporter, part in [*stage_files(outline), *whole]
        if key in (exporter.key, EVERYTHING)
    ]
    if not exports:
        raise NotAvailable(_("None of these stages has a file of this format."))
    return exports


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A file in a folder, its size in bytes, and what was there before under its name."""

    path: Path
    size: int
    outcome: Literal["new", "replaced", "unchanged"]


def exports_write(
    *, exports: Iterable[Export], folder: Path, watcher: Callable[[Written], None] = lambda written: None
) -> list[Written]:
    """Write files into a folder, made if there is none; each appears whole or not at all. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for export in exports:
        with export.render() as rendered:
            written.append(_write(rendered, folder / export.filename))
        watcher(written[-1])
    return written


def _write(rendered: IO[bytes], path: Path) -> Written:
    """Beside its place, then moved there in one step."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as beside:
        part = Path(beside.name)
        try:
            copyfileobj(rendered, beside)
            beside.flush()
            os.fsync(beside.fileno())
            outcome = _outcome(part, path)
            part.chmod(0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Written(path=path, size=path.stat().st_size, outcome=outcome)


def _outcome(part: Path, path: Path) -> Literal["new", "replaced", "unchanged"]:
    if not path.is_file():
        return "new"
    return "unchanged" if cmp(part, path, shallow=False) else "replaced"


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return sha256(value).hexdigest() if isinstance(value, bytes) else str(value)
