"""Who carries replies out on which kind of channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from crm.models import Channel, Reply
from crm.vendors.base import Fate, Outcome, Outgoing, Sender, refused
from crm.vendors.callback.sending import CallbackSender
from crm.vendors.failures import Failure
from crm.vendors.http import Cut, NotSent, Unsendable
from crm.vendors.meta.sending import MetaSender
from crm.vendors.twilio.sending import TwilioSmsSender, TwilioWhatsAppSender

LONGEST_REASON = 1000
SENDERS: Mapping[str, Sender] = {
    Channel.Kind.API: CallbackSender(),
    Channel.Kind.WHATSAPP_META: MetaSender(),
    Channel.Kind.WHATSAPP_TWILIO: TwilioWhatsAppSender(),
    Channel.Kind.SMS_TWILIO: TwilioSmsSender(),
}


def sends(channel: Channel) -> bool:
    """Whether replies are sent out on the channel; otherwise the client reads them at the run."""
    return channel.kind != Channel.Kind.API or bool(channel.callback_url)


def longest_reply(channel: Channel) -> int:
    """How many characters a reply on the channel may have; nothing is ever cut."""
    return min(Reply.MAX_CHARACTERS, SENDERS[channel.kind].longest)


def attempt(message: Outgoing) -> Outcome:
    """Make one attempt to send a reply. Nothing a vendor or the network does is an error here."""
    outcome = _attempt(message, SENDERS[message.kind])
    # What a vendor writes is stored, so without what PostgreSQL cannot hold.
    reason = outcome.reason.encode("utf-8", "replace").decode().replace("\x00", "")
    return replace(outcome, reason=reason[:LONGEST_REASON])


def _attempt(message: Outgoing, sender: Sender) -> Outcome:
    if len(message.text) > sender.longest:
        return refused(Failure.TOO_LONG, f"The reply is longer than {sender.longest} characters.")
    try:
        outcome = sender.send(message)
    except NotSent as error:
        return Outcome(fate=Fate.RETRY, failure=Failure.UNAVAILABLE, reason=str(error))
    except Cut as error:
        outcome = Outcome(fate=Fate.UNKNOWN, failure=Failure.UNAVAILABLE, reason=str(error))
    except Unsendable as error:
        return refused(Failure.NOT_CONFIGURED, str(error))
    if outcome.fate == Fate.UNKNOWN and sender.is_idempotent:
        return replace(outcome, fate=Fate.RETRY)
    return outcome
