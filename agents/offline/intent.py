"""What a customer wants, by weighted phrases."""

from __future__ import annotations

from functools import cache

from agents.offline import scoring
from agents.offline.phrases import Phrasebook
from agents.offline.rulebook import load
from agents.offline.text import Text


@cache
def phrasebook() -> Phrasebook:
    return Phrasebook(load("intent")["phrases"])


def classify(text: Text) -> dict[str, float]:
    """The probability of each intent."""
    found = {(match.group, match.start) for match in phrasebook().find(text.spaced)}
    return scoring.probabilities(scoring.count(group for group, _ in found), load("intent"))
