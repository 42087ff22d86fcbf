"""The briefing: two sentences to the supervisor who decides."""

from __future__ import annotations

from agents.customer_message.context import call_context, user_message
from agents.customer_message.state import Analysis, CustomerMessage, Language, Rule
from agents.messages import Completion, Deadline, ModelRequest
from agents.prompting import load
from agents.providers import registry

MAX_TOKENS = 250
TEMPERATURE = 0.1
LANGUAGES = {Language.SPANISH: "Spanish"}
REASONS = {
    Rule.UNREADABLE_CONTENT: "the message holds something that is no text, such as a picture or a recording.",
    Rule.SUSPECTED_INJECTION: "the text looks as if it tried to give instructions to a program.",
    Rule.ANALYSIS_FAILED: "the message could not be analysed.",
    Rule.NEGATIVE_SENTIMENT: "the customer is dissatisfied.",
    Rule.SLA_BREACHED: "the customer has waited longer than agreed.",
    Rule.ASKS_FOR_HUMAN: "the customer asks for a person.",
    Rule.UNDETERMINED: "what the customer wants could not be told with confidence.",
    Rule.EARLIER_MESSAGE: "an earlier message of the same burst needs a person.",
}


def brief(
    message: CustomerMessage,
    *,
    analysis: Analysis | None,
    rule: Rule,
    sla_breached: bool,
    language: str,
    deadline: Deadline,
) -> tuple[str, Completion]:
    """Two sentences in the language the conversation is in. Raises `AgentError` when not even rules answer."""
    reader = Language.SPANISH if language == Language.SPANISH else Language.ENGLISH
    completion = registry.complete(
        ModelRequest(
            purpose="crm.briefing",
            prompt=load("crm_briefing", reason=REASONS[rule], language=LANGUAGES.get(reader, "English")),
            messages=(user_message(message, grounded=True),),
            inputs={
                "text": message.text,
                "client_id": message.client_id,
                "language": language,
                "sentiment": analysis.sentiment if analysis else "",
                "intent": analysis.intent if analysis else "",
                "rule": rule,
                "sla_breached": sla_breached,
                "supervisor_language": reader,
            },
            temperature=TEMPERATURE,
            max_tokens=MAX_TOKENS,
        ),
        model_id=message.model_id,
        deadline=deadline,
        context=call_context(message),
    )
    return completion.response.text.strip(), completion
