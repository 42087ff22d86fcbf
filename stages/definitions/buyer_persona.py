"""Stage 1: one buyer persona and a table that grades customers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agents.interview.parsing.grades import LEVELS
from agents.interview.parsing.words import fold
from agents.interview.rendering import render_money
from agents.interview.state import Bilingual, InterviewContext, Origin
from agents.interview.verdict import Category, Issue
from stages.definitions.base import Given, StageDefinition, error, warning
from stages.definitions.questions.buyer_persona import CRITERIA, PHASES, QUESTIONS
from stages.definitions.schema import Part, Rows, Text, Texts
from stages.definitions.sections.buyer_persona import PERSONA_LABELS, SECTIONS
from stages.definitions.texts import flowing, is_thin, lowered, sentence

LEAST_CRITERIA, MOST_CRITERIA = 4, 8
# How many items each list of the persona must have.
BOUNDS = {
    "goals": (3, 5),
    "challenges": (3, 5),
    "motivations": (1, 8),
    "objections": (1, 8),
    "behaviours": (3, 5),
    "information_sources": (1, 10),
}
_ANSWERS = {"challenges": "pains"}


class Consultant(Part):
    """Who made the worksheet and for whom; filled by the server."""

    name: Text = ""
    company: Text = ""
    website: Text = ""
    date: Text = ""


class ScalingUpRow(Part):
    """One criterion and what each of its five levels looks like."""

    criterion: Text
    super_green: Text
    green: Text
    yellow: Text
    red: Text
    not_eligible: Text


class Persona(Part):
    """The ideal customer as one person."""

    name: Text
    demographics: Text
    professional_context: Text
    goals: Texts
    challenges: Texts
    motivations: Texts
    objections: Texts
    behaviours: Texts
    information_sources: Texts
    narrative: Text


class Business(Part):
    """The company itself; `ticket` says the typical sale and how long it takes."""

    industry: Text
    offering: Text
    problem: Text
    differentiator: Text
    acquisition: Text
    ticket: Text
    goal: Text


class BuyerPersona(Part):
    """The deliverable of stage 1."""

    consultant: Consultant = Consultant()
    scaling_up: Rows[ScalingUpRow]
    persona: Persona
    business: Business


def persona_of(context: InterviewContext) -> BuyerPersona:
    """Stage 1's deliverable, as later stages read it."""
    return BuyerPersona.model_validate(context.earlier["buyer_persona"])


def assemble(given: Given, context: InterviewContext) -> BuyerPersona:
    rows = [ScalingUpRow(**row) for key in CRITERIA for row in given.rows(key)]
    persona = Persona(
        name=given.text("persona_name"),
        demographics=given.text("demographics"),
        professional_context=given.text("ideal_customer"),
        goals=given.items("goals"),
        challenges=given.items("pains"),
        motivations=given.items("motivations"),
        objections=given.items("objections"),
        behaviours=given.items("behaviours"),
        information_sources=given.items("information_sources"),
        narrative=_narrative(given, context.language),
    )
    business = Business(
        industry=given.text("industry"),
        offering=given.text("offering"),
        problem=given.text("problem"),
        differentiator=given.text("differentiator"),
        acquisition=given.text("acquisition"),
        ticket=_ticket(given, context.language),
        goal=given.text("goal"),
    )
    return BuyerPersona(scaling_up=rows, persona=persona, business=business)


def _ticket(given: Given, language: str) -> str:
    money = render_money(Decimal(given.amount("ticket")), given.currency("ticket"), language)
    amount = f"{money} {given.per('ticket', language)}".strip()
    cycle = given.text("sales_cycle")
    return Bilingual(f"{amount}; ciclo de venta: {cycle}", f"{amount}; sales cycle: {cycle}").of(language)


def _narrative(given: Given, language: str) -> str:
    """Three paragraphs made only of what was said."""
    name = given.text("persona_name")

    def said(key: str) -> str:
        return flowing(given.chosen(key), language)

    decision = lowered(sentence(given.text("decision_makers")))
    who = f"{name}: {lowered(sentence(given.text('ideal_customer')))} {sentence(given.text('demographics'))}"
    wants = Bilingual(
        f"{name} quiere: {said('goals')}. Se lo impide: {said('pains')}. Le mueve: {said('motivations')}.",
        f"{name} wants: {said('goals')}. In the way: {said('pains')}. Driven by: {said('motivations')}.",
    ).of(language)
    buys = Bilingual(
        f"Al comprar: {said('behaviours')}. Objeta: {said('objections')}. Se informa en: "
        f"{said('information_sources')}. Decisión: {decision}",
        f"When buying: {said('behaviours')}. Objections: {said('objections')}. Looks for information in: "
        f"{said('information_sources')}. Decision: {decision}",
    ).of(language)
    return "\n\n".join((who, wants, buys))


def compute(deliverable: BuyerPersona, context: InterviewContext) -> BuyerPersona:
    """The server's part: who, for whom, when."""
    consultant = Consultant(
        name=context.consultant,
        company=context.company,
        website=context.website,
        date=context.today.isoformat(),
    )
    return deliverable.model_copy(update={"consultant": consultant})


