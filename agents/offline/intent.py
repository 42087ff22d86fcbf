"""What a customer wants, by weighted phrases; how the customer feels is evidence too: praise seldom asks for repair."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from agents.offline import scoring
from agents.offline.phrases import Phrasebook
from agents.offline.rulebook import load
from agents.offline.text import Text


@cache
def phrasebook() -> Phrasebook:
    return Phrasebook(load("intent")["phrases"])


def classify(text: Text, signs: Mapping[str, float]) -> dict[str, float]:
    """The probability of each intent; `signs` are the features of sentiment."""
    return scoring.probabilities(features(text, signs), load("intent"))


def features(text: Text, signs: Mapping[str, float]) -> dict[str, float]:
    """How often each group of phrases was found, with the signs."""
    found = {(match.group, match.start) for match in phrasebook().find(text.spaced)}
    return {**signs, **scoring.count(group for group, _ in found)}
