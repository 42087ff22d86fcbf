"""Stage 4: say no to most channels."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agents.interview.state import Bilingual, InterviewContext, Origin
from agents.interview.verdict import Category, Issue
from stages.definitions.base import Given, StageDefinition, error, warning
from stages.definitions.buyers_journey import journey_of
from stages.definitions.offer import offer_of
from stages.definitions.questions.channels import LEAST_CHANNELS, PHASES, QUESTIONS
from stages.definitions.rounding import apportion, to_cent
from stages.definitions.schema import Amount, Grade, Money, Part, Percent, Rows, Text, Texts
from stages.definitions.scoring import ranked
from stages.definitions.sections.channels import SECTIONS
from stages.definitions.texts import mentions, same
from stages.definitions.vocabulary import Tier

HUNDRED = Decimal(100)


class CurrentChannel(Part):
    """A channel in use today and what it brings."""

    name: Text
    result: Text


class Constraints(Part):
    """What the channels must live with."""

    monthly_budget: Money
    currency: Text
    team: Text
    assets: Texts
    horizon: Text
    current_channels: Rows[CurrentChannel]


class Channel(Part):
    """A channel compared; score and tier are computed."""

    name: Text
    audience_fit: Grade
    cost_efficiency: Grade
    effort: Grade
    days_to_result: int
    rationale: Text
    sources: Texts = []
    score: Amount | None = None
    tier: Tier | None = None


class Split(Part):
    """A channel's share of the monthly budget; the amount is computed."""

    channel: Text
    percent: Percent
    amount: Amount | None = None


class RoadmapStep(Part):
    """What is done in a week, and by whom."""

    week: int
    action: Text
    owner: Text


class Channels(Part):
    """The deliverable of stage 4."""

    constraints: Constraints
    channels: Rows[Channel]
    budget_split: Rows[Split]
    roadmap: Rows[RoadmapStep]


def channels_of(context: InterviewContext) -> Channels:
    """Stage 4's deliverable, as later stages read it."""
    return Channels.model_validate(context.earlier["channels"])


def chosen(deliverable: Channels) -> list[Channel]:
    """The channels that were not said no to, best first."""
    return [channel for channel in deliverable.channels if channel.tier in ("primary", "secondary")]


def assemble(given: Given, _context: InterviewContext) -> Channels:
    constraints = Constraints(
        monthly_budget=str(given.amount("monthly_budget")),
        currency=given.currency("monthly_budget"),
        team=given.text("team"),
        assets=given.items("assets"),
        horizon=given.text("horizon"),
        current_channels=[CurrentChannel(**row) for row in given.rows("current_channels")],
    )
    return Channels(
        constraints=constraints,
        channels=[Channel(**{**row, "sources": row.get("sources") or []}) for row in given.rows("channels")],
        budget_split=[Split(**row) for row in given.rows("budget_split")],
        roadmap=sorted((RoadmapStep(**row) for row in given.rows("roadmap")), key=lambda step: step.week),
    )


def compute(deliverable: Channels, context: InterviewContext) -> Channels:
    """Scores, tiers, order and amounts, whatever was written there."""
    rows = ranked(channel.model_dump() for channel in deliverable.channels)
    channels = [Channel(**{**row, "score": str(row["score"])}) for row in rows]
    names = [channel.name for channel in channels]
    split = [part.model_copy(update={"channel": _exact(part.channel, names)}) for part in deliverable.budget_split]
    budget = to_cent(Decimal(deliverable.constraints.monthly_budget))
    currency = deliverable.constraints.currency.upper() or context.currency
    return deliverable.model_copy(
        update={
            "constraints": deliverable.constraints.model_copy(
                update={"monthly_budget": str(budget), "currency": currency}
            ),
            "channels": channels,
            "budget_split": _with_amounts(split, budget),
        }
    )


def _exact(name: str, names: list[str]) -> str:
    return next((known for known in names if same(known, name)), name)


def _with_amounts(split: list[Split], budget: Decimal) -> list[Split]:
    amounts = apportion(budget, [Decimal(part.percent) for part in split])
    return [part.model_copy(update={"amount": str(amount)}) for part, amount in zip(split, amounts, strict=True)]


def check_channels(deliverable: Channels, _context: InterviewContext) -> Iterator[Issue]:
    channels = deliverable.channels
    if len(channels) < LEAST_CHANNELS:
        yield error(
            "channels",
            Bilingual(f"Solo hay {len(channels)} canales comparados.", f"Only {len(channels)} channels are compared."),
            Bilingual("Compara al menos tres.", "Compare at least three."),
            category=Category.COMPLETENESS,
            question="channels",
        )
    for position, channel in enumerate(channels):
        if any(same(channel.name, other.name) for other in channels[:position]):
            yield error(
                f"channels.{position}",
                Bilingual(f"El canal «{channel.name}» está dos veces.", f"The channel “{channel.name}” appears twice."),
                Bilingual("Deja una sola fila.", "Keep a single row."),
                question="channels",
            )


