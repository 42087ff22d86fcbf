"""Stage 7's deliverable. Inputs are budgets, costs and rates; everything else is computed."""

from __future__ import annotations

import datetime
from typing import Literal

from stages.definitions.schema import Amount, Money, Part, Rate, Rows, Text, Texts
from stages.definitions.vocabulary import AlertKind, Bucket


class Results(Part):
    """What spending brings; empty where a division by nought or a missing figure leaves nothing to compute."""

    impressions: Amount | None = None
    clicks: Amount | None = None
    leads: Amount | None = None
    cpl: Amount | None = None
    sales: Amount | None = None
    cac: Amount | None = None
    revenue: Amount | None = None
    roas: Amount | None = None


class Inputs(Part):
    """What a line is computed from; `reason` is why it is tried.

    `assumed` are the figures without a source, and `assumption` says whether there are any.
    """

    channel: Text
    bucket: Bucket
    budget: Money
    share: Amount | None = None
    cpm: Money | None = None
    ctr: Rate | None = None
    conversion_rate: Rate | None = None
    close_rate: Rate | None = None
    source: Text = ""
    assumption: bool = True
    assumed: Texts = []
    minimum_spend: Money | None = None
    reason: Text = ""
    start: datetime.date | None = None
    end: datetime.date | None = None


class Line(Results, Inputs):
    """A channel of the plan."""


class Stated(Part):
    """The money of the plan: `total` is stated, `contingency` kept back from it, `budget` is what the lines spend."""

    total: Money | None = None
    contingency: Money = "0"
    budget: Amount | None = None
    currency: Text = ""
    price: Amount | None = None


class Totals(Results, Stated):
    """The plan as a whole."""


class Period(Part):
    """A month, its part of the spending and of the conversion rate, in percent."""

    month: int
    stage: Literal["testing", "optimisation", "scaling"]
    spending: Amount
    conversion: Amount
    budget: Amount


class MonthForecast(Results, Period):
    """One of the three months."""


class Alert(Part):
    """Something in the plan that the client must know."""

    kind: AlertKind
    channel: Text = ""
    message: Text


class MediaPlan(Part):
    """The deliverable of stage 7."""

    lines: Rows[Line]
    totals: Totals = Totals()
    months: Rows[MonthForecast] = []
    alerts: Rows[Alert] = []
