"""A workbook under way: its pages, the formulas on them and what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties

from agents.interview.state import Bilingual
from exports.dossier import Deliverable, Dossier
from exports.excel import wording
from exports.excel.figures import Formula
from exports.excel.page import Page
from exports.excel.palette import Palette
from exports.excel.styles import Styles
from exports.excel.text import line, sheet_name
from exports.excel.theme import theme
from exports.excel.writing import write
from stages.presentation import Block, present

_LOCALES = {"es": "es-ES", "en": "en-GB"}
_LONGEST_TITLE = 120


class Book:
    """The workbook of a deliverable."""

    def __init__(self, dossier: Dossier, deliverable: Deliverable) -> None:
        self.dossier = dossier
        self.deliverable = deliverable
        self.definition = deliverable.definition
        self.language = deliverable.language
        self.palette = Palette.of(dossier.brand)
        self.styles = Styles(self.palette)
        self.formulas: dict[str, dict[str, Formula]] = {}
        self._pages: list[Page] = []
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.workbook.loaded_theme = theme(self.palette)

    @property
    def output(self) -> Mapping[str, Any]:
        return self.deliverable.output

    @property
    def currency(self) -> str:
        """The deliverable's own, or the account's."""
        for part in (self.output.get("constraints"), self.output.get("totals")):
            if isinstance(part, Mapping) and part.get("currency"):
                return str(part["currency"])
        return self.dossier.currency

    @property
    def made_on(self) -> date:
        """The day of this version where the client is."""
        return self.deliverable.made_at.astimezone(ZoneInfo(self.dossier.timezone)).date()

    def blocks(self) -> list[Block]:
        """The deliverable's sections as they are shown elsewhere, with where each comes from."""
        return present(self.definition, self.output, language=self.language, provenance=self.deliverable.provenance)

    def say(self, text: Bilingual) -> str:
        return text.of(self.language)

    def page(self, title: Bilingual) -> Page:
        """A new sheet at the end."""
        name = sheet_name(self.say(title), self.workbook.sheetnames)
        self._pages.append(Page(self, self.workbook.create_sheet(name)))
        return self._pages[-1]

    def subtitle(self) -> str:
        """Whose it is, which stage, which version and of which day."""
        stage = wording.STAGE.of(self.language).format(
            number=self.definition.number, title=self.definition.title.of(self.language)
        )
        version = wording.VERSION.of(self.language).format(number=self.deliverable.version)
        client = line(self.dossier.client_name, _LONGEST_TITLE)
        return " · ".join((client, stage, version, wording.written_day(self.made_on, self.language)))

    def save(self, to: BinaryIO) -> None:
        """Write it, its properties taken from the deliverable and nothing from the clock."""
        for page in self._pages:
            page.finish()
        made_at = self.deliverable.made_at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        title = self.definition.title.of(self.language)
        self.workbook.properties = DocumentProperties(
            title=line(f"{self.dossier.client_name} · {title}", _LONGEST_TITLE * 2),
            creator=line(self.dossier.agency, _LONGEST_TITLE),
            lastModifiedBy=line(self.dossier.agency, _LONGEST_TITLE),
            subject=title,
            language=_LOCALES.get(self.language, self.language),
            version=str(self.deliverable.version),
            created=made_at,
            modified=made_at,
        )
        write(self.workbook, self.formulas, to)
