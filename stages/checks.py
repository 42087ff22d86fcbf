"""System checks of the stage definitions: a wrong one stops the start, not a consultant's conversation."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register

from agents.prompting import PROMPTS
from stages.definitions.catalogue import CATALOGUE
from stages.definitions.validation import problems
from stages.services.tools import KNOWN


@register
def stage_definitions_are_sound(**_: Any) -> list[Error]:
    prompts = {path.stem for path in PROMPTS.glob("*.md")}
    return [
        Error(problem.message, id=f"stages.{problem.code}")
        for problem in problems(CATALOGUE, prompts=prompts, tools=KNOWN)
    ]
