"""The stages in their order, and what is wrong with them if anything is."""

from __future__ import annotations

from stages.definitions import (
    buyer_persona,
    buyers_journey,
    channels,
    content_pillars,
    editorial_calendar,
    media_plan,
    offer,
)
from stages.definitions.base import StageDefinition

CATALOGUE: tuple[StageDefinition, ...] = (
    buyer_persona.DEFINITION,
    buyers_journey.DEFINITION,
    offer.DEFINITION,
    channels.DEFINITION,
    content_pillars.DEFINITION,
    editorial_calendar.DEFINITION,
    media_plan.DEFINITION,
)
TOTAL_STAGES = len(CATALOGUE)


def definition(number: int) -> StageDefinition:
    """The definition of a stage by its number, from 1; KeyError if there is none."""
    for stage in CATALOGUE:
        if stage.number == number:
            return stage
    raise KeyError(number)
