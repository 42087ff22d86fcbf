"""What supervisors decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import RecordModel
from crm.models.runs import APPEND_ONLY, Run


class Decision(RecordModel):
    """The one decision on a case; the database refuses a second one, a change and a deletion."""

    class Kind(models.TextChoices):
        """What was decided."""

        APPROVED = "approved", _("approved")
        EDITED = "edited", _("approved with changes")
        REJECTED = "rejected", _("rejected")

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="decision", verbose_name=_("case"))
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("supervisor")
    )
    kind = models.CharField(_("decision"), max_length=10, choices=Kind.choices)
    reason = models.TextField(_("reason"), blank=True)
    reply = models.TextField(_("edited reply"), blank=True)
    draft_digest = models.CharField(_("digest of what was read"), max_length=64)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-created_at"]
        triggers = [APPEND_ONLY]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="rejected") | ~Q(reason=""), name="a_rejection_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="edited", reply__gt="") | ~Q(kind="edited") & Q(reply=""),
                name="only_an_edited_approval_has_a_text_of_its_own",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
