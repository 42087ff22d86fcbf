"""Every kind of file there is. To add one: a class here, named in one of the two registries below.

What draws is imported by whoever renders: a process that exports nothing does without it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import BinaryIO, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exports import filenames
from exports.archive import archive_write
from exports.dossier import Dossier
from stages.definitions.base import StageDefinition


class Exporter(ABC):
    """Writes a dossier as a file, the same bytes for the same dossier.

    `key` is its name in the command, `address` in addresses, `label` on buttons.
    """

    key: ClassVar[str]
    address: ClassVar[str]
    label: ClassVar[str | Promise]
    suffix: ClassVar[str]
    content_type: ClassVar[str]

    @abstractmethod
    def filename(self, dossier: Dossier) -> str:
        """A name that every file system takes."""

    @abstractmethod
    def render(self, dossier: Dossier, to: BinaryIO) -> None:
        """Write the file. No connection to the database is held meanwhile."""


class StageExporter(Exporter):
    """A file of one stage: the dossier has its deliverable and no other."""

    def applies_to(self, definition: StageDefinition) -> bool:
        """Whether the stage has such a file at all."""
        return True

    def filename(self, dossier: Dossier) -> str:
        (deliverable,) = dossier.deliverables
        return filenames.stage_filename(dossier, deliverable, self.suffix)


class AccountExporter(Exporter):
    """A file of all completed stages of an account. `stem` is what it is called after the client."""

    stem: ClassVar[str]

    def filename(self, dossier: Dossier) -> str:
        return filenames.account_filename(dossier, self.stem, self.suffix)


class StagePdf(StageExporter):
    """A stage as a PDF."""

    key = address = suffix = "pdf"
    label = "PDF"
    content_type = "application/pdf"

    def render(self, dossier: Dossier, to: BinaryIO) -> None:
        from exports.pdf.document import stage_pdf

        (deliverable,) = dossier.deliverables
        stage_pdf(dossier, deliverable, to)


class StageWorkbook(StageExporter):
    """A stage as an Excel workbook, where its definition has one."""

    key = address = "excel"
    label = "Excel"
    suffix = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def applies_to(self, definition: StageDefinition) -> bool:
        return definition.has_workbook

    def render(self, dossier: Dossier, to: BinaryIO) -> None:
        from exports.excel.document import stage_workbook

        (deliverable,) = dossier.deliverables
        stage_workbook(dossier, deliverable, to)


STAGE_EXPORTERS: tuple[StageExporter, ...] = (StagePdf(), StageWorkbook())


class Report(AccountExporter):
    """All completed stages in one PDF."""

    key, address, stem, suffix = "report", "pdf", "report", "pdf"
    label = _("Report (PDF)")
    content_type = "application/pdf"

    def render(self, dossier: Dossier, to: BinaryIO) -> None:
        from exports.pdf.document import report_pdf

        report_pdf(dossier, to)


class Archive(AccountExporter):
    """Every file of every completed stage, with a manifest."""

    key, address, stem, suffix = "zip", "all", "deliverables", "zip"
    label = _("All files (ZIP)")
    content_type = "application/zip"

    def render(self, dossier: Dossier, to: BinaryIO) -> None:
        archive_write(dossier, to, files=stage_files(dossier))


ACCOUNT_EXPORTERS: tuple[AccountExporter, ...] = (Report(), Archive())


def stage_files(dossier: Dossier) -> list[tuple[StageExporter, Dossier]]:
    """What a dossier can be exported to, stage by stage, each with the dossier of its own."""
    return [
        (exporter, dossier.only(deliverable))
        for deliverable in dossier.deliverables
        for exporter in STAGE_EXPORTERS
        if exporter.applies_to(deliverable.definition)
    ]
