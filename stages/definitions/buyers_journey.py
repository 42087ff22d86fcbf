"""Stage 2: the road from first symptom to promoter, one row a phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from agents.interview.state import Bilingual, InterviewContext, Origin
from agents.interview.verdict import Category, Issue
from stages.definitions.base import Given, StageDefinition, error, warning
from stages.definitions.buyer_persona import persona_of
from stages.definitions.journey_drafting import buyer_of, phases, practice
from stages.definitions.questions.buyers_journey import PHASES, QUESTIONS
from stages.definitions.schema import Cell, Part, Rows, Text, Texts
from stages.definitions.sections.buyers_journey import COLUMNS, SECTIONS
from stages.definitions.texts import capital, flowing, is_thin, join, mentions, sentence, split_cell
from stages.definitions.vocabulary import REQUIRED_PHASES, JourneyPhase, term


class JourneyRow(Part):
    """One phase of the journey: fifteen columns."""

    persona: Cell
    phase: JourneyPhase
    trigger: Cell
    need: Cell
    key_questions: Cell
    obstacles: Cell
    information_sought: Cell
    criteria: Cell
    actors: Cell
    content: Cell
    formats: Cell
    cta: Cell
    kpis: Cell
    crm_properties: Cell
    notes: Cell


class PhaseNarrative(Part):
    """A phase told in a paragraph."""

    phase: JourneyPhase
    text: Text


class LeadSignal(Part):
    """Something a contact does or is, and what it adds to the lead's score."""

    signal: Text
    points: int


class Crm(Part):
    """How the journey is set up in a CRM."""

    lifecycle_stages: Texts
    lists: Texts
    workflows: Texts
    properties: Texts
    lead_scoring: Rows[LeadSignal]


class BuyersJourney(Part):
    """The deliverable of stage 2."""

    rows: Rows[JourneyRow]
    narrative: Rows[PhaseNarrative]
    crm: Crm


def journey_of(context: InterviewContext) -> BuyersJourney:
    """Stage 2's deliverable, as later stages read it."""
    return BuyersJourney.model_validate(context.earlier["buyers_journey"])


def assemble(given: Given, context: InterviewContext) -> BuyersJourney:
    stage1, language = persona_of(context), context.language
    rows = [JourneyRow(**cells) for cells in phases(given, stage1, language)]
    narrative = [_narrative(row, language) for row in rows]
    common = practice(buyer_of(given, stage1, language))["crm"][language]
    return BuyersJourney(rows=rows, narrative=narrative, crm=_crm(rows, common))


def _narrative(row: JourneyRow, language: str) -> PhaseNarrative:
    cells = ("trigger", "need", "key_questions", "obstacles", "content")
    trigger, need, questions, obstacles, content = (
        sentence(flowing(split_cell(getattr(row, key)), language)) for key in cells
    )
    text = Bilingual(
        f"{row.persona}. Qué lo pone en marcha: {trigger} Qué necesita: {need} Se pregunta: {questions} "
        f"Le frena: {obstacles} Le respondemos con: {content}",
        f"{row.persona}. What starts it: {trigger} What is needed: {need} Questions: {questions} "
        f"In the way: {obstacles} Our answer: {content}",
    )
    return PhaseNarrative(phase=row.phase, text=text.of(language))


def _crm(rows: list[JourneyRow], common: Mapping[str, Any]) -> Crm:
    properties = dict.fromkeys(capital(item) for row in rows for item in split_cell(row.crm_properties))
    return Crm(
        lifecycle_stages=common["lifecycle_stages"],
        lists=common["lists"],
        workflows=common["workflows"],
        properties=list(properties),
        lead_scoring=[LeadSignal(signal=signal, points=points) for signal, points in common["signals"]],
    )


