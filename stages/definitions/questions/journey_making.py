"""How the questions of stage 2 are made."""

from __future__ import annotations

from typing import Any

from agents.interview.state import Answers, Bilingual, InterviewContext, Offered, OfferRule, Question, QuestionKind


def of_persona(key: str) -> OfferRule:
    """What stage 1 says of the persona, to be confirmed."""

    def offer(_answers: Answers, context: InterviewContext) -> Offered | None:
        persona = context.earlier.get("buyer_persona", {}).get("persona", {})
        return Offered(list(persona[key])) if persona.get(key) else None

    return offer


def list_question(key: str, phase: str, name: Bilingual, text: Bilingual, example: Bilingual, **more: Any) -> Question:
    return Question(
        key=key,
        phase=phase,
        kind=QuestionKind.LIST,
        name=name,
        text=text,
        example=example,
        minimum=1,
        maximum=10,
        **more,
    )


def text_question(key: str, phase: str, name: Bilingual, text: Bilingual, example: Bilingual, **more: Any) -> Question:
    return Question(key=key, phase=phase, kind=QuestionKind.TEXT, name=name, text=text, example=example, **more)
