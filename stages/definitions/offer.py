"""Stage 3: an offer that is hard to refuse, and a clear message."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agents.interview.parsing.currencies import CURRENCIES
from agents.interview.state import Bilingual, InterviewContext
from agents.interview.verdict import Category, Issue
from stages.definitions.base import Given, StageDefinition, error, warning
from stages.definitions.buyer_persona import persona_of
from stages.definitions.questions.offer import PHASES, QUESTIONS, removable
from stages.definitions.schema import Money, Part, Rows, Text, Texts
from stages.definitions.sections.offer import EQUATION_LABELS, OFFER_LABELS, SECTIONS, STORY_LABELS
from stages.definitions.texts import capital, find, is_thin, lowered, sentence

PLAN_STEPS = 3
LEAST_BONUSES, MOST_BONUSES = 2, 5
_ANSWERS = {"name": "offer_name", "value_proposition": "core", "currency": "price"}


class ValueEquation(Part):
    """What the customer gains, how surely, how soon and at what effort."""

    dream_outcome: Text
    perceived_likelihood: Text
    time_delay: Text
    effort_and_sacrifice: Text


class Story(Part):
    """The customer as the hero, us as the guide."""

    character: Text
    external_problem: Text
    internal_problem: Text
    philosophical_problem: Text
    empathy: Text
    authority: Text
    plan: Texts
    call_to_action: Text
    success: Text
    failure: Text


class Bonus(Part):
    """An extra and the objection or obstacle of stages 1 or 2 that it removes."""

    name: Text
    removes: Text


class OfferStack(Part):
    """What is sold, for how much; `billing` is what the price is paid for, where that was said ("a month")."""

    name: Text
    headline: Text
    value_proposition: Text
    core: Text
    bonuses: Rows[Bonus]
    guarantee: Text
    urgency: Text
    price: Money
    anchor_price: Money
    currency: Text
    billing: Text = ""


class Offer(Part):
    """The deliverable of stage 3."""

    value_equation: ValueEquation
    story: Story
    offer: OfferStack


def offer_of(context: InterviewContext) -> Offer:
    """Stage 3's deliverable, as later stages read it."""
    return Offer.model_validate(context.earlier["offer"])


def assemble(given: Given, context: InterviewContext) -> Offer:
    stack = OfferStack(
        name=given.text("offer_name"),
        headline=given.text("headline"),
        value_proposition=_value_proposition(given, context),
        core=given.text("core"),
        bonuses=[Bonus(**row) for row in given.rows("bonuses")],
        guarantee=given.text("guarantee"),
        urgency=given.text("urgency"),
        price=str(given.amount("price")),
        anchor_price=str(given.amount("anchor_price")),
        currency=given.currency("price"),
        billing=given.per("price", context.language),
    )
    story = {key: given.text(key) for key in STORY_LABELS if key != "plan"}
    return Offer(
        value_equation=ValueEquation(**{key: given.text(key) for key in EQUATION_LABELS}),
        story=Story(plan=given.items("plan"), **story),
        offer=stack,
    )


def _value_proposition(given: Given, context: InterviewContext) -> str:
    """What the customer gets, why it is different and what it leads to, in the words given."""
    business = persona_of(context).business
    result = Bilingual("El resultado", "The result").of(context.language)
    parts = (given.text("core"), business.differentiator, f"{result}: {lowered(given.text('dream_outcome'))}")
    return " ".join(sentence(capital(part)) for part in parts if part)


def compute(deliverable: Offer, context: InterviewContext) -> Offer:
    """The currency's code in capitals, the account's if none is given."""
    currency = deliverable.offer.currency.upper() or context.currency
    return deliverable.model_copy(update={"offer": deliverable.offer.model_copy(update={"currency": currency})})


def check_plan(deliverable: Offer, _context: InterviewContext) -> Iterator[Issue]:
    steps = [step for step in deliverable.story.plan if step]
    if len(steps) != PLAN_STEPS:
        yield error(
            "story.plan",
            Bilingual(f"El plan tiene {len(steps)} pasos.", f"The plan has {len(steps)} steps."),
            Bilingual("Déjalo en tres.", "Make it three."),
            category=Category.COMPLETENESS,
            question="plan",
        )


