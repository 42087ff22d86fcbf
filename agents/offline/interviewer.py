"""The interview without a model: asks a definition's questions in turn, by rules. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from agents.interview.answers import settle, started, with_reopened
from agents.interview.progress import is_complete, next_question
from agents.interview.state import InterviewContext, InterviewDefinition, InterviewState
from agents.interview.verdict import Decision, Severity, Verdict
from agents.offline import interviewer_phrases as say
from agents.offline.interviewer_listening import Listener
from agents.offline.interviewer_orders import says_done
from agents.offline.interviewer_reading import written_language


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What a message led to. `complete`: every required question is answered, so the deliverable can be drafted."""

    state: InterviewState
    message: str
    answered: tuple[str, ...] = ()
    complete: bool = False


def opening(
    definition: InterviewDefinition,
    context: InterviewContext,
    *,
    state: InterviewState | None = None,
    language: str = "",
) -> Turn:
    """The agent's first message; `state` holds answers kept from before a reset."""
    begun = started(definition, state)
    spoken = language or begun.spoken or context.language
    question = next_question(definition, begun)
    asked = say.ask(question, begun, context, spoken) if question else say.ready_to_edit(definition, spoken)
    if question and begun.answers:
        asked = f"{say.kept(len(begun.answers), spoken)}\n\n{asked}"
    return Turn(state=begun, message=f"{say.greet(definition, context, spoken)}\n\n{asked}", complete=question is None)


def take_turn(
    definition: InterviewDefinition,
    context: InterviewContext,
    state: InterviewState,
    message: str,
    *,
    language: str = "",
) -> Turn:
    """The next turn: what the message answers or corrects, and what is asked now.

    The reply is in `language`, or in the one the consultant writes; in the account's until that is clear.
    """
    before = settle(definition, state).model_copy(update={"spoken": written_language(message) or state.spoken})
    spoken = language or before.spoken or context.language
    was_complete = is_complete(definition, before)
    listener = Listener(definition, context, before, spoken)
    listener.hear(message)
    question = next_question(definition, listener.state)
    parts = ["\n".join(listener.said)]
    if question and listener.answered and question.phase != before.phase:
        parts.append(say.phase_begins(next(p for p in definition.phases if p.key == question.phase), spoken))
    if question:
        parts.append(say.ask(question, listener.state, context, spoken))
    elif was_complete and not says_done(message):
        parts.append(say.waits_for_done(spoken))
    elif listener.answered or was_complete:
        parts.append(say.all_answered(spoken))
    return Turn(
        state=listener.state,
        message="\n\n".join(filter(None, parts)),
        answered=tuple(listener.answered),
        complete=is_complete(definition, listener.state),
    )


def after_gate(
    definition: InterviewDefinition,
    context: InterviewContext,
    state: InterviewState,
    verdict: Verdict,
    *,
    language: str = "",
    by_model: bool = False,
) -> Turn:
    """What the consultant hears when the deliverable was judged; a rejection opens the answers that would mend it."""
    spoken = language or state.spoken or context.language
    told = say.closing(definition, verdict, spoken, by_model=by_model)
    if verdict.decision is not Decision.REJECTED:
        return Turn(state=state, message=told, complete=True)
    keys = [issue.question for issue in verdict.issues if issue.severity is Severity.ERROR and issue.question]
    reopened = with_reopened(definition, state, keys)
    question = next_question(definition, reopened)
    asked = say.ask(question, reopened, context, spoken) if question else ""
    return Turn(state=reopened, message=f"{told}\n\n{asked}".strip())
