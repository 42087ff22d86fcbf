"""A model's judgement of a deliverable. It adds objections; what the rules rejected stays rejected."""

from __future__ import annotations

import json
import logging

from agents.errors import AgentError
from agents.interview.assemble import Assembled
from agents.interview.state import Review
from agents.interview.turn import Spent, TurnInput
from agents.interview.verdict import Verdict
from agents.messages import Deadline, Message, ModelRequest, Role
from agents.prompting import delimit, load
from agents.providers import registry

logger = logging.getLogger(__name__)
MAX_TOKENS = 2000
TEMPERATURE = 0.2


def review(turn: TurnInput, assembled: Assembled, deadline: Deadline) -> tuple[Verdict, Spent]:
    """The verdict with a reviewer's objections, or the rules' own when no reviewer answers."""
    try:
        completion = registry.complete(
            _request(turn, assembled),
            model_id=turn.model_id,
            deadline=deadline,
            context=turn.call,
            allow_offline=False,
        )
    except AgentError as error:
        logger.warning("No review", extra={"stage": turn.definition.slug, "reason": error.code})
        return assembled.verdict, assembled.spent
    found = completion.response.parsed
    return turn.judge(assembled.deliverable, review=found), assembled.spent.plus(completion)


def _request(turn: TurnInput, assembled: Assembled) -> ModelRequest:
    language = "Spanish" if turn.context.language == "es" else "English"
    content = "\n\n".join(
        (
            delimit("deliverable", json.dumps(assembled.deliverable, ensure_ascii=False)),
            delimit("earlier_deliverables", json.dumps(dict(turn.context.earlier), ensure_ascii=False)[:60_000]),
        )
    )
    return ModelRequest(
        purpose="interview.review",
        prompt=load("interview_review", language=language, stage=turn.definition.title.en),
        messages=(Message(role=Role.USER, content=content),),
        schema=Review,
        temperature=TEMPERATURE,
        max_tokens=MAX_TOKENS,
    )
