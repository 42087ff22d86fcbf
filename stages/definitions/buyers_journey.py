"""Stage 2: the road from first symptom to promoter, one row a phase."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from agents.interview.state import Bilingual, InterviewContext, Origin
from agents.interview.verdict import Category, Issue
from stages.definitions.base import Given, StageDefinition, error, warning
from stages.definitions.buyer_persona import BuyerPersona, persona_of
from stages.definitions.questions.buyers_journey import PHASES, QUESTIONS
from stages.definitions.schema import Cell, Part, Rows, Text, Texts
from stages.definitions.sections.buyers_journey import COLUMNS, SECTIONS
from stages.definitions.texts import is_thin, join, mentions, sentence
from stages.definitions.vocabulary import REQUIRED_PHASES, JourneyPhase, term

PRACTICE = Path(__file__).parent / "data" / "journey_practice.json"


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


@cache
def practice() -> Mapping[str, Any]:
    """Common practice a phase: contents, formats, measures; proposed, and marked as assumptions."""
    return json.loads(PRACTICE.read_text(encoding="utf-8"))


def journey_of(context: InterviewContext) -> BuyersJourney:
    """Stage 2's deliverable, as later stages read it."""
    return BuyersJourney.model_validate(context.earlier["buyers_journey"])


def assemble(given: Given, context: InterviewContext) -> BuyersJourney:
    persona = persona_of(context)
    rows = [
        _awareness(given, persona, context.language),
        _consideration(given, persona, context.language),
        _decision(given, context.language),
    ]
    if given.text("delight_wanted") == "yes":
        rows.append(_delight(given, context.language))
    full = [
        JourneyRow(persona=persona.persona.name, **_practice_cells(row["phase"], context.language), **row)
        for row in rows
    ]
    return BuyersJourney(
        rows=full, narrative=[_narrative(row, context.language) for row in full], crm=_crm(full, context.language)
    )


def _practice_cells(phase: str, language: str) -> dict[str, str]:
    return dict(practice()[phase][language])


def _awareness(given: Given, stage1: BuyerPersona, language: str) -> dict[str, str]:
    note = Bilingual("Motivaciones de la etapa 1", "Motivations from stage 1").of(language)
    return {
        "phase": "awareness",
        "trigger": given.text("awareness_trigger"),
        "need": join(given.items("awareness_symptoms")),
        "key_questions": join(given.items("awareness_questions")),
        "obstacles": join(given.items("awareness_obstacles")),
        "information_sought": join(given.items("awareness_information")),
        "criteria": join(stage1.persona.goals),
        "actors": stage1.persona.name,
        "notes": f"{note}: {join(stage1.persona.motivations)}",
    }


def _consideration(given: Given, stage1: BuyerPersona, language: str) -> dict[str, str]:
    note = Bilingual("Comportamientos de la etapa 1", "Behaviours from stage 1").of(language)
    return {
        "phase": "consideration",
        "trigger": given.text("consideration_trigger"),
        "need": join(stage1.persona.goals),
        "key_questions": join(given.items("consideration_questions")),
        "obstacles": join(given.items("consideration_obstacles")),
        "information_sought": join(given.items("consideration_information")),
        "criteria": join(given.items("consideration_criteria")),
        "actors": join([stage1.persona.name, *given.items("decision_people")]),
        "notes": f"{note}: {join(stage1.persona.behaviours)}",
    }


def _decision(given: Given, language: str) -> dict[str, str]:
    chosen = Bilingual("Una opción cumple", "One option meets").of(language)
    process = Bilingual("Proceso de compra", "Purchase process").of(language)
    return {
        "phase": "decision",
        "trigger": f"{chosen}: {join(given.items('consideration_criteria'))}",
        "need": join(given.items("decision_validation")),
        "key_questions": join(given.items("decision_questions")),
        "obstacles": join(given.items("decision_objections")),
        "information_sought": join(given.items("decision_validation")),
        "criteria": join(given.items("consideration_criteria")),
        "actors": join(given.items("decision_people")),
        "notes": f"{process}: {given.text('decision_process')}",
    }


def _delight(given: Given, language: str) -> dict[str, str]:
    words = Bilingual(
        "Ha comprado|qué ha mejorado|qué viene después|No ver resultados",
        "Has bought|what has improved|what comes next|Seeing no results",
    )
    trigger, improved, following, obstacle = words.of(language).split("|")
    upsell = Bilingual("Venta adicional", "Upsell").of(language)
    return {
        "phase": "delight",
        "trigger": trigger,
        "need": join(given.items("delight_expectations")),
        "key_questions": join([improved, following]),
        "obstacles": f"{obstacle}: {join(given.items('delight_success'))}",
        "information_sought": join(given.items("delight_success")),
        "criteria": join(given.items("delight_recommendation")),
        "actors": join(given.items("decision_people")),
        "notes": f"{upsell}: {join(given.items('delight_upsell'))}",
    }


def _narrative(row: JourneyRow, language: str) -> PhaseNarrative:
    text = Bilingual(
        f"{row.persona}. Qué lo pone en marcha: {sentence(row.trigger)} Qué necesita: {sentence(row.need)} "
        f"Se pregunta: {sentence(row.key_questions)} Le frena: {sentence(row.obstacles)} Le respondemos con: "
        f"{sentence(row.content)}",
        f"{row.persona}. What starts it: {sentence(row.trigger)} What is needed: {sentence(row.need)} "
        f"Questions: {sentence(row.key_questions)} In the way: {sentence(row.obstacles)} Our answer: "
        f"{sentence(row.content)}",
    )
    return PhaseNarrative(phase=row.phase, text=text.of(language))


def _crm(rows: list[JourneyRow], language: str) -> Crm:
    base = practice()["crm"][language]
    properties = dict.fromkeys(item.strip() for row in rows for item in row.crm_properties.split(";"))
    return Crm(
        lifecycle_stages=base["lifecycle_stages"],
        lists=base["lists"],
        workflows=base["workflows"],
        properties=list(properties),
        lead_scoring=[LeadSignal(signal=signal, points=points) for signal, points in base["signals"]],
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
