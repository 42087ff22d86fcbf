"""What the pipeline hands back for one run."""

from __future__ import annotations

from dataclasses import dataclass

from agents.customer_message.state import Action, Analysis, Rule, Step

# Stored with every run; raised when steps, rules or meanings change.
GRAPH_VERSION = "1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The verdict on a message. `reply` is what to send, or, for a human's case, what is proposed to be sent.

    `degraded` names the steps that fell back; `analysis` is None when even the rules failed; `by_model` says that a
    model worded the reply.
    """

    action: Action
    rule: Rule
    sla_breached: bool
    language: str
    reply: str
    analysis: Analysis | None = None
    note: str = ""
    degraded: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    by_model: bool = False
