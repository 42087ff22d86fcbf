"""What a request cost, from a dated price list."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from agents.messages import Usage

PRICES = Path(__file__).parent / "prices.json"
MILLION = Decimal(1_000_000)
MICRODOLLAR = Decimal("0.000001")
# `gpt-4o-2024-08-06`, `claude-haiku-4-5-20251001`, `gemini-2.5-pro-001`: a dated name costs what its model costs.
VERSION = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{8}|\d{3}|latest)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """USD a million tokens. A price the list does not give, or that does not hold here, is None: unknown."""

    prompt: Decimal
    completion: Decimal
    cached: Decimal | None = None
    cache_write: Decimal | None = None
    prompt_limit: int | None = None
    until: date | None = None

    def cost(self, usage: Usage, day: date) -> Decimal | None:
        expired = self.until is not None and day > self.until
        if expired or (self.prompt_limit is not None and usage.prompt_tokens > self.prompt_limit):
            return None
        parts = (
            (usage.prompt_tokens - usage.cached_tokens - usage.cache_write_tokens, self.prompt),
            (usage.cached_tokens, self.cached),
            (usage.cache_write_tokens, self.cache_write),
            (usage.completion_tokens, self.completion),
        )
        if any(tokens and price is None for tokens, price in parts):
            return None
        spent = sum((tokens * price for tokens, price in parts if price is not None), Decimal(0))
        return (spent / MILLION).quantize(MICRODOLLAR)


@lru_cache(maxsize=1)
def prices() -> Mapping[str, Price]:
    """The list, by the provider's name of the model."""
    listed = json.loads(PRICES.read_text(encoding="utf-8"), parse_float=Decimal)
    return {name: _price(**entry) for name, entry in listed["usd_per_million_tokens"].items()}


def _price(*, prompt_limit: int | None = None, until: str | None = None, **amounts: Any) -> Price:
    return Price(
        prompt_limit=prompt_limit,
        until=date.fromisoformat(until) if until else None,
        **{name: Decimal(amount) for name, amount in amounts.items()},
    )


def cost(usage: Usage, *names: str, day: date | None = None) -> Decimal | None:
    """The cost in USD on `day` (default: today) by the first of `names` that has a price; None when unknown."""
    for name in names:
        if price := prices().get(name) or prices().get(VERSION.sub("", name)):
            return price.cost(usage, day or date.today())
    return None
