"""Runs: one passage through the pipeline, its steps and its changes of status."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agents.customer_message.state import Action, Intent, Sentiment
from booms.core.models import BaseModel, RecordModel


class RunStatus(models.TextChoices):
    """Where a run stands; which may follow which is in `crm.transitions`."""

    RECEIVED = "received", _("received")
    PROCESSED = "processed", _("processed")
    PENDING_APPROVAL = "pending_approval", _("waiting for a decision")
    APPROVING = "approving", _("approved, reply under way")
    APPROVED_AND_EXECUTED = "approved_and_executed", _("approved and answered")
    REJECTED = "rejected", _("rejected")
    DISMISSED = "dismissed", _("no reply needed")
    TAKEN_OVER = "taken_over", _("taken over")
    SUPERSEDED = "superseded", _("superseded")


class Run(BaseModel):
    """One passage of one message, or of a burst of them, through the pipeline; a case when a human must decide.

    The runs of a conversation are worked on one at a time, in the order of `position`. `work_at` is when a run that
    nobody waits for may begin, after the quiet window; a run that a webhook's answer waits for has none.

    Whoever works on a run holds its lease; when that has run out, anybody may take the run up again, and what the
    former holder still brings is refused because `lease_token` is another by then.
    """

    conversation = models.ForeignKey(
        "crm.Conversation", on_delete=models.PROTECT, related_name="runs", verbose_name=_("conversation")
    )
    position = models.PositiveIntegerField(_("position in the conversation"), editable=False)
    work_at = models.DateTimeField(_("worked on from"), null=True, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=24, choices=RunStatus.choices, default=RunStatus.RECEIVED)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes",
        verbose_name=_("superseded by"), editable=False,
    )  # fmt: skip
    must_escalate = models.CharField(
        _("for a human in any case"),
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("The rule by which a human decides, whatever the models say."),
    )
    lease_token = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)

    sla_due_at = models.DateTimeField(_("due"))
    sla_breached = models.BooleanField(_("SLA breached"), null=True)
    sentiment = models.CharField(_("sentiment"), max_length=10, blank=True, choices=[(s, s) for s in Sentiment])
    intent = models.CharField(_("intent"), max_length=20, blank=True, choices=[(i, i) for i in Intent])
    language = models.CharField(_("language"), max_length=8, blank=True)
    proposed_action = models.CharField(
        _("proposed action"), max_length=24, blank=True, choices=[(a, a) for a in Action]
    )
    rule = models.CharField(_("triage rule"), max_length=32, blank=True)
    supervisor_note = models.TextField(_("briefing"), blank=True)
    draft = models.TextField(_("draft"), blank=True)
    degraded = models.JSONField(_("fallbacks used"), default=list, blank=True)
    analysis = models.JSONField(_("analysis"), default=dict, blank=True)
    sources = models.JSONField(_("what the draft leans on"), default=list, blank=True)
    graph_version = models.CharField(_("graph version"), max_length=16, blank=True)

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("claimed by"),
    )
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-created_at"]
        permissions = [("decide_run", _("Can decide cases"))]
        indexes = [
            models.Index(
                fields=["sla_due_at"], condition=Q(status="pending_approval"), name="pending_cases_by_due_time"
            ),
            models.Index(fields=["created_at"], condition=Q(status="pending_approval"), name="pending_cases_by_age"),
            models.Index(
                fields=["leased_until"], condition=Q(status__in=["received", "approving"]), name="leased_runs_by_end"
            ),
            models.Index(fields=["-created_at"], name="runs_by_age"),
            models.Index(
                fields=["conversation", "position"], condition=Q(status="received"), name="waiting_runs_in_order"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="a_run_has_a_known_status"),
            models.UniqueConstraint(fields=["conversation", "position"], name="runs_of_a_conversation_are_in_order"),
            models.UniqueConstraint(
                fields=["conversation"],
                condition=Q(status="received", lease_token__isnull=False),
                name="one_writer_a_conversation",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | Q(status="superseded"),
                name="only_a_superseded_run_has_a_successor",
            ),
            models.CheckConstraint(
                condition=Q(lease_token__isnull=True, leased_until__isnull=True)
                | Q(lease_token__isnull=False, leased_until__isnull=False),
                name="a_lease_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(lease_token__isnull=True) | Q(status__in=["received", "approving"]),
                name="only_unfinished_runs_are_leased",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True) | Q(claimed_until__isnull=False), name="a_claim_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["processed", "pending_approval"])
                | (~Q(proposed_action="") & Q(sla_breached__isnull=False) & Q(settled_at__isnull=False)),
                name="a_settled_run_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class RunStep(RecordModel):
    """One thing the pipeline did: which model served, how long it took, what it cost, how it ended."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="steps", verbose_name=_("run"))
    attempt = models.PositiveSmallIntegerField(_("attempt"))
    name = models.CharField(_("step"), max_length=32)
    started_at = models.DateTimeField(_("started"))
    duration_ms = models.PositiveIntegerField(_("milliseconds"))
    outcome = models.CharField(_("outcome"), max_length=32)
    provider = models.CharField(_("provider"), max_length=32, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    total_tokens = models.PositiveIntegerField(_("tokens"), default=0)
    cost_usd = models.DecimalField(_("cost (USD)"), max_digits=12, decimal_places=6, null=True, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["started_at"]

    def __str__(self) -> str:
        return self.name


class RunTransition(RecordModel):
    """A change of status, by whom and why."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="transitions", verbose_name=_("run"))
    from_status = models.CharField(_("from"), max_length=24, choices=RunStatus.choices, blank=True)
    to_status = models.CharField(_("to"), max_length=24, choices=RunStatus.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")
        ordering = ["created_at"]
        triggers = [APPEND_ONLY]
        constraints = [
            models.CheckConstraint(condition=~Q(from_status=F("to_status")), name="a_transition_changes_the_status")
        ]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"
