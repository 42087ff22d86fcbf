"""Dossiers made from the demo companies, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from uuid import UUID

from openpyxl import load_workbook

from agents.interview.answers import read_answer
from agents.interview.state import InterviewContext, InterviewState, Parsed
from exports.dossier import Brand, Deliverable, Dossier, Source
from exports.excel.document import stage_workbook
from stages.definitions.catalogue import CATALOGUE, definition
from stages.definitions.provenance import trace
from stages.services.demo import Profile

TODAY = date(2026, 11, 22)
MADE_AT = datetime(2026, 11, 22, 23, 30, 15, 250_000, tzinfo=UTC)
WITH_WORKBOOK = [stage.number for stage in CATALOGUE if stage.has_workbook]
BRAND = Brand(name="Agencia Faro", primary="#1f3a5f", accent="#e07a1f")


@cache
def interviewed(slug: str = "software", language: str = "es") -> tuple[tuple[Deliverable, ...], InterviewContext]:
    """A demo company's seven deliverables, and all that is known after them."""
    profile = Profile.load(slug)
    context = InterviewContext(
        language=language,
        today=TODAY,
        company=profile.client,
        website=profile.website,
        consultant="Clara Consultant",
        currency=profile.currency,
    )
    found = []
    for stage in CATALOGUE:
        answers = {}
        for question in stage.questions:
            said = profile.answers[stage.slug][question.key].of(language)
            read = read_answer(question, said, answers=answers, context=context, language=language)
            assert isinstance(read, Parsed), (question.key, said)
            answers[question.key] = read.value
        output = stage.draft(answers, context)
        provenance = trace(stage, output, InterviewState(answers=answers), context)
        found.append(deliverable(stage.number, output, language=language, provenance=provenance))
        context = replace(context, earlier={**context.earlier, stage.slug: output})
    return tuple(found), context


def played(slug: str = "software", language: str = "es") -> tuple[Deliverable, ...]:
    """A demo company's seven deliverables."""
    return interviewed(slug, language)[0]


def deliverable(number, output, *, language="es", provenance=None, **fields) -> Deliverable:
    values = {
        "stage_id": UUID(int=number),
        "stage_number": number,
        "version": 2,
        "output": output,
        "provenance": provenance or {},
        "language": language,
        "made_at": MADE_AT,
        "sources": (Source(title="Benchmarks 2026", url="https://example.com/benchmarks"),),
    }
    return Deliverable(**{**values, **fields})


def dossier(*deliverables, **fields) -> Dossier:
    values = {
        "account_id": UUID(int=99),
        "client_name": "Norte Software",
        "website": "https://norte.example",
        "agency": "Agencia Faro",
        "language": "es",
        "timezone": "Europe/Madrid",
        "currency": "EUR",
        "brand": BRAND,
        "deliverables": deliverables,
    }
    return Dossier(**{**values, **fields})


def stage(number, slug="software", language="es", **changes) -> Deliverable:
    """A demo company's deliverable of one stage; `changes` replace parts of its output."""
    made = played(slug, language)[number - 1]
    return replace(made, output={**made.output, **changes})


def written(found: Deliverable, **fields) -> bytes:
    """The bytes of its workbook."""
    to = BytesIO()
    stage_workbook(dossier(found, **fields), found, to)
    return to.getvalue()


def opened(found: Deliverable, *, values=False, **fields):
    """Its workbook read again: with formulas, or with the values stored beside them."""
    return load_workbook(BytesIO(written(found, **fields)), data_only=values)


def planned(lines, *, slug="software", language="es", price="3600", **totals) -> Deliverable:
    """A media plan of these lines (parts of them are enough), computed by the product."""
    _, context = interviewed(slug, language)
    offer = context.earlier["offer"]
    priced = {**offer, "offer": {**offer["offer"], "price": price}}
    whole = [{"channel": f"Canal {at}", "bucket": "proven", **line} for at, line in enumerate(lines, 1)]
    stage7 = definition(7)
    output = stage7.finish(
        {"lines": whole, "totals": {"currency": "EUR", **totals}},
        replace(context, earlier={**context.earlier, "offer": priced}),
    )
    return deliverable(7, output, language=language)
