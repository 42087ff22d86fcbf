"""Where messages come in and go out, and the keys that open it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booms.core.models import BaseModel


class Channel(BaseModel):
    """An address of one kind; what comes in over it belongs to its account, if it has one."""

    class Kind(models.TextChoices):
        """How messages travel."""

        API = "api", _("API")
        WHATSAPP_META = "whatsapp_meta", _("WhatsApp (Meta)")
        WHATSAPP_TWILIO = "whatsapp_twilio", _("WhatsApp (Twilio)")
        SMS_TWILIO = "sms_twilio", _("SMS (Twilio)")

    # The channel of WEBHOOK_API_KEY, which has no account.
    DEFAULT_ADDRESS = "default"
    LONGEST_QUIET_MS = 60_000

    account = models.ForeignKey(
        "accounts.Account",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="channels",
        verbose_name=_("account"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.API)
    address = models.CharField(
        _("address"), max_length=255, help_text=_("Phone number id, telephone number, or a name for an API channel.")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    quiet_ms = models.PositiveIntegerField(
        _("quiet window (ms)"),
        default=1500,
        validators=[MaxValueValidator(LONGEST_QUIET_MS)],
        help_text=_("How long a customer must be silent before messages that came in a burst are answered together."),
    )
    callback_url = models.URLField(
        _("callback address"),
        max_length=500,
        blank=True,
        help_text=_("API channels: where replies are sent that the webhook's own answer could not give."),
    )
    callback_secret = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["kind", "address"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "address"], name="one_channel_a_kind_and_address"),
            models.CheckConstraint(condition=~Q(address=""), name="a_channel_has_an_address"),
            models.CheckConstraint(
                condition=Q(kind__in=["api", "whatsapp_meta", "whatsapp_twilio", "sms_twilio"]),
                name="a_channel_is_of_a_known_kind",
            ),
            models.CheckConstraint(condition=Q(quiet_ms__lte=60_000), name="a_quiet_window_lasts_a_minute_at_most"),
            models.CheckConstraint(
                condition=Q(callback_url="") | Q(kind="api") & ~Q(callback_secret=""),
                name="callbacks_are_signed_and_of_api_channels",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} · {self.address}"


class WebhookKey(BaseModel):
    """A key of a channel. Only its hash is kept; the first characters tell keys apart in lists."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="keys", verbose_name=_("channel"))
    label = models.CharField(_("label"), max_length=120, blank=True)
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(
        _("expires"), null=True, blank=True, editable=False, help_text=_("Set when a newer key takes its place.")
    )

    class Meta:
        verbose_name = _("webhook key")
        verbose_name_plural = _("webhook keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.label}".strip()
