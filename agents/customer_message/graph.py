"""The graph a customer's message goes through: analyst and a speculative draft at once, triage, then what is missing.

    START ─┬─► analyst ───┬─► triage ─┬─► END        the early draft is fit
           └─► speculate ─┘           ├─► drafter    it is not
                                      └─► briefing   a human decides

No node touches the database, and no fault of a node loses the message: a step that fails falls back, and a run whose
analysis failed goes to a human.
"""

from __future__ import annotations

import logging
import operator
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from agents.conf import OFFLINE, settings
from agents.customer_message import analyst, briefing, drafter, triage
from agents.customer_message.result import Result
from agents.customer_message.state import Action, Analysis, CustomerMessage, Language, Rule, Step
from agents.customer_message.steps import Stopwatch
from agents.errors import AgentError
from agents.messages import Deadline
from agents.offline import safety
from agents.providers import registry

if TYPE_CHECKING:
    from langgraph.graph.state import CompiledStateGraph

logger = logging.getLogger(__name__)

TURN_SECONDS = 25.0
# The early draft is a bet: it may not hold the run longer than an ordinary answer takes.
SPECULATION_SECONDS = 12.0
# A sure analysis in another language than the conversation's changes the language of our replies.
SURE_LANGUAGE = 0.8


class State(TypedDict, total=False):
    """What the nodes share; `steps` and `degraded` are added up."""

    message: CustomerMessage
    deadline: Deadline
    analysis: Analysis | None
    draft: drafter.Draft | None
    note: str
    rule: Rule
    action: Action
    sla_breached: bool
    language: str
    steps: Annotated[list[Step], operator.add]
    degraded: Annotated[list[str], operator.add]


def run(message: CustomerMessage) -> Result:
    """Take one message through the graph. Never raises: what cannot be handled is a case for a human."""
    try:
        state = compiled().invoke(
            {"message": message, "deadline": Deadline.after(TURN_SECONDS), "steps": [], "degraded": []},
            {"recursion_limit": 10},
        )
    except Exception:  # whatever is wrong with us, the customer's message must reach somebody
        logger.exception("The pipeline failed", extra={"run": str(message.run_id)})
        return unhandled(message)
    made = state.get("draft") or drafter.fallback(state["language"])
    return Result(
        action=state["action"],
        rule=state["rule"],
        sla_breached=state["sla_breached"],
        language=state["language"],
        reply=made.text,
        analysis=state.get("analysis"),
        note=state.get("note", ""),
        degraded=tuple(state["degraded"]),
        steps=tuple(state["steps"]),
        by_model=made.by_model,
    )


@cache
def compiled() -> CompiledStateGraph:
    """The graph, compiled once a process. LangGraph is imported here: it costs every command a second."""
    from langgraph.graph import END, START, StateGraph

    graph = StateGraph(State)
    for node in (_analyst, _speculate, _triage, _drafter, _briefing):
        graph.add_node(node.__name__.lstrip("_"), node)
    graph.add_edge(START, "analyst")
    graph.add_edge(START, "speculate")
    graph.add_edge(["analyst", "speculate"], "triage")
    graph.add_conditional_edges("triage", _missing, {"drafter": "drafter", "briefing": "briefing", "nothing": END})
    graph.add_edge("drafter", END)
    graph.add_edge("briefing", END)
    return graph.compile()


def _analyst(state: State) -> dict[str, Any]:
    watch = Stopwatch("analyst")
    try:
        analysis, completion = analyst.analyse(state["message"], deadline=state["deadline"])
    except AgentError as error:
        logger.exception("The analysis failed", extra={"run": str(state["message"].run_id)})
        return {"analysis": None, "steps": [watch.step(error.code)], "degraded": ["analyst"]}
    fell_back = completion.fallback and completion.response.provider == OFFLINE and _has_model(state["message"])
    return {
        "analysis": analysis,
        "steps": [watch.step("fallback" if fell_back else "ok", completion)],
        "degraded": ["analyst"] if fell_back else [],
    }


def _speculate(state: State) -> dict[str, Any]:
    """Draft while the analyst works. Not by rules, which need the analysis, and never to the run's harm."""
    message = state["message"]
    if not settings().speculative_draft or not _has_model(message) or safety.suspected_injection(message.text):
        return {}
    watch = Stopwatch("speculate")
    try:
        made = drafter.speculate(message, deadline=state["deadline"].sooner(SPECULATION_SECONDS))
    except AgentError as error:
        return {"steps": [watch.step(error.code)]}
    return {"draft": made, "steps": [watch.step("ok", made.completion)]}


