"""Stage 7: the plan in money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from agents.interview.state import Bilingual, InterviewContext, Origin
from stages.definitions.base import Given, StageDefinition
from stages.definitions.benchmarks import RATES, assumed_figures
from stages.definitions.channels import Channels, channels_of
from stages.definitions.editorial_calendar import calendar_of
from stages.definitions.forecasting import HUNDRED, MONTHS, Forecast, Rates, allocate, forecast, month_budgets, together
from stages.definitions.media_alerts import alerts
from stages.definitions.media_checks import CHECKS
from stages.definitions.media_schema import Line, MediaPlan, MonthForecast, Totals
from stages.definitions.offer import offer_of
from stages.definitions.questions.media_plan import PHASES, QUESTIONS, planned_names
from stages.definitions.rounding import apportion, to_cent
from stages.definitions.scheduling import last_day
from stages.definitions.sections.media_plan import SECTIONS
from stages.definitions.texts import same

_BUCKET_OF_TIER = {"primary": "proven", "secondary": "supporting"}


def assemble(given: Given, context: InterviewContext) -> MediaPlan:
    stage4 = channels_of(context)
    experiment = next(iter(given.rows("experiment")), {"channel": "", "reason": None})
    names = planned_names({"experiment": given.rows("experiment")}, context)
    buckets = {
        name: _bucket(name, "experimental" if same(name, experiment["channel"]) else "", stage4) for name in names
    }
    total = to_cent(given.amount("total"))
    contingency = to_cent(total * (given.number("contingency") or Decimal(0)) / HUNDRED)
    budgets = _budgets(total - contingency, buckets, stage4)
    start = given.day("start") or context.today
    lines = [
        Line(
            channel=name,
            bucket=bucket,
            budget=str(budgets[name]),
            reason=(experiment["reason"] or "") if bucket == "experimental" else "",
            minimum_spend=_minimum(name, given),
            start=start,
            end=last_day(start),
            **_figures(name, given),
        )
        for name, bucket in buckets.items()
    ]
    totals = Totals(total=str(total), contingency=str(contingency), currency=given.currency("total"))
    return MediaPlan(lines=lines, totals=totals)


def _bucket(name: str, stated: str, stage4: Channels) -> str:
    """Primary channels are proven, secondary ones supporting, unless named as the experiment."""
    if stated == "experimental":
        return stated
    tier = next((channel.tier for channel in stage4.channels if same(channel.name, name)), None)
    return _BUCKET_OF_TIER.get(tier or "", stated or "experimental")


def _budgets(spend: Decimal, buckets: dict[str, str], stage4: Channels) -> dict[str, Decimal]:
    """70/20/10 between the buckets, within each as stage 4 splits."""
    percents = {part.channel: Decimal(part.percent) for part in stage4.budget_split}
    groups = {
        bucket: [name for name in buckets if buckets[name] == bucket] for bucket in dict.fromkeys(buckets.values())
    }
    weights = {bucket: [percents.get(name, Decimal(0)) for name in names] for bucket, names in groups.items()}
    parts = allocate(spend, weights)
    return {name: part for bucket, names in groups.items() for name, part in zip(names, parts[bucket], strict=True)}


def _minimum(name: str, given: Given) -> str | None:
    return next((row["amount"]["amount"] for row in given.rows("minimum_spend") if same(row["channel"], name)), None)


def _figures(name: str, given: Given) -> dict[str, str]:
    row = next((row for row in given.rows("benchmarks") if same(row["channel"], name)), None)
    if row is None:
        return {}
    rates = {key: str(Decimal(row[key]) / HUNDRED) for key in RATES}
    return {"cpm": row["cpm"], "source": row.get("source") or "", **rates}


def compute(deliverable: MediaPlan, context: InterviewContext) -> MediaPlan:
    """Everything that is not an input: buckets, shares, results, totals, months and alerts."""
    price = Decimal(offer_of(context).offer.price)
    start = calendar_of(context).cadence.start_date
    stage4 = channels_of(context)
    lines = [_settled(line, stage4, start) for line in deliverable.lines]
    lines = [_computed(line, share, price) for line, share in zip(lines, _shares(lines), strict=True)]
    currency = deliverable.totals.currency.upper() or stage4.constraints.currency
    totals, months = _totals(deliverable.totals, lines, price, currency), _months(lines, price)
    return MediaPlan(lines=lines, totals=totals, months=months, alerts=alerts(lines, totals, months, context.language))


def _settled(line: Line, stage4: Channels, start: date) -> Line:
    """The line with its channel as stage 4 calls it, its bucket and its dates."""
    name = next((channel.name for channel in stage4.channels if same(channel.name, line.channel)), line.channel)
    begins = line.start or start
    assumed = assumed_figures(line.source)
    return line.model_copy(
        update={
            "channel": name,
            "bucket": _bucket(name, line.bucket, stage4),
            "budget": str(to_cent(Decimal(line.budget))),
            "assumption": bool(assumed),
            "assumed": assumed,
            "start": begins,
            "end": line.end if line.end and line.end >= begins else last_day(begins),
        }
    )


def _shares(lines: Sequence[Line]) -> list[Decimal]:
    return apportion(HUNDRED, [Decimal(line.budget) for line in lines])


def _computed(line: Line, share: Decimal, price: Decimal) -> Line:
    results = forecast(Decimal(line.budget), _rates(line), price).shown()
    return line.model_copy(update={"share": str(share), **results})


def _rates(line: Line) -> Rates:
    figures = {key: getattr(line, key) for key in ("cpm", *RATES)}
    return Rates(**{key: None if value is None else Decimal(value) for key, value in figures.items()})


def _totals(stated: Totals, lines: Sequence[Line], price: Decimal, currency: str) -> Totals:
    """The sums of the lines as they are shown, so that anyone who adds them up finds the same."""
    whole = together([_as_shown(line) for line in lines])
    contingency = to_cent(Decimal(stated.contingency))
    total = to_cent(Decimal(stated.total)) if stated.total is not None else whole.budget + contingency
    return Totals(
        total=str(total),
        contingency=str(contingency),
        budget=str(whole.budget),
        currency=currency,
        price=str(price),
        **whole.shown(),
    )


def _as_shown(line: Line) -> Forecast:
    figures = {key: getattr(line, key) for key in ("impressions", "clicks", "leads", "sales", "revenue")}
    return Forecast(
        budget=Decimal(line.budget),
        **{key: None if value is None else Decimal(value) for key, value in figures.items()},
    )


def _months(lines: Sequence[Line], price: Decimal) -> list[MonthForecast]:
    months = []
    for position, month in enumerate(MONTHS):
        parts = [
            forecast(Decimal(line.budget) * month.spending / HUNDRED, _rates(line), price, conversion=month.conversion)
            for line in lines
        ]
        budget = sum((month_budgets(Decimal(line.budget))[position] for line in lines), Decimal(0))
        months.append(
            MonthForecast(
                month=month.number,
                stage=month.stage,
                spending=str(month.spending),
                conversion=str(month.conversion),
                budget=str(budget),
                **together(parts).shown(),
            )
        )
    return months


DEFINITION = StageDefinition(
    number=7,
    slug="media_plan",
    agent_name="Budgets, the Media Planner",
    title=Bilingual("Plan de medios", "Media plan"),
    goal=Bilingual(
        "Al terminar tendrás el plan en dinero: qué se invierte en cada canal y qué cabe esperar.",
        "At the end you will have the plan in money: what goes into each channel and what to expect.",
    ),
    phases=PHASES,
    questions=QUESTIONS,
    output=MediaPlan,
    assemble=assemble,
    compute=compute,
    checks=CHECKS,
    sections=SECTIONS,
    tools=("web_search", "knowledge_search", "calculator"),
    facts=(
        "lines",
        "totals",
    ),
    unsourced=tuple(f"lines.*.{key}" for key in ("cpm", *RATES, "source")),
    traces={
        **{f"lines.*.{key}": "benchmarks" for key in ("cpm", *RATES, "source")},
        "lines.*.channel": Origin.EARLIER_STAGE,
        "lines.*.minimum_spend": "minimum_spend",
        "lines.*.reason": "experiment",
        "lines.*.*": Origin.COMPUTED,
        "totals.total": "total",
        "totals.currency": "total",
        "totals.price": Origin.EARLIER_STAGE,
        "totals.*": Origin.COMPUTED,
        "months.*": Origin.COMPUTED,
        "alerts.*": Origin.COMPUTED,
    },
)
