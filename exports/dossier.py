"""What an exporter is given: plain values, gathered before rendering begins, so that no connection is held by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from stages.definitions.base import StageDefinition
from stages.definitions.catalogue import definition


@dataclass(frozen=True, kw_only=True, slots=True)
class Brand:
    """The account's look. Colours are `#rrggbb`; the logo is a PNG that was made by us, empty for none."""

    name: str
    primary: str
    accent: str
    logo: bytes = b""
    logo_digest: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A page that research found and the deliverable leans on. `url` is empty for a document of the knowledge base."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Deliverable:
    """The current version of a completed stage's deliverable, in the language it was written in.

    `by_rules`: no model had a part in it.
    """

    stage_id: UUID
    stage_number: int
    version: int
    output: Mapping[str, Any]
    provenance: Mapping[str, Any]
    language: str
    made_at: datetime
    sources: tuple[Source, ...] = ()
    by_rules: bool = False

    @property
    def definition(self) -> StageDefinition:
        return definition(self.stage_number)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dossier:
    """An account with one or all of its deliverables, in stage order. `agency` is who made them.

    An outline is a dossier without what takes room: outputs, provenance, sources and logo are empty.
    """

    account_id: UUID
    client_name: str
    website: str
    agency: str
    language: str
    timezone: str
    currency: str
    brand: Brand
    deliverables: tuple[Deliverable, ...]

    @property
    def made_on(self) -> date:
        """The day of the newest deliverable: the files' date, the same however often they are made."""
        return max(found.made_at for found in self.deliverables).astimezone(ZoneInfo(self.timezone)).date()

    def only(self, deliverable: Deliverable) -> Dossier:
        """The dossier of one of its deliverables, in the language that one was written in."""
        return replace(self, deliverables=(deliverable,), language=deliverable.language)
