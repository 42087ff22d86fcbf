"""What came in, as it came: kept so that it can be looked at and taken in again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import BaseModel
from crm.models.channels import Channel


class WebhookEvent(BaseModel):
    """A request to a webhook whose key or signature was right: its raw bytes, and what became of each part.

    `parts` is a list of objects: `kind` (message, status …), `id` (the vendor's), `outcome` (accepted, repeated,
    noted, unmatched, failed), `detail`, and `run_id` of a message.
    """

    class Source(models.TextChoices):
        """Who sends in this form."""

        API = "api", _("API")
        META = "meta", _("Meta")
        TWILIO = "twilio", _("Twilio")

    class Verdict(models.TextChoices):
        """What became of it. `partly`: some parts were taken in, others failed."""

        ACCEPTED = "accepted", _("accepted")
        REPEATED = "repeated", _("repeated")
        PARTLY = "partly", _("accepted in part")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")

    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    channel = models.ForeignKey(
        Channel, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("channel")
    )
    content_type = models.CharField(_("content type"), max_length=120, blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    body = models.BinaryField(_("body"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    parts = models.JSONField(_("parts"), default=list, blank=True)
    replay_count = models.PositiveIntegerField(_("replays"), default=0)
    replayed_at = models.DateTimeField(_("replayed"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["-created_at"], name="webhook_events_by_age"),
            models.Index(
                fields=["-created_at"],
                condition=Q(verdict__in=["partly", "refused", "failed"]),
                name="webhook_events_to_look_at",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["accepted", "repeated", "partly", "refused", "failed"]),
                name="a_webhook_event_has_a_known_verdict",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.created_at:%Y-%m-%d %H:%M:%S}"
