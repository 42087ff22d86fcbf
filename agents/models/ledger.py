"""The ledger: what every request to a model was for, what it took and how it ended."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from booms.core.models import RecordModel


class Outcome(models.TextChoices):
    """How a request to a model ended; the codes of `agents.errors`."""

    OK = "ok", _("answered")
    AUTHENTICATION = "authentication", _("key refused")
    RATE_LIMIT = "rate_limit", _("rate limit")
    OVERLOADED = "overloaded", _("overloaded")
    TIMEOUT = "timeout", _("timeout")
    CONNECTION = "connection", _("no connection")
    BAD_REQUEST = "bad_request", _("bad request")
    MODEL_NOT_FOUND = "model_not_found", _("unknown model")
    REFUSAL = "refusal", _("refused")
    CONTENT_BLOCKED = "content_blocked", _("blocked by a filter")
    TRUNCATED = "truncated", _("cut off")
    EMPTY = "empty", _("empty answer")
    INVALID_OUTPUT = "invalid_output", _("does not fit the schema")
    BAD_OUTPUT = "bad_output", _("unusable answer")
    UNSUPPORTED_PURPOSE = "unsupported_purpose", _("rules cannot do this")
    PROVIDER_ERROR = "provider_error", _("failed")


class SubjectKind(models.TextChoices):
    """What a model was called for; the subject lives in another app, so it is a kind and an id."""

    NONE = "", _("nothing of ours")
    RUN = "run", _("customer message")
    STAGE = "stage", _("stage")


class ModelCall(RecordModel):
    """One request to a model. Rows stay when the account goes."""

    account = models.ForeignKey(
        "accounts.Account",
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="model_calls",
    )
    purpose = models.CharField(_("purpose"), max_length=50)
    subject_kind = models.CharField(_("subject"), max_length=10, choices=SubjectKind.choices, blank=True)
    subject_id = models.UUIDField(_("subject id"), null=True, blank=True)
    asked_model = models.CharField(_("model asked for"), max_length=100, help_text=_("Our id."))
    served_model = models.CharField(_("model called"), max_length=100, help_text=_("Our id."))
    provider = models.CharField(_("provider"), max_length=20)
    vendor_model = models.CharField(_("model that answered"), max_length=100, help_text=_("The provider's name."))
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    prompt_tokens = models.PositiveIntegerField(_("prompt tokens"), default=0)
    completion_tokens = models.PositiveIntegerField(_("completion tokens"), default=0)
    cached_tokens = models.PositiveIntegerField(_("of these cached"), default=0)
    reasoning_tokens = models.PositiveIntegerField(_("of these reasoning"), default=0)
    cost_usd = models.DecimalField(
        _("cost (USD)"), max_digits=12, decimal_places=6, null=True, blank=True, help_text=_("Empty: price unknown.")
    )
    duration_ms = models.PositiveIntegerField(_("time (ms)"))
    outcome = models.CharField(_("outcome"), max_length=30, choices=Outcome.choices)
    prompt_name = models.CharField(_("prompt"), max_length=100, blank=True)
    prompt_hash = models.CharField(_("prompt hash"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("model call")
        verbose_name_plural = _("model calls")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["created_at"], name="agents_call_created"),
            models.Index(fields=["subject_kind", "subject_id"], name="agents_call_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cached_tokens__lte=models.F("prompt_tokens")),
                name="cached tokens are part of the prompt",
            ),
            models.CheckConstraint(
                condition=models.Q(reasoning_tokens__lte=models.F("completion_tokens")),
                name="reasoning tokens are part of the completion",
            ),
            models.CheckConstraint(
                condition=models.Q(subject_kind="", subject_id=None)
                | (~models.Q(subject_kind="") & models.Q(subject_id__isnull=False)),
                name="a subject has a kind and an id",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=[*Outcome.values]), name="the outcome of a call is a known one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.served_model} · {self.outcome}"
