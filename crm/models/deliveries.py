"""Attempts to send replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import BaseModel
from crm.models.conversations import Reply


class Delivery(BaseModel):
    """One attempt to send a reply out, with its fate.

    The row is committed as `started` before the vendor is called: an attempt that was cut short is known to have been
    made, and its outcome to be `unknown`.
    """

    class Outcome(models.TextChoices):
        """How it ended. `retry`: surely not sent, and worth another attempt."""

        STARTED = "started", _("under way")
        ACCEPTED = "accepted", _("accepted")
        RETRY = "retry", _("to be tried again")
        REFUSED = "refused", _("refused")
        UNKNOWN = "unknown", _("not known")

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("reply"))
    number = models.PositiveSmallIntegerField(_("attempt"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.STARTED)
    status_code = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="attempts_of_a_reply_are_numbered"),
            models.UniqueConstraint(
                fields=["reply"], condition=Q(outcome="started"), name="one_attempt_of_a_reply_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="started", finished_at__isnull=True)
                | ~Q(outcome="started") & Q(finished_at__isnull=False),
                name="an_attempt_with_an_outcome_is_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"
