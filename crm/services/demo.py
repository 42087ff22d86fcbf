"""Demo data: a client company and its customers' messages, through the real pipeline."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.services import demo_account_ensure
from crm.models import InboundMessage
from crm.services.channels import channel_ensure
from crm.services.inbound import message_receive

SCRIPT = Path(__file__).resolve().parent.parent / "demo" / "messages.json"


@transaction.atomic
def demo_data_create() -> int:
    """The demo account with its messages, left to a worker; the number of messages, 0 when they are there already."""
    script = json.loads(SCRIPT.read_text(encoding="utf-8"))
    account = demo_account_ensure(client_name=script["client"], website=script["website"])
    channel = channel_ensure(address=script["channel"], account=account)
    if InboundMessage.objects.filter(conversation__channel=channel).exists():
        return 0
    now = timezone.now()
    for number, message in enumerate(script["messages"], start=1):
        message_receive(
            channel=channel,
            client_id=message["client_id"],
            text=message["text"],
            sent_at=now - timedelta(minutes=message["minutes_ago"]),
            message_id=f"demo-{number:03}",
            in_background=True,
        )
    return len(script["messages"])
