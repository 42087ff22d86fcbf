"""Objects for tests, made the way the product makes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Account, User
from accounts.services import SUPERVISORS
from agents.customer_message.result import Result
from agents.customer_message.state import Action, Analysis, Rule
from crm import services
from crm.models import Channel, Run
from crm.services.inbound import Receipt, message_receive
from crm.services.runs import run_settle

ANGRY = Analysis(
    sentiment="negative",
    sentiment_confidence=0.95,
    intent="support_request",
    intent_confidence=0.9,
    language="en",
    language_confidence=0.99,
    asks_for_human=False,
    suspected_injection=False,
)


def make_user(**fields: Any) -> User:
    fields.setdefault("username", f"user-{uuid4().hex[:8]}")
    return User.objects.create_user(**fields)


def make_supervisor(username: str = "supervisor", password: str = "a-good-password") -> User:
    user = make_user(username=username, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=SUPERVISORS))
    return user


def make_account(**fields: Any) -> Account:
    fields.setdefault("user", None)
    fields["user"] = fields["user"] or make_user()
    fields.setdefault("client_name", "Panadería Lucía")
    return Account.objects.create(**fields)


def make_channel(*, account: Account | None = None, address: str = "bot", kind: str = Channel.Kind.API) -> Channel:
    return Channel.objects.create(kind=kind, address=address, account=account)


def receive(channel: Channel | None = None, **fields: Any) -> Receipt:
    fields.setdefault("client_id", "CRM-001")
    fields.setdefault("text", "Where is my parcel?")
    fields.setdefault("sent_at", timezone.now())
    return message_receive(channel=channel or services.channel_default(), **fields)


def result(**fields: Any) -> Result:
    """A case for a human, unless the fields say otherwise."""
    values: dict[str, Any] = {
        "action": Action.ESCALATE_TO_HUMAN,
        "rule": Rule.NEGATIVE_SENTIMENT,
        "sla_breached": False,
        "language": "en",
        "reply": "We are sorry about this. Our team is looking into it.",
        "note": "The client is angry about a parcel. A person should answer.",
        "analysis": ANGRY,
    }
    return Result(**(values | fields))


def pending_run(*, sent_at: datetime | None = None, **fields: Any) -> Run:
    """A run that waits for a decision."""
    result_fields = {key: fields.pop(key) for key in ("reply", "note", "rule", "analysis") if key in fields}
    receipt = receive(sent_at=sent_at or timezone.now() - timedelta(minutes=10), **fields)
    return run_settle(run_id=receipt.run_id, lease_token=receipt.lease_token, result=result(**result_fields))