def check_phases(deliverable: BuyersJourney, _context: InterviewContext) -> Iterator[Issue]:
    phases = [row.phase for row in deliverable.rows]
    expected = [*REQUIRED_PHASES, *(["delight"] if "delight" in phases else [])]
    if phases != expected:
        yield error(
            "rows",
            Bilingual(
                f"Las fases son: {', '.join(term(phase, 'es') for phase in phases) or 'ninguna'}.",
                f"The phases are: {', '.join(term(phase, 'en') for phase in phases) or 'none'}.",
            ),
            Bilingual(
                "Tienen que estar descubrimiento, consideración y decisión, en ese orden y una vez cada una; "
                "fidelización, si está, al final.",
                "Awareness, consideration and decision must be there, in that order, once each; delight, if present, "
                "comes last.",
            ),
            category=Category.COMPLETENESS,
        )
    for phase in set(phases) - {part.phase for part in deliverable.narrative if part.text}:
        yield error(
            "narrative",
            Bilingual(
                f"La fase «{term(phase, 'es')}» no tiene narrativa.",
                f"The phase “{term(phase, 'en')}” has no narrative.",
            ),
            Bilingual("Añade su párrafo.", "Add its paragraph."),
            category=Category.COMPLETENESS,
        )


def check_cells(deliverable: BuyersJourney, _context: InterviewContext) -> Iterator[Issue]:
    for position, row in enumerate(deliverable.rows):
        for key, value in row:
            if not value:
                label = COLUMNS[key]
                yield error(
                    f"rows.{position}.{key}",
                    Bilingual(
                        f"En «{term(row.phase, 'es')}» está vacía la celda «{label.es}».",
                        f"In “{term(row.phase, 'en')}” the cell “{label.en}” is empty.",
                    ),
                    Bilingual("Rellénala.", "Fill it in."),
                    category=Category.COMPLETENESS,
                )


def check_pains(deliverable: BuyersJourney, context: InterviewContext) -> Iterator[Issue]:
    pains = persona_of(context).persona.challenges
    said = [getattr(row, key) for row in deliverable.rows for key in ("trigger", "need", "obstacles")]
    if pains and not any(mentions(text, pain) for text in said for pain in pains):
        yield error(
            "rows",
            Bilingual(
                f"Ningún dolor de la etapa 1 ({join(pains[:3])}) aparece en los detonantes, necesidades u obstáculos "
                f"de este recorrido.",
                f"No pain of stage 1 ({join(pains[:3])}) appears in the triggers, needs or obstacles of this journey.",
            ),
            Bilingual(
                "Nombra al menos uno entre los síntomas, o cambia los dolores en la etapa 1.",
                "Name at least one among the symptoms, or change the pains in stage 1.",
            ),
            question="awareness_symptoms",
        )


def check_substance(deliverable: BuyersJourney, _context: InterviewContext) -> Iterator[Issue]:
    for position, row in enumerate(deliverable.rows):
        if is_thin(row.trigger) and row.phase != "delight":
            yield warning(
                f"rows.{position}.trigger",
                Bilingual(
                    f"El detonante de «{term(row.phase, 'es')}» es muy breve («{row.trigger}»).",
                    f"The trigger of “{term(row.phase, 'en')}” is very short (“{row.trigger}”).",
                ),
                Bilingual("Describe un suceso concreto.", "Describe a concrete event."),
                question=f"{row.phase}_trigger" if row.phase in ("awareness", "consideration") else None,
            )


DEFINITION = StageDefinition(
    number=2,
    slug="buyers_journey",
    agent_name="The Journey Architect",
    title=Bilingual("Recorrido del comprador", "Buyer's journey"),
    goal=Bilingual(
        "Al terminar tendrás el camino de tu comprador, del primer síntoma a recomendarte.",
        "At the end you will have your buyer's road, from the first symptom to recommending you.",
    ),
    phases=PHASES,
    questions=QUESTIONS,
    output=BuyersJourney,
    assemble=assemble,
    checks=(check_phases, check_cells, check_pains, check_substance),
    sections=SECTIONS,
    tools=("web_search",),
    traces={
        "rows.*.phase": Origin.COMPUTED,
        **{f"rows.*.{key}": Origin.ASSUMPTION for key in ("content", "formats", "cta", "kpis", "crm_properties")},
        **{
            f"crm.{key}": Origin.ASSUMPTION
            for key in ("lifecycle_stages.*", "lists.*", "workflows.*", "properties.*", "lead_scoring.*.*")
        },
    },
)
