"""What stages produce: versions of deliverables, and what the gate said of each attempt."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import RecordModel
from stages.models.stage import Stage


class DeliverableVersion(RecordModel):
    """A validated deliverable. The current one has no `replaced_at`; earlier ones stay readable."""

    class Maker(models.TextChoices):
        """Who assembled it."""

        MODEL = "model", _("assembled by a model")
        RULES = "rules", _("assembled without a model")
        CLIENT = "client", _("handed in")

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="versions", verbose_name=_("stage"))
    number = models.PositiveSmallIntegerField(_("version"))
    output = models.JSONField(_("deliverable"))
    provenance = models.JSONField(_("where each part comes from"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=8)
    maker = models.CharField(_("made by"), max_length=10, choices=Maker.choices)
    ai_model = models.CharField(_("model"), max_length=100, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    replaced_because = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering = ["stage", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="one_deliverable_a_version_and_stage"),
            models.UniqueConstraint(
                fields=["stage"], condition=Q(replaced_at__isnull=True), name="one_current_deliverable_a_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} v{self.number}"


class GateVerdict(RecordModel):
    """What the gate said of one attempt; a rejected one has no version."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="verdicts", verbose_name=_("stage"))
    version = models.OneToOneField(
        DeliverableVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="verdict",
        verbose_name=_("deliverable"),
    )  # fmt: skip
    round = models.PositiveSmallIntegerField(_("round"))
    decision = models.CharField(_("verdict"), max_length=24)
    completeness = models.DecimalField(_("completeness"), max_digits=3, decimal_places=1)
    coherence = models.DecimalField(_("coherence"), max_digits=3, decimal_places=1)
    report = models.JSONField(_("issues and suggestions"), default=dict)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="rejected", version__isnull=True)
                | Q(decision__in=["approved", "approved_with_warnings"], version__isnull=False),
                name="what_passes_the_gate_is_stored_and_what_fails_is_not",
            ),
            models.CheckConstraint(
                condition=Q(completeness__range=(0, 10), coherence__range=(0, 10)), name="scores_run_from_0_to_10"
            ),
        ]

    def __str__(self) -> str:
        return self.decision
