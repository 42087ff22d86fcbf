"""The CRM's tables: where messages come in, what was said, what was done about it, what people decided."""

from crm.models.channels import Channel, WebhookKey
from crm.models.conversations import Conversation, InboundMessage, Reply
from crm.models.decisions import Decision
from crm.models.deliveries import Delivery
from crm.models.events import WebhookEvent
from crm.models.runs import Run, RunStatus, RunStep, RunTransition

__all__ = [
    "Channel",
    "Conversation",
    "Decision",
    "Delivery",
    "InboundMessage",
    "Reply",
    "Run",
    "RunStatus",
    "RunStep",
    "RunTransition",
    "WebhookEvent",
    "WebhookKey",
]
