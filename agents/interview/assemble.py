"""The deliverable: drafted by a model from what was said, or by rules; finished and judged by code either way."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from agents.errors import NoModelAvailable, OutputError, ToolLoopExceeded
from agents.interview.research import only_sourced
from agents.interview.state import InterviewState
from agents.interview.turn import Spent, TurnInput
from agents.interview.verdict import Severity, Verdict
from agents.messages import Deadline, Message, ModelRequest, Role
from agents.prompting import delimit, load
from agents.tools.execution import converse as ask_with_tools

logger = logging.getLogger(__name__)

MAX_TOKENS = 12_000
TEMPERATURE = 0.4
REPAIRS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Assembled:
    """A deliverable that validates, and the rules' verdict on it."""

    deliverable: dict[str, Any]
    verdict: Verdict
    by_model: bool
    spent: Spent


def by_rules(turn: TurnInput, state: InterviewState, spent: Spent) -> Assembled:
    """The worksheet of what the consultant said."""
    deliverable = turn.definition.draft(state.answers, turn.context)
    return Assembled(deliverable=deliverable, verdict=turn.judge(deliverable), by_model=False, spent=spent)


def by_model(turn: TurnInput, state: InterviewState, spent: Spent, deadline: Deadline) -> Assembled:
    """A model's draft on the ground of the worksheet, mended a bounded number of times.

    What the model writes counts only if it validates and is judged no worse than the worksheet, which stands in
    otherwise. Raises `AgentError` when no model answers.
    """
    worksheet = by_rules(turn, state, spent)
    faults, tools = "", turn.tools
    for _attempt in range(REPAIRS + 1):
        try:
            conversation = ask_with_tools(
                _request(turn, worksheet.deliverable, faults),
                tools=tools,
                model_id=turn.model_id,
                deadline=deadline,
                context=turn.call,
                allow_offline=False,
            )
        except ToolLoopExceeded:
            tools = ()
            continue
        except NoModelAvailable as error:
            if not isinstance(error.__cause__, OutputError):
                raise
            logger.warning("A model's deliverable was no use", extra={"stage": turn.definition.slug})
            break
        completion = conversation.completion
        spent = spent.plus(completion, conversation.runs, conversation.sources)
        try:
            # What the consultant stated stays as stated: a model words a deliverable, it does not change its figures.
            proposed = _sourced(completion.response.parsed.model_dump(), turn, worksheet, spent)
            worded = turn.definition.restore(proposed, worksheet.deliverable)
            deliverable = turn.definition.finish(worded, turn.context)
        except ValidationError as error:
            faults = _faults_of(error)
            continue
        verdict = turn.judge(deliverable)
        if _errors(verdict) <= _errors(worksheet.verdict):
            return Assembled(deliverable=deliverable, verdict=verdict, by_model=True, spent=spent)
        faults = "\n".join(
            f"{issue.field}: {issue.message.en} {issue.suggestion.en}"
            for issue in verdict.issues
            if issue.severity is Severity.ERROR
        )
    return Assembled(deliverable=worksheet.deliverable, verdict=worksheet.verdict, by_model=False, spent=spent)


def _sourced(proposed: dict[str, Any], turn: TurnInput, worksheet: Assembled, spent: Spent) -> dict[str, Any]:
    """The proposal without sources that nobody found or gave."""
    found = {name for source in spent.sources for name in (source.url, source.title) if name}
    given = json.dumps([worksheet.deliverable, dict(turn.context.earlier), turn.context.website], ensure_ascii=False)
    return only_sourced(proposed, found | set(turn.sources), given)


def _errors(verdict: Verdict) -> int:
    return sum(issue.severity is Severity.ERROR for issue in verdict.issues)


def _faults_of(error: ValidationError) -> str:
    return "\n".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())


def _request(turn: TurnInput, worksheet: dict[str, Any], faults: str) -> ModelRequest:
    parts = [
        delimit("worksheet", json.dumps(worksheet, ensure_ascii=False)),
        delimit("earlier_deliverables", json.dumps(dict(turn.context.earlier), ensure_ascii=False)[:60_000]),
    ]
    if faults:
        parts.append("Your last draft had these faults; mend them:\n" + delimit("faults", faults))
    language = "Spanish" if turn.context.language == "es" else "English"
    return ModelRequest(
        purpose="interview.assemble",
        prompt=load("interview_assemble", language=language, stage=turn.definition.title.en),
        messages=(Message(role=Role.USER, content="\n\n".join(parts)),),
        schema=turn.definition.output,
        temperature=TEMPERATURE,
        max_tokens=MAX_TOKENS,
    )
