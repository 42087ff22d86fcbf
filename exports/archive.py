"""A ZIP of an account's files with a manifest: the same bytes for the same deliverables, one file at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from io import SEEK_END
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from exports.dossier import Deliverable, Dossier

if TYPE_CHECKING:
    from exports.exporters import StageExporter

MANIFEST = "manifest.json"
PIECE = 64 * 1024
# What a ZIP can say of a year.
EARLIEST, LATEST = 1980, 2107
UNIX, READABLE = 3, 0o644


def archive_write(dossier: Dossier, to: BinaryIO, *, files: Iterable[tuple[StageExporter, Dossier]]) -> None:
    """Write the files of a dossier, each rendered when its turn comes, then the manifest with their hashes.

    Nothing is packed: PDF and Excel are already, and packing differs between versions of zlib.
    """
    made: dict[int, list[dict[str, Any]]] = {}
    with ZipFile(to, "w", ZIP_STORED) as archive:
        for exporter, single in files:
            (deliverable,) = single.deliverables
            made.setdefault(deliverable.stage_number, []).append(_file_add(archive, exporter, single))
        newest = max(deliverable.made_at for deliverable in dossier.deliverables)
        archive.writestr(_entry(MANIFEST, newest, dossier), _manifest(dossier, made))


def _file_add(archive: ZipFile, exporter: StageExporter, dossier: Dossier) -> dict[str, Any]:
    name, digest = exporter.filename(dossier), sha256()
    with TemporaryFile() as rendered:
        exporter.render(dossier, rendered)
        size = rendered.seek(0, SEEK_END)
        rendered.seek(0)
        entry = _entry(name, dossier.deliverables[0].made_at, dossier)
        entry.file_size = size
        with archive.open(entry, "w") as stored:
            while piece := rendered.read(PIECE):
                digest.update(piece)
                stored.write(piece)
    return {"name": name, "content_type": exporter.content_type, "size": size, "sha256": digest.hexdigest()}


def _entry(name: str, at: datetime, dossier: Dossier) -> ZipInfo:
    local = at.astimezone(ZoneInfo(dossier.timezone))
    year = min(max(local.year, EARLIEST), LATEST)
    entry = ZipInfo(name, (year, local.month, local.day, local.hour, local.minute, local.second))
    entry.create_system = UNIX
    entry.external_attr = READABLE << 16
    return entry


def _manifest(dossier: Dossier, made: dict[int, list[dict[str, Any]]]) -> bytes:
    told = {
        "client": dossier.client_name,
        "account_id": str(dossier.account_id),
        "website": dossier.website,
        "agency": dossier.agency,
        "language": dossier.language,
        "currency": dossier.currency,
        "date": dossier.made_on.isoformat(),
        "stages": [_stage(found, made.get(found.stage_number, [])) for found in dossier.deliverables],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


def _stage(deliverable: Deliverable, files: list[dict[str, Any]]) -> dict[str, Any]:
    definition = deliverable.definition
    return {
        "stage_number": deliverable.stage_number,
        "slug": definition.slug,
        "title": definition.title.of(deliverable.language),
        "version": deliverable.version,
        "language": deliverable.language,
        "made_at": deliverable.made_at.isoformat().replace("+00:00", "Z"),
        "files": files,
    }
