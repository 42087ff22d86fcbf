"""Channels that send, and replies that wait to be sent, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.customer_message.state import Action, Rule
from crm.models import Channel, Delivery, Reply, Run
from crm.services.leases import lease_take
from crm.services.runs import run_settle
from crm.services.sending import reply_send
from crm.tests.doubles import VendorServer
from crm.tests.factories import receive, result
from crm.vendors.callback.sending import callback_secret_new

META, TWILIO, SMS, API = (
    Channel.Kind.WHATSAPP_META,
    Channel.Kind.WHATSAPP_TWILIO,
    Channel.Kind.SMS_TWILIO,
    Channel.Kind.API,
)
RETRY, REFUSED, UNKNOWN, ACCEPTED = (Delivery.Outcome(word) for word in ("retry", "refused", "unknown", "accepted"))
ADDRESSES = {
    Channel.Kind.API: "bot",
    Channel.Kind.WHATSAPP_META: "1055501234",
    Channel.Kind.WHATSAPP_TWILIO: "whatsapp:+14155238886",
    Channel.Kind.SMS_TWILIO: "+14155238886",
}


def make_sending_channel(kind: str, vendors: VendorServer | None = None, **fields: Any) -> Channel:
    """A channel without a quiet window; API channels call `vendors` back."""
    values: dict[str, Any] = {"kind": kind, "address": ADDRESSES[kind], "quiet_ms": 0}
    if kind == Channel.Kind.API and vendors is not None:
        values |= {"callback_url": vendors.callback_url, "callback_secret": callback_secret_new()}
    return Channel.objects.create(**(values | fields))


def waiting_case(kind: str, **message: Any) -> Run:
    """A case on a channel that sends."""
    receipt = receive(make_sending_channel(kind), in_background=True, **message)
    return run_settle(run_id=receipt.run_id, lease_token=lease_take(receipt.run_id), result=result())


def queued_reply(
    channel: Channel, *, text_out: str = "Thank you. We are on it.", in_response: bool = False, **message: Any
) -> Reply:
    """The reply of a message that was answered without a human."""
    receipt = receive(channel, in_background=not in_response, **message)
    lease_token = receipt.lease_token or lease_take(receipt.run_id)
    answered = result(action=Action.SEND_STANDARD_RESPONSE, rule=Rule.STANDARD, reply=text_out)
    return run_settle(run_id=receipt.run_id, lease_token=lease_token, result=answered, in_response=in_response).reply


def send(reply: Reply) -> Delivery | None:
    """Do a worker's work on the reply; its latest attempt."""
    reply_send(reply_id=reply.pk)
    reply.refresh_from_db()
    return reply.deliveries.order_by("-number").first()


def jobs(reply: Reply) -> QuerySet[ProcrastinateJob]:
    """Jobs that wait to send the reply."""
    return ProcrastinateJob.objects.filter(status="todo", queueing_lock=f"reply:{reply.pk}")


def take_job(reply: Reply) -> None:
    """As a worker does before it sends."""
    jobs(reply).delete()


def later(**time: float) -> None:
    """As if what was written had been written so much earlier."""
    earlier = timedelta(**time)
    for model, names in (
        (Delivery, ("created_at", "finished_at")),
        (Reply, ("created_at", "updated_at", "status_at")),
    ):
        for row in model.objects.all():
            moved = {name: getattr(row, name) - earlier for name in names if getattr(row, name)}
            model.objects.filter(pk=row.pk).update(**moved)
