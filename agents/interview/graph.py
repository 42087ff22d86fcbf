"""One turn of a stage as a graph.

    START ─► converse ─► [every question answered?] ─► assemble ─► review ─► END

The deliverable is validated and mended inside `assemble`. Without a model each node works by rules.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict

from agents.conf import OFFLINE, settings
from agents.errors import AgentError
from agents.interview import assemble, converse
from agents.interview import review as reviewing
from agents.interview.turn import Spent, TurnInput, TurnResult
from agents.interview.verdict import Verdict
from agents.messages import Deadline
from agents.offline import interviewer
from agents.providers import registry

if TYPE_CHECKING:
    from langgraph.graph.state import CompiledStateGraph

logger = logging.getLogger(__name__)

TURN_SECONDS = 60.0


class State(TypedDict, total=False):
    """What the nodes share."""

    turn: TurnInput
    deadline: Deadline
    heard: converse.Heard
    assembled: assemble.Assembled
    verdict: Verdict
    spent: Spent


def run(turn: TurnInput) -> TurnResult:
    """One turn. Raises `AgentError` when every model fails and the rules may not carry on."""
    state = compiled().invoke({"turn": turn, "deadline": Deadline.after(TURN_SECONDS)}, {"recursion_limit": 10})
    heard: converse.Heard = state["heard"]
    assembled: assemble.Assembled | None = state.get("assembled")
    if assembled is None:
        return TurnResult(state=heard.state, message=heard.message, spent=state["spent"])
    verdict = state["verdict"]
    told = interviewer.after_gate(turn.definition, turn.context, heard.state, verdict)
    return TurnResult(
        state=told.state,
        message=told.message,
        spent=state["spent"],
        deliverable=assembled.deliverable,
        by_model=assembled.by_model,
        verdict=verdict,
    )


@cache
def compiled() -> CompiledStateGraph:
    """The graph, compiled once a process. LangGraph is imported here: it costs every command a second."""
    from langgraph.graph import END, START, StateGraph

    graph = StateGraph(State)
    graph.add_node("converse", _converse)
    graph.add_node("assemble", _assemble)
    graph.add_node("review", _review)
    graph.add_edge(START, "converse")
    graph.add_conditional_edges("converse", _is_complete, {True: "assemble", False: END})
    graph.add_edge("assemble", "review")
    graph.add_edge("review", END)
    return graph.compile()


def _converse(state: State) -> dict[str, Any]:
    turn = state["turn"]
    turn.listener("status", {"status": "thinking"})
    if not has_model(turn.model_id):
        heard = converse.by_rules(turn, Spent(model_id=OFFLINE, provider=OFFLINE))
    else:
        try:
            heard = converse.by_model(turn, Spent(), state["deadline"])
        except AgentError as error:
            if OFFLINE not in settings().fallback_models:
                raise
            logger.warning("Rules carry the interview on", extra={"reason": error.code})
            heard = converse.by_rules(turn, Spent(model_id=OFFLINE, provider=OFFLINE, fallback=True))
    return {"heard": heard, "spent": heard.spent}


def _is_complete(state: State) -> bool:
    return state["heard"].complete


def _assemble(state: State) -> dict[str, Any]:
    turn, heard = state["turn"], state["heard"]
    turn.listener("status", {"status": "assembling"})
    if heard.spent.provider == OFFLINE:
        made = assemble.by_rules(turn, heard.state, heard.spent)
    else:
        try:
            made = assemble.by_model(turn, heard.state, heard.spent, state["deadline"])
        except AgentError as error:
            if OFFLINE not in settings().fallback_models:
                raise
            logger.warning("Rules assemble the deliverable", extra={"reason": error.code})
            made = assemble.by_rules(turn, heard.state, heard.spent)
    return {"assembled": made, "spent": made.spent}


def _review(state: State) -> dict[str, Any]:
    turn, made = state["turn"], state["assembled"]
    if made.spent.provider == OFFLINE:
        return {"verdict": made.verdict}
    turn.listener("status", {"status": "reviewing"})
    verdict, spent = reviewing.review(turn, made, state["deadline"])
    return {"verdict": verdict, "spent": spent}


def has_model(model_id: str) -> bool:
    """Whether a model will be asked at all."""
    return registry.serving_model(model_id).provider != OFFLINE
