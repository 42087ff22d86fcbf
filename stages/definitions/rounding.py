"""Rounding in decimals: half-even to the cent, and largest remainder for parts of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext

CENT = Decimal("0.01")
# Enough for the largest amounts multiplied and divided by the smallest rates that the schemas take.
PRECISION = 150


def to_cent(value: Decimal) -> Decimal:
    """Half-even to two places."""
    return to_step(value, CENT)


def to_step(value: Decimal, step: Decimal) -> Decimal:
    """Half-even to the places of `step`, however large the value."""
    with localcontext() as context:
        context.prec = PRECISION
        return value.quantize(step, ROUND_HALF_EVEN)


def divide(dividend: Decimal | None, divisor: Decimal | None) -> Decimal | None:
    """A quotient, or None where there is none: by nought, or of something unknown."""
    if dividend is None or not divisor:
        return None
    with localcontext() as context:
        context.prec = PRECISION
        return dividend / divisor


def apportion(total: Decimal, weights: Sequence[Decimal], step: Decimal = CENT) -> list[Decimal]:
    """`total` in parts proportional to `weights`, each a multiple of `step`, summing exactly (largest remainder).

    `total` must itself be a multiple of `step`. Ties go to the earlier part. All weights nought: all parts are nought.
    """
    whole = sum(weights, Decimal(0))
    if not whole:
        return [Decimal(0) * step for _ in weights]
    with localcontext() as context:
        context.prec = PRECISION
        exact = [total * weight / whole / step for weight in weights]
        floors = [value.quantize(Decimal(1), ROUND_DOWN) for value in exact]
        missing = int(total / step - sum(floors, Decimal(0)))
        order = sorted(range(len(exact)), key=lambda position: (floors[position] - exact[position], position))
        for position in order[:missing]:
            floors[position] += 1
        return [count * step for count in floors]