def _triage(state: State) -> dict[str, Any]:
    message, analysis = state["message"], state.get("analysis")
    watch = Stopwatch("triage")
    late = triage.is_sla_breached(message.sent_at, message.now, message.sla_hours)
    language, known = reply_language(message, analysis)
    rule, action = triage.decide(
        triage.Facts(
            analysis=analysis,
            sla_breached=late,
            suspected_injection=safety.suspected_injection(message.text)
            or bool(analysis and analysis.suspected_injection),
            asks_for_human=safety.asks_for_human(message.text) or bool(analysis and analysis.asks_for_human),
            language_known=known,
            must_escalate=message.must_escalate,
        )
    )
    triage.logger.info(
        "", extra={"client": message.client_id, "sla_breached": late, "proposed_action": action, "rule": rule}
    )
    intent = analysis.intent if analysis else ""
    fit = drafter.fits(state.get("draft"), message, language=language, intent=intent, rule=rule)
    return {
        "rule": rule,
        "action": action,
        "sla_breached": late,
        "language": language,
        "draft": state.get("draft") if fit else None,
        "steps": [watch.step(rule)],
    }


def _missing(state: State) -> list[str]:
    """What is still to be made after triage; both at once when both are."""
    nodes = [] if state.get("draft") else ["drafter"]
    if state["action"] == Action.ESCALATE_TO_HUMAN:
        nodes.append("briefing")
    return nodes or ["nothing"]


def _drafter(state: State) -> dict[str, Any]:
    watch = Stopwatch("drafter")
    made = draft_reply(
        state["message"],
        analysis=state.get("analysis"),
        rule=state["rule"],
        action=state["action"],
        language=state["language"],
        deadline=state["deadline"],
    )
    fell_back = made.is_fallback and state["rule"] != Rule.SUSPECTED_INJECTION
    return {
        "draft": made,
        "steps": [watch.step("fallback" if fell_back else "ok", made.completion)],
        "degraded": ["drafter"] if fell_back else [],
    }


def _briefing(state: State) -> dict[str, Any]:
    watch = Stopwatch("briefing")
    try:
        note, completion = briefing.brief(
            state["message"],
            analysis=state.get("analysis"),
            rule=state["rule"],
            sla_breached=state["sla_breached"],
            language=state["language"],
            deadline=state["deadline"],
        )
    except AgentError as error:
        logger.warning("The briefing failed", extra={"run": str(state["message"].run_id), "reason": error.code})
        return {"note": "", "steps": [watch.step(error.code)], "degraded": ["briefing"]}
    return {"note": note, "steps": [watch.step("ok", completion)]}


def draft_reply(
    message: CustomerMessage,
    *,
    analysis: Analysis | None,
    rule: Rule | None,
    action: str,
    language: str,
    deadline: Deadline,
) -> drafter.Draft:
    """A reply that takes the analysis into account; also what an approval without a draft starts."""
    brief = drafter.Brief(
        language=language,
        sentiment=analysis.sentiment if analysis else "",
        intent=analysis.intent if analysis else "",
        action=action,
    )
    return drafter.draft(message, brief, rule=rule, deadline=deadline)


def reply_language(message: CustomerMessage, analysis: Analysis | None) -> tuple[str, bool]:
    """The language to answer in, and whether it is known.

    A conversation keeps its language unless the customer clearly writes in another: a bare "ok" changes nothing.
    """
    pinned = message.pinned_language
    if analysis is None:
        return pinned or Language.ENGLISH, bool(pinned)
    if pinned and analysis.language != pinned and analysis.language_confidence < SURE_LANGUAGE:
        return pinned, True
    return analysis.language, analysis.language_confidence >= triage.UNDETERMINED_BELOW


def _has_model(message: CustomerMessage) -> bool:
    return registry.serving_model(message.model_id).provider != OFFLINE


def unhandled(message: CustomerMessage) -> Result:
    """A case for a human, with the fixed sentence as draft: no model and no rule has looked at the message."""
    late = triage.is_sla_breached(message.sent_at, message.now, message.sla_hours)
    language = message.pinned_language or Language.ENGLISH
    return Result(
        action=Action.ESCALATE_TO_HUMAN,
        rule=Rule.ANALYSIS_FAILED,
        sla_breached=late,
        language=language,
        reply=drafter.fallback(language).text,
        degraded=("pipeline",),
    )
