"""What the codes of the pipeline mean, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agents.customer_message.state import Action, Intent, Rule, Sentiment
from agents.models import Outcome

SENTIMENTS: Mapping[str, Promise] = {
    Sentiment.POSITIVE: _("positive"),
    Sentiment.NEUTRAL: _("neutral"),
    Sentiment.NEGATIVE: _("negative"),
}
INTENTS: Mapping[str, Promise] = {
    Intent.REFUND_REQUEST: _("Wants a refund"),
    Intent.SUPPORT_REQUEST: _("Needs help"),
    Intent.GENERAL_INQUIRY: _("Asks a question"),
}
ACTIONS: Mapping[str, Promise] = {
    Action.SEND_STANDARD_RESPONSE: _("Send the standard answer"),
    Action.PROCESS_REFUND: _("Process a refund"),
    Action.ESCALATE_TO_HUMAN: _("A person decides"),
}
RULES: Mapping[str, Promise] = {
    Rule.UNREADABLE_CONTENT: _("The message holds something the agents cannot read."),
    Rule.SUSPECTED_INJECTION: _("The message seems to give orders to the assistant."),
    Rule.ANALYSIS_FAILED: _("The message could not be analysed."),
    Rule.NEGATIVE_SENTIMENT: _("The customer is unhappy."),
    Rule.SLA_BREACHED: _("The message had already waited longer than agreed."),
    Rule.ASKS_FOR_HUMAN: _("The customer asks for a person."),
    Rule.UNDETERMINED: _("The analysis is not sure enough to answer by itself."),
    Rule.EARLIER_MESSAGE: _("An earlier message of the same burst needs a person."),
    Rule.REFUND_REQUEST: _("The customer calmly asks for a refund."),
    Rule.STANDARD: _("Nothing spoke against the standard answer."),
}
STEPS: Mapping[str, Promise] = {
    "analyst": _("Analyst"),
    "triage": _("Triage"),
    "speculate": _("Early draft"),
    "drafter": _("Drafter"),
    "briefing": _("Briefing"),
    "pipeline": _("Pipeline"),
}
# How a step ended: with the rule that fired, with an error of the agents', or well.
OUTCOMES: Mapping[str, Promise] = {**dict(Outcome.choices), **RULES, "ok": _("done"), "fallback": _("done by rules")}
LANGUAGES: Mapping[str, Promise] = {"es": _("Spanish"), "en": _("English"), "other": _("another language")}
AUTHORS: Mapping[str, Promise] = {"client": _("Customer"), "agent": _("Our agent"), "supervisor": _("Supervisor")}


def word(words: Mapping[str, Promise], code: str) -> Promise | str:
    """The words for a code; the code itself where there are none yet."""
    return words.get(code, code)
