"""The stages in their order, and what is wrong with them if anything is."""

from __future__ import annotations

from stages.definitions import buyer_persona, buyers_journey, offer
from stages.definitions.base import StageDefinition

CATALOGUE: tuple[StageDefinition, ...] = (
    buyer_persona.DEFINITION,
    buyers_journey.DEFINITION,
    offer.DEFINITION,
)
TOTAL_STAGES = len(CATALOGUE)


def definition(number: int) -> StageDefinition:
    """The definition of a stage by its number, from 1; KeyError if there is none."""
    for stage in CATALOGUE:
        if stage.number == number:
            return stage
    raise KeyError(number)
