"""Replies out through Meta's Cloud API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import quote

from crm.conf import settings
from crm.vendors.base import Fate, Outcome, Outgoing, refusal, refused
from crm.vendors.failures import Failure
from crm.vendors.http import Answer, post, vendor_client


class MetaSender:
    """WhatsApp text messages; Meta gives the reply's id back with every status of it."""

    longest: ClassVar[int] = 4096
    window: ClassVar[timedelta | None] = timedelta(hours=24)
    is_idempotent: ClassVar[bool] = False

    def send(self, message: Outgoing) -> Outcome:
        given = settings().meta
        if not given.access_token:
            return refused(Failure.NOT_CONFIGURED, "META_ACCESS_TOKEN is not set.")
        answer = post(
            vendor_client(),
            f"{given.base_url.rstrip('/')}/{quote(message.address, safe='')}/messages",
            headers={"Authorization": f"Bearer {given.access_token}"},
            json={
                "messaging_product": "whatsapp",
                "recipient_type": "individual",
                "to": message.recipient,
                "type": "text",
                "text": {"body": message.text, "preview_url": False},
                "biz_opaque_callback_data": str(message.reply_id),
            },
        )
        return _accepted(answer) if answer.is_success else _refused(answer)


def _accepted(answer: Answer) -> Outcome:
    try:
        vendor_id = answer.json()["messages"][0]["id"]
    except (LookupError, TypeError):
        vendor_id = None
    if not vendor_id or not isinstance(vendor_id, str):
        reason = "Meta's answer names no message."
        return Outcome(fate=Fate.UNKNOWN, status_code=answer.status, reason=reason)
    return Outcome(fate=Fate.ACCEPTED, status_code=answer.status, vendor_id=vendor_id)


def _refused(answer: Answer) -> Outcome:
    error = answer.json().get("error")
    told: dict[str, Any] = error if isinstance(error, dict) else {}
    data = told.get("error_data")
    details = data.get("details") if isinstance(data, dict) else ""
    code = str(told.get("code", ""))
    return refusal("meta", answer, code=code, reason=str(details or told.get("message") or ""))
