"""What a request cost, from a dated price list."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from agents.messages import Usage

PRICES = Path(__file__).parent / "prices.json"
MILLION = Decimal(1_000_000)
MICRODOLLAR = Decimal("0.000001")
# `gpt-4o-2024-08-06`, `claude-haiku-4-5-20251001`, `gemini-2.5-pro-001`: a dated name costs what its model costs.
VERSION = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{8}|\d{3}|latest)$")


@dataclass(frozen=True, slots=True)
class Price:
    """USD a million tokens; cached tokens are prompt tokens at a price of their own."""

    prompt: Decimal
    cached: Decimal
    completion: Decimal


@lru_cache(maxsize=1)
def prices() -> Mapping[str, Price]:
    """The list, by the provider's name of the model."""
    listed = json.loads(PRICES.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    return {name: Price(**price) for name, price in listed["usd_per_million_tokens"].items()}


def cost(usage: Usage, *names: str) -> Decimal | None:
    """The cost in USD by the first of `names` that has a price; None when none has."""
    for name in names:
        if price := prices().get(name) or prices().get(VERSION.sub("", name)):
            fresh = usage.prompt_tokens - usage.cached_tokens
            spent = fresh * price.prompt + usage.cached_tokens * price.cached + usage.completion_tokens * price.completion
            return (spent / MILLION).quantize(MICRODOLLAR)
    return None
