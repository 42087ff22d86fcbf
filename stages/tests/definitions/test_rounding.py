"""Parts of a whole sum exactly; a division by nought is nothing."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.definitions.rounding import apportion, divide, to_cent

TOTALS = st.decimals(min_value=0, max_value=10**12, places=2)
WEIGHTS = st.lists(st.decimals(min_value=0, max_value=10**6, places=4), min_size=1, max_size=60)


def test_thirds_of_a_hundred_sum_to_a_hundred():
    assert apportion(Decimal(100), [Decimal(1)] * 3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_the_largest_remainder_gets_the_cent():
    assert apportion(Decimal("0.05"), [Decimal(1), Decimal(2), Decimal(7)]) == [
        Decimal("0.01"),
        Decimal("0.01"),
        Decimal("0.03"),
    ]


def test_whole_percents_sum_to_a_hundred():
    assert apportion(Decimal(100), [Decimal("7.5"), Decimal("7.2"), Decimal("6.8")], step=Decimal(1)) == [35, 33, 32]


@given(TOTALS, WEIGHTS)
def test_parts_sum_to_the_whole_and_none_is_a_cent_off(total, weights):
    parts = apportion(total, weights)
    whole = sum(weights)
    assert sum(parts) == (total if whole else 0)
    assert all(
        abs(part - total * weight / whole) < Decimal("0.010001")
        for part, weight in zip(parts, weights, strict=True)
        if whole
    )


@given(TOTALS, WEIGHTS)
def test_a_larger_weight_never_gets_less(total, weights):
    pairs = sorted(zip(weights, apportion(total, weights), strict=True), key=lambda pair: pair[0])
    assert all(one[1] <= other[1] for one, other in pairwise(pairs) if one[0] < other[0])


@pytest.mark.parametrize(("dividend", "divisor"), [(1, 0), (None, 2), (1, None), (0, 0)])
def test_a_division_that_cannot_be_made_is_none(dividend, divisor):
    given_ = [None if value is None else Decimal(value) for value in (dividend, divisor)]
    assert divide(*given_) is None


@pytest.mark.parametrize(
    ("value", "cents"), [("0.005", "0.00"), ("0.015", "0.02"), ("2.675", "2.68"), ("-1.005", "-1.00")]
)
def test_cents_are_rounded_half_to_even(value, cents):
    assert str(to_cent(Decimal(value))) == cents
