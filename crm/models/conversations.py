"""What was said: conversations, what customers wrote, what they were answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import BaseModel, RecordModel
from crm.models.channels import Channel
from crm.models.runs import Run


class Conversation(BaseModel):
    """All messages between one client and us on one channel."""

    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="conversations", verbose_name=_("channel")
    )
    client_id = models.CharField(_("client"), max_length=255)
    language = models.CharField(_("language"), max_length=8, blank=True, help_text=_("The language of our replies."))
    run_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "client_id"], name="one_conversation_a_channel_and_client"),
            models.CheckConstraint(condition=~Q(client_id=""), name="a_conversation_has_a_client"),
        ]

    def __str__(self) -> str:
        return self.client_id


class InboundMessage(RecordModel):
    """What a customer wrote, stored before anything else happens to it.

    Several messages may belong to one run. `delivery_hash` is what makes a repeated delivery the same one,
    `body_hash` what tells a repetition from another message under a used key.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages", verbose_name=_("conversation")
    )
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="messages", verbose_name=_("run"))
    kind = models.CharField(
        _("kind"), max_length=24, default="text", help_text=_("What it was on its channel: text, button, image …")
    )
    text = models.TextField(_("message"))
    sent_at = models.DateTimeField(_("sent"))
    message_id = models.CharField(_("sender's id"), max_length=255, blank=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    delivery_hash = models.CharField(max_length=64, editable=False)
    body_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("inbound message")
        verbose_name_plural = _("inbound messages")
        ordering = ["sent_at", "created_at"]
        indexes = [models.Index(fields=["conversation", "sent_at", "created_at"], name="messages_by_conversation")]
        constraints = [models.UniqueConstraint(fields=["delivery_hash"], name="a_delivery_is_stored_once")]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d %H:%M}"


class Reply(BaseModel):
    """What a run answered: at most one, whoever decided it. The outbox is made of these rows.

    `vendor_id` is the message's id at the vendor that sends it. `failure` is a word for machines, `failure_reason` a
    sentence for supervisors.
    """

    class Author(models.TextChoices):
        """Whose words they are."""

        AGENT = "agent", _("agent")
        SUPERVISOR = "supervisor", _("supervisor")

    class Status(models.TextChoices):
        """How far it has got. `returned` is given in the webhook's answer, or read there by the client."""

        RETURNED = "returned", _("returned")
        QUEUED = "queued", _("queued")
        SENT = "sent", _("sent")
        DELIVERED = "delivered", _("delivered")
        READ = "read", _("read")
        FAILED = "failed", _("failed")

    MAX_CHARACTERS: ClassVar[int] = 4000

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="reply", verbose_name=_("run"))
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="replies", verbose_name=_("conversation")
    )
    text = models.TextField(_("text"))
    author = models.CharField(_("author"), max_length=12, choices=Author.choices)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    status_at = models.DateTimeField(_("since"), null=True, blank=True, editable=False)
    vendor_id = models.CharField(_("id at the vendor"), max_length=255, blank=True, editable=False)
    failure = models.CharField(_("failure"), max_length=40, blank=True, editable=False)
    failure_reason = models.TextField(_("why it failed"), blank=True, editable=False)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["conversation", "created_at"], name="replies_by_conversation"),
            models.Index(fields=["created_at"], condition=Q(status="queued"), name="outbox_by_age"),
            models.Index(fields=["-status_at"], condition=Q(status="failed"), name="failed_replies_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_reply_says_something"),
            models.CheckConstraint(
                condition=Q(status__in=["returned", "queued", "sent", "delivered", "read", "failed"]),
                name="a_reply_has_a_known_status",
            ),
            models.UniqueConstraint(
                fields=["vendor_id"], condition=~Q(vendor_id=""), name="one_reply_an_id_at_the_vendor"
            ),
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(failure=""), name="a_failed_reply_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
