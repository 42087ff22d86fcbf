"""The CRM in the admin: history to read, channels to edit, keys to make and to revoke, events to take in again."""

from crm.admin.channels import ChannelAdmin
from crm.admin.deliveries import DeliveryAdmin, ReplyAdmin
from crm.admin.events import WebhookEventAdmin
from crm.admin.history import ConversationAdmin, InboundMessageAdmin, RunAdmin
from crm.admin.keys import WebhookKeyAdmin

__all__ = [
    "ChannelAdmin",
    "ConversationAdmin",
    "DeliveryAdmin",
    "InboundMessageAdmin",
    "ReplyAdmin",
    "RunAdmin",
    "WebhookEventAdmin",
    "WebhookKeyAdmin",
]
