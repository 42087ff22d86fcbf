"""What the codes of the pipeline mean, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agents.customer_message.state import Action, Intent, Rule, Sentiment
from agents.models import Outcome
from crm.models import Delivery, Reply
from crm.vendors.failures import Failure

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
# On a badge.
REPLY_WORDS: Mapping[str, Promise] = {**dict(Reply.Status.choices), Reply.Status.SENT: _("sent out")}
REPLY_STATUSES: Mapping[str, Promise] = {
    Reply.Status.RETURNED: _("Handed to the client's system, which asked for it."),
    Reply.Status.QUEUED: _("Waiting to be sent."),
    Reply.Status.SENT: _("Taken on for delivery."),
    Reply.Status.DELIVERED: _("Arrived."),
    Reply.Status.READ: _("Arrived and read."),
    Reply.Status.FAILED: _("Not delivered."),
}
FAILURES: Mapping[str, Promise] = {
    Failure.WINDOW_CLOSED: _("WhatsApp takes replies only within a day of the customer's last message."),
    Failure.NOT_CONFIGURED: _("The channel is not set up for sending."),
    Failure.UNAUTHORIZED: _("The vendor did not accept our credentials."),
    Failure.BAD_RECIPIENT: _("This customer's address cannot receive messages from the channel."),
    Failure.UNDELIVERABLE: _("The message could not be delivered to the customer's telephone."),
    Failure.OPTED_OUT: _("The customer wants no more messages from us."),
    Failure.BLOCKED: _("The vendor or the carrier does not let the message through."),
    Failure.TOO_LONG: _("The reply is longer than the channel carries."),
    Failure.ADDRESS_NOT_ALLOWED: _("The callback's address is not a public one."),
    Failure.REFUSED: _("The message was refused."),
    Failure.RATE_LIMITED: _("Too many messages were on their way; this one was not taken in time."),
    Failure.UNAVAILABLE: _("The other side could not be reached in time."),
    Failure.UNKNOWN: _("It is not known whether the message arrived. Sent again, the customer may get it twice."),
}
ATTEMPTS: Mapping[str, Promise] = {
    Delivery.Outcome.STARTED: _("is being sent"),
    Delivery.Outcome.ACCEPTED: _("taken on for delivery"),
    Delivery.Outcome.RETRY: _("not sent, to be tried again"),
    Delivery.Outcome.REFUSED: _("refused"),
    Delivery.Outcome.UNKNOWN: _("sent, but not known whether it arrived"),
}
LANGUAGES: Mapping[str, Promise] = {"es": _("Spanish"), "en": _("English"), "other": _("another language")}
AUTHORS: Mapping[str, Promise] = {"client": _("Customer"), "agent": _("Our agent"), "supervisor": _("Supervisor")}


def word(words: Mapping[str, Promise], code: str) -> Promise | str:
    """The words for a code; the code itself where there are none yet."""
    return words.get(code, code)
