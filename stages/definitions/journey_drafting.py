"""Stage 2 by rules: the rows of the journey from what was said, what stage 1 says, and common practice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from agents.interview.state import Bilingual
from stages.definitions.audience import Audience, audience
from stages.definitions.base import Given
from stages.definitions.buyer_persona import BuyerPersona
from stages.definitions.texts import flowing, join

PRACTICE = Path(__file__).parent / "data" / "journey_practice"


@cache
def practice(buyer: Audience) -> Mapping[str, Any]:
    """Common practice a phase: contents, formats, measures; proposed, and marked as assumptions."""
    return json.loads((PRACTICE / f"{buyer}.json").read_text(encoding="utf-8"))


def buyer_of(given: Given, stage1: BuyerPersona, language: str) -> Audience:
    """Who buys, by stage 1 and by who takes part in the decision."""
    return audience(stage1, given.items("decision_people"), language)


def phases(given: Given, stage1: BuyerPersona, language: str) -> list[dict[str, str]]:
    """The cells of each row, in order."""
    rows = [
        _awareness(given, stage1, language),
        _consideration(given, stage1, language),
        _decision(given, language),
    ]
    if given.text("delight_wanted") == "yes":
        rows.append(_delight(given, language))
    common = practice(buyer_of(given, stage1, language))
    return [{"persona": stage1.persona.name, **common[row["phase"]][language], **row} for row in rows]


def _awareness(given: Given, stage1: BuyerPersona, language: str) -> dict[str, str]:
    note = Bilingual("Motivaciones de la etapa 1", "Motivations from stage 1").of(language)
    need = Bilingual("Entender a qué se debe y qué puede hacer", "Understand what causes it and what can be done")
    return {
        "phase": "awareness",
        "trigger": given.text("awareness_trigger"),
        "need": f"{need.of(language)}: {flowing(given.items('awareness_symptoms'), language)}",
        "key_questions": join(given.items("awareness_questions")),
        "obstacles": join(given.items("awareness_obstacles")),
        "information_sought": join(given.items("awareness_information")),
        "criteria": join(stage1.persona.goals),
        "actors": stage1.persona.name,
        "notes": f"{note}: {join(stage1.persona.motivations)}",
    }


def _consideration(given: Given, stage1: BuyerPersona, language: str) -> dict[str, str]:
    note = Bilingual("Comportamientos de la etapa 1", "Behaviours from stage 1").of(language)
    return {
        "phase": "consideration",
        "trigger": given.text("consideration_trigger"),
        "need": join(stage1.persona.goals),
        "key_questions": join(given.items("consideration_questions")),
        "obstacles": join(given.items("consideration_obstacles")),
        "information_sought": join(given.items("consideration_information")),
        "criteria": join(given.items("consideration_criteria")),
        "actors": join([stage1.persona.name, *given.items("decision_people")]),
        "notes": f"{note}: {join(stage1.persona.behaviours)}",
    }


def _decision(given: Given, language: str) -> dict[str, str]:
    chosen = Bilingual("Una opción cumple", "One option meets").of(language)
    process = Bilingual("Proceso de compra", "Purchase process").of(language)
    return {
        "phase": "decision",
        "trigger": f"{chosen}: {flowing(given.items('consideration_criteria'), language)}",
        "need": join(given.items("decision_validation")),
        "key_questions": join(given.items("decision_questions")),
        "obstacles": join(given.items("decision_objections")),
        "information_sought": join(given.items("decision_validation")),
        "criteria": join(given.items("consideration_criteria")),
        "actors": join(given.items("decision_people")),
        "notes": f"{process}: {given.text('decision_process')}",
    }


def _delight(given: Given, language: str) -> dict[str, str]:
    words = Bilingual(
        "Ha comprado|qué ha mejorado|qué viene después|No ver resultados",
        "Has bought|what has improved|what comes next|Seeing no results",
    )
    trigger, improved, following, obstacle = words.of(language).split("|")
    upsell = Bilingual("Venta adicional", "Upsell").of(language)
    return {
        "phase": "delight",
        "trigger": trigger,
        "need": join(given.items("delight_expectations")),
        "key_questions": join([improved, following]),
        "obstacles": f"{obstacle}: {flowing(given.items('delight_success'), language)}",
        "information_sought": join(given.items("delight_success")),
        "criteria": join(given.items("delight_recommendation")),
        "actors": join(given.items("decision_people")),
        "notes": f"{upsell}: {join(given.items('delight_upsell'))}",
    }
