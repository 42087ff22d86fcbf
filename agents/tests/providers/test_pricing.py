from datetime import date
from decimal import Decimal

import pytest

from agents.conf import from_mapping
from agents.messages import Usage
from agents.providers.pricing import cost, prices

DAY = date(2026, 11, 22)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (Usage(prompt_tokens=MILLION), "2.5"),
        (Usage(completion_tokens=MILLION), "10"),
        (Usage(completion_tokens=MILLION, reasoning_tokens=MILLION), "10"),
        (Usage(prompt_tokens=MILLION, cached_tokens=MILLION), "1.25"),
        (Usage(prompt_tokens=1000, cached_tokens=400, completion_tokens=100), "0.003"),
        (Usage(), "0"),
    ],
)
def test_a_cost_is_tokens_times_price(usage, expected):
    assert cost(usage, "gpt-4o", day=DAY) == Decimal(expected)


@pytest.mark.parametrize("name", ["gpt-4o-2024-08-06", "gpt-4o-latest"])
def test_a_dated_name_costs_what_its_model_costs(name):
    assert cost(Usage(prompt_tokens=MILLION), name, day=DAY) == Decimal("2.5")


def test_an_unknown_name_falls_back_to_the_one_asked_for():
    assert cost(Usage(prompt_tokens=MILLION), "gpt-4o@azure", "gpt-4o", day=DAY) == Decimal("2.5")


@pytest.mark.parametrize("name", ["", "llama-9", "gpt-4o-turbo"])
def test_an_unknown_price_is_none_and_never_zero(name):
    assert cost(Usage(prompt_tokens=1), name, day=DAY) is None


def test_writing_to_the_cache_has_its_own_price():
    usage = Usage(prompt_tokens=MILLION // 10, cache_write_tokens=MILLION // 10)
    assert cost(usage, "claude-opus-5-5", day=DAY) == Decimal("0.5")
    assert cost(usage, "gpt-4o", day=DAY) is None


def test_a_price_holds_up_to_its_prompt_length_and_its_last_day():
    assert cost(Usage(prompt_tokens=100_000), "claude-haiku-5-5", day=DAY) == Decimal("0.01")
    assert cost(Usage(prompt_tokens=100_001), "claude-haiku-5-5", day=DAY) is None
    assert cost(Usage(prompt_tokens=MILLION), "gemini-3.8-flash", day=date(2026, 12, 31)) == Decimal("0.75")
    assert cost(Usage(prompt_tokens=MILLION), "gemini-3.8-flash", day=date(2027, 1, 1)) is None


def test_every_shipped_model_has_a_price():
    assert {model.name for model in from_mapping({}).models.values()} <= set(prices())
