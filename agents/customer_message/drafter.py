"""The drafter: two to four sentences to the customer, checked by code before they count."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from agents.conf import OFFLINE
from agents.customer_message import fitness
from agents.customer_message.context import call_context, user_message
from agents.customer_message.state import Action, CustomerMessage, Intent, Language, Rule, Sentiment
from agents.errors import AgentError
from agents.messages import Completion, Deadline, Message, ModelRequest, Role
from agents.offline.drafter import FALLBACK_REPLIES
from agents.prompting import delimit, load
from agents.providers import registry

logger = logging.getLogger(__name__)
MAX_TOKENS = 500
TEMPERATURE = 0.3

LANGUAGE_RULES = {
    Language.SPANISH: "Write in Spanish, with the form of address the customer uses.",
    Language.ENGLISH: "Write in English.",
    Language.OTHER: "Write in the language of the customer's message.",
}
SITUATIONS = {
    "refund": "The customer asks for money back: confirm that the request has been received and will be reviewed; "
    "do not say that it is granted or when money arrives.",
    "complaint": "The customer is unhappy: apologise plainly for what they describe, without excuses.",
    "": "If the customer complains, apologise plainly. If they ask for money back, say that the request will be "
    "reviewed, not that it is granted.",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A reply; `completion` is None when no model and no rule made it but the fixed sentence stands in."""

    text: str
    completion: Completion | None = None

    @property
    def is_fallback(self) -> bool:
        return self.completion is None

    @property
    def by_model(self) -> bool:
        return self.completion is not None and self.completion.response.provider != OFFLINE


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    """What is known when a draft is made. Nothing yet when it is made at the same time as the analysis."""

    language: str = Language.OTHER
    sentiment: str = Sentiment.NEUTRAL
    intent: str = ""
    action: str = ""

    @property
    def situation(self) -> str:
        if self.intent == Intent.REFUND_REQUEST:
            return "refund"
        return "complaint" if self.sentiment == Sentiment.NEGATIVE else ""


def speculate(message: CustomerMessage, *, deadline: Deadline) -> Draft:
    """A draft from the message alone, before the analysis is known. Raises `AgentError`."""
    return _ask(message, Brief(), deadline=deadline, allow_offline=False)


def draft(message: CustomerMessage, brief: Brief, *, rule: Rule | None, deadline: Deadline) -> Draft:
    """A reply that passed the checks, else the fixed sentence in the customer's language; never fails.

    A suspected injection gets the fixed sentence at once: no model writes to order for it.
    """
    if rule == Rule.SUSPECTED_INJECTION:
        return fallback(brief.language)
    complaint: tuple[str, ...] = ()
    for _attempt in range(2):
        try:
            made = _ask(message, brief, deadline=deadline, complaint=complaint)
        except AgentError as error:
            logger.warning("Drafting failed", extra={"run": str(message.run_id), "reason": error.code})
            break
        complaint = tuple(fitness.faults(made.text, message, brief.language))
        if not complaint:
            _log(message, brief.action)
            return made
        logger.warning("A draft was refused", extra={"run": str(message.run_id), "faults": len(complaint)})
    return fallback(brief.language)


def fallback(language: str) -> Draft:
    return Draft(text=FALLBACK_REPLIES.get(language, FALLBACK_REPLIES[Language.ENGLISH]))


def fits(made: Draft | None, message: CustomerMessage, *, language: str, intent: str, rule: Rule) -> bool:
    """Whether a draft made before the analysis may stand: not for a refund, not for an injection, and faultless."""
    if made is None or intent == Intent.REFUND_REQUEST or rule == Rule.SUSPECTED_INJECTION:
        return False
    return not fitness.faults(made.text, message, language)


def _ask(
    message: CustomerMessage,
    brief: Brief,
    *,
    deadline: Deadline,
    complaint: tuple[str, ...] = (),
    allow_offline: bool = True,
) -> Draft:
    completion = registry.complete(
        _request(message, brief, complaint),
        model_id=message.model_id,
        deadline=deadline,
        context=call_context(message),
        allow_offline=allow_offline,
    )
    return Draft(text=completion.response.text.strip().strip('"').strip(), completion=completion)


def _request(message: CustomerMessage, brief: Brief, complaint: tuple[str, ...]) -> ModelRequest:
    request = ModelRequest(
        purpose="crm.drafter",
        prompt=load(
            "crm_drafter",
            language_rule=LANGUAGE_RULES.get(brief.language, LANGUAGE_RULES[Language.OTHER]),
            situation=SITUATIONS[brief.situation],
        ),
        messages=(user_message(message, grounded=True),),
        inputs={
            "text": message.text,
            "language": brief.language,
            "intent": brief.intent,
            "sentiment": brief.sentiment,
            "action": brief.action,
            "history": message.history,
            "brief": message.brief,
        },
        temperature=TEMPERATURE,
        max_tokens=MAX_TOKENS,
    )
    if not complaint:
        return request
    again = "Write the reply again without these faults:\n" + delimit("faults", "\n".join(complaint))
    return replace(request, messages=(*request.messages, Message(role=Role.USER, content=again)))


def _log(message: CustomerMessage, action: str) -> None:
    logger.info(
        "", extra={"client": message.client_id, "action": action or Action.ESCALATE_TO_HUMAN, "response_drafted": True}
    )
