"""Stage 7's arithmetic in decimals, from budget to revenue; a division by nought is None."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from stages.definitions.rounding import CENT, PRECISION, apportion, divide, to_step

PER_MILLE = Decimal(1000)
HUNDRED = Decimal(100)
MILLIONTH = Decimal("0.000001")
COUNTS = frozenset(("impressions", "clicks", "leads", "sales"))

# Buckets and their share of the budget, in percent, and how far from it needs no explanation.
TARGETS = {"proven": Decimal(70), "supporting": Decimal(20), "experimental": Decimal(10)}
TOLERANCE = Decimal(5)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the forecast: its part of each line's spending and of the conversion rate stated, in percent."""

    number: int
    stage: str
    spending: Decimal
    conversion: Decimal


MONTHS = (
    Month(1, "testing", Decimal(20), Decimal(60)),
    Month(2, "optimisation", Decimal(35), Decimal(85)),
    Month(3, "scaling", Decimal(45), Decimal(100)),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """What a channel costs and yields; rates are fractions. None: not known."""

    cpm: Decimal | None
    ctr: Decimal | None
    conversion_rate: Decimal | None
    close_rate: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """What a budget brings; not rounded."""

    budget: Decimal
    impressions: Decimal | None = None
    clicks: Decimal | None = None
    leads: Decimal | None = None
    sales: Decimal | None = None
    revenue: Decimal | None = None

    def shown(self) -> dict[str, str | None]:
        """Money and return to the cent, counts to a millionth: a sum of counts is then as good as the exact one."""
        figures = {
            "impressions": self.impressions,
            "clicks": self.clicks,
            "leads": self.leads,
            "cpl": divide(self.budget, self.leads),
            "sales": self.sales,
            "cac": divide(self.budget, self.sales),
            "revenue": self.revenue,
            "roas": divide(self.revenue, self.budget),
        }
        return {key: None if value is None else str(_rounded(key, value)) for key, value in figures.items()}


def forecast(budget: Decimal, rates: Rates, price: Decimal | None, *, conversion: Decimal = HUNDRED) -> Forecast:
    """impressions = budget / cpm × 1000, and on to revenue; `conversion` percent of the stated rate is reached."""
    with localcontext() as context:
        context.prec = PRECISION
        impressions = divide(budget * PER_MILLE, rates.cpm)
        clicks = _times(impressions, rates.ctr)
        leads = _times(clicks, _times(rates.conversion_rate, conversion / HUNDRED))
        sales = _times(leads, rates.close_rate)
        revenue = _times(sales, price)
    return Forecast(budget=budget, impressions=impressions, clicks=clicks, leads=leads, sales=sales, revenue=revenue)


def together(parts: Sequence[Forecast]) -> Forecast:
    """Several forecasts as one; what is not known of a part is left out, what is known of none stays unknown."""

    def summed(key: str) -> Decimal | None:
        known = [getattr(part, key) for part in parts if getattr(part, key) is not None]
        return sum(known, Decimal(0)) if known else None

    with localcontext() as context:
        context.prec = PRECISION
        figures = {key: summed(key) for key in ("impressions", "clicks", "leads", "sales", "revenue")}
        return Forecast(budget=sum((part.budget for part in parts), Decimal(0)), **figures)


def month_budgets(budget: Decimal) -> list[Decimal]:
    """A line's spending by month, summing to it exactly."""
    return apportion(budget, [month.spending for month in MONTHS])


def allocate(spend: Decimal, weights: dict[str, list[Decimal]]) -> dict[str, list[Decimal]]:
    """Spending by bucket (70/20/10 of those that have channels), within each by weight; sums exactly."""
    present = [bucket for bucket in TARGETS if weights.get(bucket)]
    pools = apportion(spend, [TARGETS[bucket] for bucket in present])
    return {bucket: apportion(pool, _usable(weights[bucket])) for bucket, pool in zip(present, pools, strict=True)}


def _usable(weights: list[Decimal]) -> list[Decimal]:
    return weights if any(weights) else [Decimal(1)] * len(weights)


def _rounded(key: str, value: Decimal) -> Decimal:
    return to_step(value, MILLIONTH if key in COUNTS else CENT)


def _times(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one * other
