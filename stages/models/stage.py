"""A stage of an account and its changes of status."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import BaseModel, RecordModel


class StageStatus(models.TextChoices):
    """Where a stage stands; which may follow which is in `stages.transitions`."""

    LOCKED = "locked", _("locked")
    UNLOCKED = "unlocked", _("unlocked")
    IN_PROGRESS = "in_progress", _("in progress")
    COMPLETED = "completed", _("completed")
    INVALIDATED = "invalidated", _("invalidated")


class Stage(BaseModel):
    """One of the seven for one account. `state` is the interview's, kept between turns.

    `round` counts how often the stage was started over or reopened: conversations and deliverables of earlier rounds
    stay readable. `revision` counts the turns that changed the state, so that two browser tabs notice each other.
    """

    account = models.ForeignKey(
        "accounts.Account", on_delete=models.CASCADE, related_name="stages", verbose_name=_("account")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(_("status"), max_length=12, choices=StageStatus.choices, default=StageStatus.LOCKED)
    state = models.JSONField(_("state of the conversation"), default=dict, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    revision = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    ai_model_used = models.CharField(_("model"), max_length=100, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    last_activity_at = models.DateTimeField(_("last activity"), null=True, blank=True)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["account", "number"]
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="one_stage_a_number_and_account"),
            models.CheckConstraint(condition=Q(number__gte=1), name="stages_are_counted_from_one"),
            models.CheckConstraint(condition=Q(status__in=StageStatus.values), name="a_stage_has_a_known_status"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_at_most_a_hundred"),
            models.CheckConstraint(
                condition=~Q(status="completed") | Q(completed_at__isnull=False, progress=100),
                name="a_completed_stage_has_a_time_and_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["locked", "unlocked"]) | Q(started_at__isnull=False),
                name="a_stage_under_way_has_been_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.number}"


class StageTransition(RecordModel):
    """A change of status, by whom and why."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("stage"))
    from_status = models.CharField(_("from"), max_length=12, choices=StageStatus.choices)
    to_status = models.CharField(_("to"), max_length=12, choices=StageStatus.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")
        ordering = ["created_at"]
        # A deleted account takes its stages with it; short of that nothing is rewritten.
        triggers = [
            pgtrigger.Protect(
                name="never_rewritten",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__from_status__df=pgtrigger.F("new__from_status"))
                | pgtrigger.Q(old__to_status__df=pgtrigger.F("new__to_status")),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(from_status=F("to_status")), name="a_stage_transition_changes_it")
        ]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"
