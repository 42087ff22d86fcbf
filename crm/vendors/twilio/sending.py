"""Replies out through Twilio: WhatsApp and SMS."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from urllib.parse import quote

from django.conf import settings as django_settings

from crm.conf import settings
from crm.vendors.base import Fate, Outcome, Outgoing, refusal, refused
from crm.vendors.failures import Failure
from crm.vendors.http import Answer, post, vendor_client

WHATSAPP = "whatsapp:"


class TwilioSmsSender:
    """Text messages to telephones; `StatusCallback` brings the reply's id back with every status of it."""

    longest: ClassVar[int] = 1600
    window: ClassVar[timedelta | None] = None
    is_idempotent: ClassVar[bool] = False
    prefix: ClassVar[str] = ""

    def send(self, message: Outgoing) -> Outcome:
        given = settings().twilio
        missing = [
            name
            for name, value in (("TWILIO_ACCOUNT_SID", given.account_sid), ("TWILIO_AUTH_TOKEN", given.auth_token))
            if not value
        ]
        if missing:
            return refused(Failure.NOT_CONFIGURED, f"{' and '.join(missing)} not set.")
        form = {
            "From": self._number(message.address),
            "To": self._number(message.recipient),
            "Body": message.text,
            **_status_callback(message),
        }
        url = f"{given.base_url.rstrip('/')}/2010-04-01/Accounts/{quote(given.account_sid, safe='')}/Messages.json"
        answer = post(vendor_client(), url, data=form, auth=(given.account_sid, given.auth_token))
        return _accepted(answer) if answer.is_success else _refused(answer)

    def _number(self, number: str) -> str:
        return self.prefix + number.removeprefix(WHATSAPP)


class TwilioWhatsAppSender(TwilioSmsSender):
    """The same for WhatsApp, whose numbers have a prefix and whose customers must have written within a day."""

    window: ClassVar[timedelta | None] = timedelta(hours=24)
    prefix: ClassVar[str] = WHATSAPP


def _status_callback(message: Outgoing) -> dict[str, str]:
    """None where Twilio could not reach us."""
    base = django_settings.PUBLIC_BASE_URL
    return {"StatusCallback": f"{base}/api/v1/webhook/twilio?reply={message.reply_id}"} if base else {}


def _accepted(answer: Answer) -> Outcome:
    told = answer.json()
    if told.get("error_code"):
        return _refused(answer)
    sid = told.get("sid")
    if not sid or not isinstance(sid, str):
        return Outcome(fate=Fate.UNKNOWN, status_code=answer.status, reason="Twilio's answer names no message.")
    return Outcome(fate=Fate.ACCEPTED, status_code=answer.status, vendor_id=sid)


def _refused(answer: Answer) -> Outcome:
    told = answer.json()
    code = told.get("error_code") or told.get("code") or ""
    reason = told.get("error_message") or told.get("message") or ""
    return refusal("twilio", answer, code=str(code), reason=str(reason))