def check_bonuses(deliverable: Offer, context: InterviewContext) -> Iterator[Issue]:
    bonuses = deliverable.offer.bonuses
    if not LEAST_BONUSES <= len(bonuses) <= MOST_BONUSES:
        yield error(
            "offer.bonuses",
            Bilingual(f"Hay {len(bonuses)} bonos.", f"There are {len(bonuses)} bonuses."),
            Bilingual("Deja entre dos y cinco.", "Have two to five."),
            category=Category.COMPLETENESS,
            question="bonuses",
        )
    known = removable(context)
    for position, bonus in enumerate(bonuses):
        if not bonus.name or find(bonus.removes, known) is None:
            yield error(
                f"offer.bonuses.{position}",
                Bilingual(
                    f"El bono «{bonus.name}» quita «{bonus.removes}», que no es una objeción de la etapa 1 ni un "
                    f"obstáculo de la etapa 2.",
                    f"The bonus “{bonus.name}” removes “{bonus.removes}”, which is neither an objection of stage 1 "
                    f"nor an obstacle of stage 2.",
                ),
                Bilingual(
                    "Une el bono a una de las objeciones u obstáculos que ya constan, o cambia la etapa 1 o la 2.",
                    "Tie the bonus to one of the objections or obstacles on record, or change stage 1 or 2.",
                ),
                question="bonuses",
            )


def check_price(deliverable: Offer, _context: InterviewContext) -> Iterator[Issue]:
    stack = deliverable.offer
    price, anchor = Decimal(stack.price), Decimal(stack.anchor_price)
    if price <= 0:
        yield error(
            "offer.price",
            Bilingual("El precio no es mayor que cero.", "The price is not above zero."),
            Bilingual("Escribe el precio de venta.", "Write the sales price."),
            category=Category.NUMBERS,
            question="price",
        )
    if anchor < price:
        yield error(
            "offer.anchor_price",
            Bilingual(
                f"El precio de referencia ({anchor}) es menor que el precio ({price}).",
                f"The anchor price ({anchor}) is below the price ({price}).",
            ),
            Bilingual("Sube el precio de referencia o baja el precio.", "Raise the anchor price or lower the price."),
            category=Category.NUMBERS,
            question="anchor_price",
        )
    if stack.currency not in CURRENCIES:
        yield error(
            "offer.currency",
            Bilingual(f"«{stack.currency}» no es una moneda conocida.", f"“{stack.currency}” is not a known currency."),
            Bilingual("Usa un código como EUR o USD.", "Use a code such as EUR or USD."),
            category=Category.NUMBERS,
            question="price",
        )


def check_substance(deliverable: Offer, _context: InterviewContext) -> Iterator[Issue]:
    labelled = {"value_equation": EQUATION_LABELS, "story": STORY_LABELS, "offer": OFFER_LABELS}
    for part, labels in labelled.items():
        for key, label in labels.items():
            value = getattr(getattr(deliverable, part), key)
            if not value:
                yield error(
                    f"{part}.{key}",
                    Bilingual(f"Falta «{label.es}».", f"“{label.en}” is missing."),
                    Bilingual("Complétalo.", "Fill it in."),
                    category=Category.COMPLETENESS,
                    question=_ANSWERS.get(key, key),
                )
            elif part != "offer" and isinstance(value, str) and is_thin(value):
                yield warning(
                    f"{part}.{key}",
                    Bilingual(f"«{label.es}» es muy breve («{value}»).", f"“{label.en}” is very short (“{value}”)."),
                    Bilingual(
                        "Una frase con un dato concreto convence más.",
                        "One sentence with a concrete fact convinces more.",
                    ),
                    question=key,
                )


DEFINITION = StageDefinition(
    number=3,
    slug="offer",
    agent_name="The Offer Architect",
    title=Bilingual("Oferta", "Offer"),
    goal=Bilingual(
        "Al terminar tendrás una oferta difícil de rechazar y un mensaje claro.",
        "At the end you will have an offer that is hard to refuse and a clear message.",
    ),
    phases=PHASES,
    questions=QUESTIONS,
    output=Offer,
    assemble=assemble,
    compute=compute,
    checks=(check_plan, check_bonuses, check_price, check_substance),
    sections=SECTIONS,
    tools=("web_search", "knowledge_search"),
    facts=(
        "offer.name",
        "offer.price",
        "offer.anchor_price",
        "offer.currency",
        "offer.bonuses.*.removes",
    ),
    traces={"offer.currency": "price", "offer.bonuses.*.removes": "bonuses"},
    has_workbook=False,
)