def check_criteria(deliverable: BuyerPersona, _context: InterviewContext) -> Iterator[Issue]:
    count = len(deliverable.scaling_up)
    if not LEAST_CRITERIA <= count <= MOST_CRITERIA:
        yield error(
            "scaling_up",
            Bilingual(f"La tabla tiene {count} criterios.", f"The table has {count} criteria."),
            Bilingual("Deja entre cuatro y ocho.", "Have four to eight."),
            category=Category.COMPLETENESS,
            question="more_criteria",
        )
    names = [fold(row.criterion) for row in deliverable.scaling_up]
    for row in deliverable.scaling_up:
        if names.count(fold(row.criterion)) > 1:
            yield error(
                "scaling_up",
                Bilingual(
                    f"El criterio «{row.criterion}» está repetido.", f"The criterion “{row.criterion}” is repeated."
                ),
                Bilingual("Deja uno de los dos.", "Keep one of the two."),
                question="more_criteria",
            )
            return


def check_levels(deliverable: BuyerPersona, _context: InterviewContext) -> Iterator[Issue]:
    for position, row in enumerate(deliverable.scaling_up):
        levels = [getattr(row, level) for level in LEVELS]
        question = CRITERIA[min(position, len(CRITERIA) - 1)]
        if not row.criterion or not all(levels):
            yield error(
                f"scaling_up.{position}",
                Bilingual(
                    f"Al criterio «{row.criterion}» le falta algún nivel.",
                    f"The criterion “{row.criterion}” lacks a level.",
                ),
                Bilingual("Rellena sus cinco niveles.", "Fill in its five levels."),
                category=Category.COMPLETENESS,
                question=question,
            )
        elif len({level.casefold() for level in levels}) < len(levels):
            yield error(
                f"scaling_up.{position}",
                Bilingual(
                    f"Dos niveles de «{row.criterion}» son iguales.", f"Two levels of “{row.criterion}” are the same."
                ),
                Bilingual("Haz que los cinco sean distintos.", "Make all five different."),
                question=question,
            )


def check_persona(deliverable: BuyerPersona, _context: InterviewContext) -> Iterator[Issue]:
    persona = deliverable.persona
    for key, (least, most) in BOUNDS.items():
        count = len([item for item in getattr(persona, key) if item])
        if not least <= count <= most:
            label = PERSONA_LABELS[key]
            yield error(
                f"persona.{key}",
                Bilingual(f"«{label.es}» tiene {count} elementos.", f"“{label.en}” has {count} items."),
                Bilingual(f"Deja entre {least} y {most}.", f"Have {least} to {most}."),
                category=Category.COMPLETENESS,
                question=_ANSWERS.get(key, key),
            )
    if not persona.name or fold(persona.name) not in fold(persona.narrative):
        yield error(
            "persona.narrative",
            Bilingual(f"La narrativa no nombra a «{persona.name}».", f"The narrative does not name “{persona.name}”."),
            Bilingual("Haz que hable de esa persona por su nombre.", "Make it speak of that person by name."),
            question="persona_name",
        )


def check_substance(deliverable: BuyerPersona, _context: InterviewContext) -> Iterator[Issue]:
    """One-word answers pass, but the consultant hears that they say little; empty ones do not pass."""
    parts = {f"business.{key}": (value, key) for key, value in deliverable.business.model_dump().items()}
    parts["persona.professional_context"] = (deliverable.persona.professional_context, "ideal_customer")
    parts["persona.demographics"] = (deliverable.persona.demographics, "demographics")
    names = {question.key: question.name for question in QUESTIONS}
    for path, (value, key) in parts.items():
        name = names[key]
        if not value:
            yield error(
                path,
                Bilingual(f"Falta «{name.es}».", f"“{name.en}” is missing."),
                Bilingual("Complétalo.", "Fill it in."),
                category=Category.COMPLETENESS,
                question=key,
            )
        elif is_thin(value) and key not in ("ticket", "industry"):
            yield warning(
                path,
                Bilingual(f"«{name.es}» es muy breve («{value}»).", f"“{name.en}” is very short (“{value}”)."),
                Bilingual(
                    "Una frase con un dato concreto ayudará a las etapas siguientes.",
                    "One sentence with a concrete fact will help the stages that follow.",
                ),
                question=key,
            )


DEFINITION = StageDefinition(
    number=1,
    slug="buyer_persona",
    agent_name="Booms, the Buyer Persona Architect",
    title=Bilingual("Buyer persona", "Buyer persona"),
    goal=Bilingual(
        "Al terminar tendrás un buyer persona y una tabla para graduar clientes.",
        "At the end you will have a buyer persona and a table to grade customers.",
    ),
    phases=PHASES,
    questions=QUESTIONS,
    output=BuyerPersona,
    assemble=assemble,
    compute=compute,
    checks=(check_criteria, check_levels, check_persona, check_substance),
    sections=SECTIONS,
    tools=("knowledge_search",),
    facts=(
        "consultant",
        "scaling_up",
        "persona.name",
        "business.ticket",
    ),
    traces={
        "consultant.*": Origin.COMPUTED,
        "business.ticket": "ticket",
        "scaling_up.*.*": "criterion_1",
    },
)
