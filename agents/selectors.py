"""Reads of the agents app: what models were called for, and what that took."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from agents.models import ModelCall, Outcome

GROUPS = {"account": F("account__client_name"), "day": TruncDate("created_at"), "model": F("vendor_model")}


def spending(
    calls: QuerySet[ModelCall], *, by: Literal["account", "day", "model"], limit: int = 10
) -> list[dict[str, Any]]:
    """Totals of `calls`, the newest days or the dearest groups first: `group`, `calls`, `failed`, `prompt_tokens`,
    `completion_tokens`, `cost_usd` (None when nothing has a price) and `unpriced`, the calls with tokens but no price.
    """
    totals = (
        calls.order_by()
        .values(group=GROUPS[by])
        .annotate(
            calls=Count("pk"),
            failed=Count("pk", filter=~Q(outcome=Outcome.OK)),
            # Before the sums, which take the names of the columns it looks at.
            unpriced=Count("pk", filter=Q(cost_usd=None) & ~Q(prompt_tokens=0, completion_tokens=0)),
            prompt_tokens=Sum("prompt_tokens"),
            completion_tokens=Sum("completion_tokens"),
            cost_usd=Sum("cost_usd"),
        )
    )
    order = F("group").desc() if by == "day" else F("cost_usd").desc(nulls_last=True)
    return list(totals.order_by(order, "-calls", "group")[:limit])


def recent(calls: QuerySet[ModelCall], *, days: int) -> QuerySet[ModelCall]:
    """The calls of the last `days` days."""
    return calls.filter(created_at__gte=timezone.now() - timedelta(days=days))
