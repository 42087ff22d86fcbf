"""The analyst: one closed verdict on a message."""

from __future__ import annotations

import logging

from agents.customer_message.context import call_context
from agents.customer_message.state import Analysis, CustomerMessage
from agents.messages import CallContext, Completion, Deadline, Message, ModelRequest, Role
from agents.prompting import delimit, load
from agents.providers import registry

logger = logging.getLogger(__name__)
MAX_TOKENS = 300


def analyse(message: CustomerMessage, *, deadline: Deadline) -> tuple[Analysis, Completion]:
    """Classify the message; the rules answer when every model fails. Raises `AgentError` when even they do."""
    # The message alone: what was said before must not make a calm message look angry.
    alone = Message(role=Role.USER, content=delimit("customer_message", message.text))
    completion = registry.complete(
        _request(alone, message.text),
        model_id=message.model_id,
        deadline=deadline,
        context=call_context(message),
    )
    analysis = completion.response.parsed
    logger.info("", extra={"client": message.client_id, "sentiment": analysis.sentiment, "intent": analysis.intent})
    return analysis, completion


def analyse_text(text: str, *, model_id: str = "") -> Analysis:
    """Classify a bare text, for evaluations; only the model asked for may answer."""
    request = _request(Message(role=Role.USER, content=delimit("customer_message", text)), text)
    return registry.complete(
        request, model_id=model_id, deadline=Deadline.after(25), context=CallContext(), allow_fallback=False
    ).response.parsed


def _request(message: Message, text: str) -> ModelRequest:
    return ModelRequest(
        purpose="crm.analyst",
        prompt=load("crm_analyst"),
        messages=(message,),
        inputs={"text": text},
        schema=Analysis,
        temperature=0,
        max_tokens=MAX_TOKENS,
    )