def check_primary(deliverable: Channels, context: InterviewContext) -> Iterator[Issue]:
    journey = " ".join(str(value) for row in journey_of(context).rows for _, value in row)
    for position, channel in enumerate(deliverable.channels):
        if channel.tier == "primary" and not channel.rationale and not mentions(journey, channel.name):
            yield error(
                f"channels.{position}.rationale",
                Bilingual(
                    f"El canal principal «{channel.name}» no aparece en el recorrido de la etapa 2 y no tiene razón "
                    f"escrita.",
                    f"The primary channel “{channel.name}” is not in the journey of stage 2 and has no stated reason.",
                ),
                Bilingual(
                    "Escribe por qué se elige, o añádelo al recorrido en la etapa 2.",
                    "Write why it is chosen, or add it to the journey in stage 2.",
                ),
                question="channels",
            )


def check_split(deliverable: Channels, _context: InterviewContext) -> Iterator[Issue]:
    wanted = [channel.name for channel in chosen(deliverable)]
    given = [part.channel for part in deliverable.budget_split]
    for name in [name for name in wanted if name not in given]:
        yield _split_error(
            f"«{name}» está entre los canales elegidos y no tiene parte del presupuesto.",
            f"“{name}” is among the chosen channels and has no share of the budget.",
            "Dale un porcentaje.",
            "Give it a percentage.",
        )
    for name in dict.fromkeys(name for name in given if name not in wanted or given.count(name) > 1):
        yield _split_error(
            f"El reparto nombra «{name}», que no es un canal principal ni secundario o está repetido.",
            f"The split names “{name}”, which is no primary or secondary channel or is repeated.",
            "Quítalo del reparto, o cambia sus notas en la tabla de canales.",
            "Take it out of the split, or change its grades in the table of channels.",
        )
    total = sum((Decimal(part.percent) for part in deliverable.budget_split), Decimal(0))
    if total != HUNDRED:
        yield _split_error(
            f"Los porcentajes suman {total}.",
            f"The percentages sum to {total}.",
            "Haz que sumen 100.",
            "Make them sum to 100.",
        )


def check_amounts(deliverable: Channels, _context: InterviewContext) -> Iterator[Issue]:
    budget = Decimal(deliverable.constraints.monthly_budget)
    amounts = sum((Decimal(part.amount or 0) for part in deliverable.budget_split), Decimal(0))
    if budget <= 0:
        yield error(
            "constraints.monthly_budget",
            Bilingual("El presupuesto mensual no es mayor que cero.", "The monthly budget is not above zero."),
            Bilingual("Escribe el presupuesto de un mes.", "Write one month's budget."),
            category=Category.NUMBERS,
            question="monthly_budget",
        )
    elif deliverable.budget_split and amounts != budget:
        yield _split_error(
            f"Los importes suman {amounts} y el presupuesto es {budget}.",
            f"The amounts sum to {amounts} and the budget is {budget}.",
            "Revisa los porcentajes.",
            "Check the percentages.",
        )


def check_rest(deliverable: Channels, context: InterviewContext) -> Iterator[Issue]:
    if not deliverable.roadmap:
        yield error(
            "roadmap",
            Bilingual("La hoja de ruta está vacía.", "The roadmap is empty."),
            Bilingual(
                "Añade la primera acción, su semana y su responsable.", "Add the first action, its week and its owner."
            ),
            category=Category.COMPLETENESS,
            question="roadmap",
        )
    price_currency = offer_of(context).offer.currency
    if deliverable.constraints.currency != price_currency:
        mine = deliverable.constraints.currency
        yield warning(
            "constraints.currency",
            Bilingual(
                f"El presupuesto está en {mine} y el precio de la etapa 3 en {price_currency}.",
                f"The budget is in {mine} and the price of stage 3 in {price_currency}.",
            ),
            Bilingual(
                "La etapa 7 necesita la misma moneda en los dos: cambia una de las dos.",
                "Stage 7 needs the same currency in both: change one of the two.",
            ),
            category=Category.COHERENCE,
            question="monthly_budget",
        )


def _split_error(es: str, en: str, fix_es: str, fix_en: str) -> Issue:
    return error(
        "budget_split", Bilingual(es, en), Bilingual(fix_es, fix_en), category=Category.NUMBERS, question="budget_split"
    )


DEFINITION = StageDefinition(
    number=4,
    slug="channels",
    agent_name="The Channel Selector",
    title=Bilingual("Selección de canales", "Channel selection"),
    goal=Bilingual(
        "Al terminar sabrás en qué pocos canales invertir y a cuáles decir que no.",
        "At the end you will know which few channels to invest in and which to refuse.",
    ),
    phases=PHASES,
    questions=QUESTIONS,
    output=Channels,
    assemble=assemble,
    compute=compute,
    checks=(check_channels, check_primary, check_split, check_amounts, check_rest),
    sections=SECTIONS,
    tools=("web_search", "calculator"),
    facts=(
        "constraints",
        "budget_split",
        "channels.*.audience_fit",
        "channels.*.cost_efficiency",
        "channels.*.effort",
        "channels.*.days_to_result",
    ),
    traces={
        "channels.*.score": Origin.COMPUTED,
        "channels.*.tier": Origin.COMPUTED,
        "budget_split.*.amount": Origin.COMPUTED,
        "budget_split.*.percent": "budget_split",
        "constraints.monthly_budget": "monthly_budget",
        "constraints.currency": "monthly_budget",
    },
)
