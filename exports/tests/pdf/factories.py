"""The demo companies' deliverables, without a database, made into PDFs once; and what is read in those."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from uuid import UUID

import pypdfium2

from agents.interview.answers import read_answer
from agents.interview.progress import applies
from agents.interview.state import InterviewContext, InterviewState, Origin
from exports.dossier import Brand, Deliverable, Dossier
from exports.pdf.document import report_pdf, stage_pdf
from stages.definitions.catalogue import CATALOGUE
from stages.definitions.provenance import trace
from stages.services.demo import Profile

PROFILES = ("consultancy", "fashion", "software")
LANGUAGES = ("es", "en")
TODAY = date(2026, 11, 22)
BRAND = Brand(name="Marca", primary="#14337a", accent="#f2a541")


@cache
def demo(profile="software", language="es"):
    """A demo company's dossier: its questions answered as its profile answers them."""
    read = Profile.load(profile)
    context = InterviewContext(
        language=language, today=TODAY, company=read.client, website=read.website, consultant="Ana Peña", currency="EUR"
    )
    made = []
    for stage in CATALOGUE:
        answers = _answers(stage, read, context)
        output = stage.draft(answers, context)
        state = InterviewState(answers=answers, origins=dict.fromkeys(answers, Origin.CLIENT))
        made.append(_deliverable(stage.number, language, output, trace(stage, output, state, context)))
        context = replace(context, earlier={**context.earlier, stage.slug: output})
    return Dossier(
        account_id=UUID(int=1),
        client_name=read.client,
        website=read.website,
        agency="Estudio Norte",
        language=language,
        timezone="Europe/Madrid",
        currency="EUR",
        brand=BRAND,
        deliverables=tuple(made),
    )


def _answers(stage, profile, context):
    answers = {}
    for question in stage.questions:
        if applies(question, answers):
            said = profile.answers[stage.slug][question.key].of(context.language)
            read = read_answer(question, said, answers=answers, context=context, language=context.language)
            answers[question.key] = read.value
    return answers


def _deliverable(number, language, output, provenance):
    return Deliverable(
        stage_id=UUID(int=number),
        stage_number=number,
        version=number,
        output=output,
        provenance=provenance,
        language=language,
        made_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
    )


def changed(dossier, number, **fields):
    """The dossier with one of its deliverables changed."""
    return replace(
        dossier,
        deliverables=tuple(
            replace(made, **fields) if made.stage_number == number else made for made in dossier.deliverables
        ),
    )


def each_text(value, change):
    """A deliverable's output with every text in it changed."""
    if isinstance(value, dict):
        return {key: each_text(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [each_text(part, change) for part in value]
    return change(value) if isinstance(value, str) else value


def filled_with(text, dossier=None):
    """A dossier whose every text is another."""
    dossier = dossier or demo()
    deliverables = (replace(made, output=each_text(made.output, lambda _: text)) for made in dossier.deliverables)
    return replace(dossier, deliverables=tuple(deliverables))


def report(dossier):
    to = BytesIO()
    report_pdf(dossier, to)
    return to.getvalue()


def stage(dossier, number):
    to = BytesIO()
    stage_pdf(dossier, next(made for made in dossier.deliverables if made.stage_number == number), to)
    return to.getvalue()


@cache
def demo_report(profile="software", language="es"):
    return report(demo(profile, language))


def pages_of(pdf):
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_text(page) for page in document]
    finally:
        document.close()


def _text(page):
    text_page = page.get_textpage()
    try:
        return text_page.get_text_range()
    finally:
        text_page.close()
        page.close()


def bare(text):
    """A text without its spaces and line ends, to find it however its lines are broken."""
    return re.sub(r"[\s\ufffe\x02-]", "", text)
