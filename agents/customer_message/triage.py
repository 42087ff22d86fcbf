"""Who answers: a pure function over a table of rules, the first that fits. Models have no say here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agents.customer_message.state import Action, Analysis, Intent, Rule, Sentiment

logger = logging.getLogger(__name__)

# A verdict less sure than this is no verdict: a human decides.
UNDETERMINED_BELOW = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What triage looks at. `language_known` is false when neither the message nor the conversation tells it."""

    analysis: Analysis | None
    sla_breached: bool
    suspected_injection: bool
    asks_for_human: bool
    language_known: bool
    must_escalate: str = ""


def _negative(facts: Facts) -> bool:
    return facts.analysis is not None and facts.analysis.sentiment == Sentiment.NEGATIVE


def _undetermined(facts: Facts) -> bool:
    analysis = facts.analysis
    if analysis is None or not facts.language_known:
        return True
    return min(analysis.sentiment_confidence, analysis.intent_confidence) < UNDETERMINED_BELOW


def _refund(facts: Facts) -> bool:
    return facts.analysis is not None and facts.analysis.intent == Intent.REFUND_REQUEST


def _must(rule: Rule) -> Callable[[Facts], bool]:
    return lambda facts: facts.must_escalate == rule


RULES: tuple[tuple[Rule, Callable[[Facts], bool], Action], ...] = (
    (Rule.UNREADABLE_CONTENT, _must(Rule.UNREADABLE_CONTENT), Action.ESCALATE_TO_HUMAN),
    (Rule.SUSPECTED_INJECTION, lambda facts: facts.suspected_injection, Action.ESCALATE_TO_HUMAN),
    (Rule.ANALYSIS_FAILED, lambda facts: facts.analysis is None, Action.ESCALATE_TO_HUMAN),
    (Rule.NEGATIVE_SENTIMENT, _negative, Action.ESCALATE_TO_HUMAN),
    (Rule.SLA_BREACHED, lambda facts: facts.sla_breached, Action.ESCALATE_TO_HUMAN),
    (Rule.ASKS_FOR_HUMAN, lambda facts: facts.asks_for_human, Action.ESCALATE_TO_HUMAN),
    (Rule.UNDETERMINED, _undetermined, Action.ESCALATE_TO_HUMAN),
    (Rule.EARLIER_MESSAGE, _must(Rule.EARLIER_MESSAGE), Action.ESCALATE_TO_HUMAN),
    (Rule.REFUND_REQUEST, _refund, Action.PROCESS_REFUND),
    (Rule.STANDARD, lambda facts: True, Action.SEND_STANDARD_RESPONSE),
)


def decide(facts: Facts) -> tuple[Rule, Action]:
    """The first rule that fits, and what it proposes."""
    return next((rule, action) for rule, fits, action in RULES if fits(facts))


def sla_due_at(sent_at: datetime, hours: float) -> datetime:
    """Until when a message must have been answered."""
    return sent_at + timedelta(hours=hours)


def is_sla_breached(sent_at: datetime, now: datetime, hours: float) -> bool:
    """Whether more than `hours` have passed since the customer wrote."""
    return now > sla_due_at(sent_at, hours)
