"""Accounts with completed stages, dossiers made by hand, and the smallest exporters."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from exports.dossier import Brand, Deliverable, Dossier
from exports.exporters import StageExporter
from stages import services
from stages.tests.definitions.factories import played
from stages.tests.factories import make_account, stage_of

HOSTILE_NAME = "Peña & Söhne / «Açaí»"


def complete(account, *numbers):
    """Stages completed with the deliverables that their examples lead to."""
    for number in numbers:
        deliverable = played(account.language)[number - 1].deliverable
        services.stage_complete(user=account.user, stage_id=stage_of(account, number).pk, output=deliverable)


def make_completed(*numbers, **fields):
    account = make_account(**fields)
    complete(account, *numbers)
    return account


def make_dossier(*numbers, language="es", **fields):
    """A dossier that no database knows, of the examples' deliverables."""
    values = {
        "account_id": UUID(int=7),
        "client_name": "Talleres Norte",
        "website": "https://norte.example",
        "agency": "Clara Consultant",
        "language": language,
        "timezone": "Europe/Madrid",
        "currency": "EUR",
        "brand": Brand(name="Talleres Norte", primary="#1d4ed8", accent="#0f766e"),
        "deliverables": tuple(make_deliverable(number, language) for number in numbers or (1,)),
    }
    return Dossier(**values | fields)


def make_deliverable(number, language="es", **fields):
    values = {
        "stage_id": UUID(int=number),
        "stage_number": number,
        "version": 1,
        "output": played(language)[number - 1].deliverable,
        "provenance": {},
        "language": language,
        "made_at": datetime(2026, 11, 20 + number, 23, 30, 15, tzinfo=UTC),
    }
    return Deliverable(**values | fields)


class Listing(StageExporter):
    """The keys of a deliverable, a line each."""

    key = address = "listing"
    label = "Listing"
    suffix = "txt"
    content_type = "text/plain"

    def render(self, dossier, to):
        to.write("\n".join(dossier.deliverables[0].output).encode())


class Failing(Listing):
    """Writes something, then breaks."""

    def render(self, dossier, to):
        to.write(b"half a file")
        raise ArithmeticError("the figures do not add up")
