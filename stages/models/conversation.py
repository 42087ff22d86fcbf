"""What consultant and agent said, and the turns in which they said it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import BaseModel, RecordModel
from stages.models.stage import Stage


class StageMessage(RecordModel):
    """A message of a stage's conversation; `round` says to which of its rounds it belongs."""

    class Role(models.TextChoices):
        """Who speaks."""

        USER = "user", _("consultant")
        ASSISTANT = "assistant", _("agent")

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="messages", verbose_name=_("stage"))
    round = models.PositiveSmallIntegerField(_("round"))
    position = models.PositiveIntegerField()
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    content = models.TextField(_("message"))
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)

    class Meta:
        verbose_name = _("message of a stage")
        verbose_name_plural = _("messages of stages")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="one_message_a_position_and_stage"),
            models.CheckConstraint(condition=~Q(content=""), name="a_message_of_a_stage_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.created_at:%Y-%m-%d %H:%M}"


class Turn(BaseModel):
    """A user message on its way to its answer. One at a time a stage; the same idempotency key is the same turn.

    A turn whose lease ran out belongs to nobody any more: the next request takes its message up again.
    """

    class Status(models.TextChoices):
        """How far it has got."""

        ACCEPTED = "accepted", _("accepted")
        ANSWERED = "answered", _("answered")
        FAILED = "failed", _("failed")

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="turns", verbose_name=_("stage"))
    user_message = models.OneToOneField(
        StageMessage, on_delete=models.CASCADE, related_name="turn", verbose_name=_("message")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ACCEPTED)
    idempotency_key = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 (unique)
    lease_token = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    answer = models.JSONField(_("answer"), null=True, blank=True)

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage"], condition=Q(status="accepted"), name="one_turn_at_a_time_in_a_stage"
            ),
            models.UniqueConstraint(fields=["stage", "idempotency_key"], name="one_turn_a_key_and_stage"),
            models.CheckConstraint(
                condition=Q(status="answered", answer__isnull=False) | ~Q(status="answered"),
                name="an_answered_turn_keeps_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
