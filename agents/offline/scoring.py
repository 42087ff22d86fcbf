"""Turns counted features into probabilities: a weighted sum for each label, then softmax."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any


def probabilities(features: Mapping[str, float], rules: Mapping[str, Any]) -> dict[str, float]:
    """The probability of each label of `rules["bias"]`; a repeated feature counts for more, but not without end."""
    scores = dict(rules["bias"])
    for name, count in features.items():
        worth = 1 + rules["repeated_worth"] * (min(count, rules["counts_up_to"]) - 1) if count else 0
        for label, weight in rules["features"].get(name, {}).items():
            scores[label] += weight * worth
    return _softmax(scores)


def most_likely(chances: Mapping[str, float]) -> tuple[str, float]:
    return max(chances.items(), key=lambda item: item[1])


def count(names: Iterable[str]) -> dict[str, float]:
    counted: dict[str, float] = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    return counted


def _softmax(scores: Mapping[str, float]) -> dict[str, float]:
    highest = max(scores.values())
    powers = {label: math.exp(score - highest) for label, score in scores.items()}
    total = sum(powers.values())
    return {label: power / total for label, power in powers.items()}
