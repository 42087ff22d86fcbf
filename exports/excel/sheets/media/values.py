"""Stage 7's plan as decimals: what the formulas are written from and the values they have as the workbook is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from stages.definitions.forecasting import HUNDRED, TARGETS, Forecast, Rates, forecast, together
from stages.definitions.media_schema import Line, MediaPlan, MonthForecast
from stages.definitions.rounding import PRECISION, apportion, divide

RATES = ("ctr", "conversion_rate", "close_rate")
CHAIN = ("impressions", "clicks", "leads", "sales", "revenue")
# What is rounded half-even to the cent: numerator and denominator.
QUOTIENTS = {
    "cpl": ("budget", "leads"),
    "cac": ("budget", "sales"),
    "revenue": ("revenue", ""),
    "roas": ("revenue", "budget"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """The plan's exact figures, by line and by month; the rounded ones are the deliverable's own."""

    plan: MediaPlan
    price: Decimal | None
    lines: tuple[Forecast, ...]
    months: tuple[Forecast, ...]
    whole: Forecast
    quarter: Forecast

    @classmethod
    def of(cls, plan: MediaPlan) -> Values:
        price = None if plan.totals.price is None else Decimal(plan.totals.price)
        return cls(
            plan=plan,
            price=price,
            lines=tuple(forecast(Decimal(line.budget), rates(line), price) for line in plan.lines),
            months=tuple(_month(month, plan.lines, price) for month in plan.months),
            whole=_shown(plan.lines),
            quarter=_shown(plan.months),
        )

    def shares(self) -> list[Decimal]:
        """Each line's part of the spending, in hundredths of a percent, exact."""
        spent = sum((line.budget for line in self.lines), Decimal(0))
        return [divide(line.budget * HUNDRED * HUNDRED, spent) or Decimal(0) for line in self.lines]

    def month_cents(self) -> list[list[Decimal]]:
        """Each line's spending by month in cents, exact."""
        weights = self.weights
        whole = sum(weights, Decimal(0))
        return [
            [divide(line.budget * HUNDRED * weight, whole) or Decimal(0) for weight in weights] for line in self.lines
        ]

    def month_budgets(self) -> list[list[Decimal]]:
        """The same as it is spent, summing to the line."""
        return [apportion(line.budget, self.weights) for line in self.lines]

    def bucket_budgets(self) -> dict[str, Decimal]:
        return {
            bucket: sum((Decimal(line.budget) for line in self.plan.lines if line.bucket == bucket), Decimal(0))
            for bucket in TARGETS
        }

    @property
    def weights(self) -> list[Decimal]:
        return [Decimal(month.spending) for month in self.plan.months]


def rates(line: Line) -> Rates:
    """A line's cost and rates as decimals."""
    return Rates(**{key: decimal(getattr(line, key)) for key in ("cpm", *RATES)})


def decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def hundredths(figures: Forecast, key: str) -> Decimal | None:
    """A quotient a hundred times as large, not rounded yet."""
    above, below = QUOTIENTS[key]
    dividend = getattr(figures, above)
    if dividend is None:
        return None
    return dividend * HUNDRED if not below else divide(dividend * HUNDRED, getattr(figures, below))


def _month(month: MonthForecast, lines: Sequence[Line], price: Decimal | None) -> Forecast:
    conversion, spending = Decimal(month.conversion), Decimal(month.spending)
    with localcontext() as context:
        context.prec = PRECISION
        budgets = [Decimal(line.budget) * spending / HUNDRED for line in lines]
    return together(
        [
            forecast(budget, rates(line), price, conversion=conversion)
            for budget, line in zip(budgets, lines, strict=True)
        ]
    )


def _shown(rows: Sequence[Line | MonthForecast]) -> Forecast:
    """The sum of rows as they are shown."""
    return together(
        [Forecast(budget=Decimal(row.budget), **{key: decimal(getattr(row, key)) for key in CHAIN}) for row in rows]
    )
