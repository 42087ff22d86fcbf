"""Channels: where messages come in and go out, with what has to be pasted into the vendors' consoles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm import conf
from crm.admin.verbs import VerbsMixin
from crm.models import Channel
from crm.services.channels import callback_secret_renew, channel_prepare, channel_save

KIND = Channel.Kind
WEBHOOKS = {
    KIND.API: ("messages", _("Send messages here, with a key of this channel in the X-Api-Key header.")),
    KIND.WHATSAPP_META: (
        "meta",
        _("In Meta's console: the callback URL of the WhatsApp webhook. Its verify token is META_VERIFY_TOKEN."),
    ),
    KIND.WHATSAPP_TWILIO: ("twilio", _("In Twilio's console, at the WhatsApp sender: when a message comes in, POST.")),
    KIND.SMS_TWILIO: ("twilio", _("In Twilio's console, at the telephone number: when a message comes in, POST.")),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """What connects a channel with the world outside: where its messages are sent, and which settings are missing."""

    webhook: str
    instruction: Promise
    missing: tuple[str, ...]
    is_local: bool


def connection(channel: Channel, request: HttpRequest) -> Connection:
    """The address as seen from outside if the settings say it, else as this page was called."""
    name, instruction = WEBHOOKS[channel.kind]
    base = settings.PUBLIC_BASE_URL.rstrip("/")
    return Connection(
        webhook=f"{base or request.build_absolute_uri('/').rstrip('/')}/api/v1/webhook/{name}",
        instruction=instruction,
        missing=_missing(channel.kind),
        is_local=not base,
    )


def _missing(kind: str) -> tuple[str, ...]:
    meta, twilio = conf.settings().meta, conf.settings().twilio
    needed: dict[str, str] = {}
    if kind == KIND.WHATSAPP_META:
        needed = {
            "META_APP_SECRET": meta.app_secret,
            "META_VERIFY_TOKEN": meta.verify_token,
            "META_ACCESS_TOKEN": meta.access_token,
        }
    elif kind != KIND.API:
        needed = {"TWILIO_ACCOUNT_SID": twilio.account_sid, "TWILIO_AUTH_TOKEN": twilio.auth_token}
    return tuple(name for name, value in needed.items() if not value)


class ChannelForm(ModelForm):
    """The address is brought into the form its kind has, and a callback gets its secret, before all is checked."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        draft = Channel(
            pk=self.instance.pk,
            kind=cleaned.get("kind", self.instance.kind),
            address=cleaned.get("address", ""),
            callback_url=cleaned.get("callback_url", ""),
            callback_secret=self.instance.callback_secret,
        )
        draft._state.adding = self.instance._state.adding  # else it would be taken for another with the same address
        if not self.errors:
            try:
                channel_prepare(draft)
                # Of the fields that the form does not show, such as the kind of a channel that exists, it asks nothing.
                draft.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error)
        self.instance.callback_secret = draft.callback_secret
        return cleaned | {"address": draft.address}


@admin.register(Channel)
class ChannelAdmin(VerbsMixin, admin.ModelAdmin):
    """Where messages come in; a channel with conversations cannot be deleted."""

    form = ChannelForm
    formfield_overrides: ClassVar = {URLField: {"assume_scheme": "https"}}
    verbs = ("renew_secret",)
    list_display = ("__str__", "kind", "address", "account", "key_count")
    list_filter = ("kind", ("account", admin.EmptyFieldListFilter))
    # Stated again: a model's own order does not survive counting.
    ordering = ("kind", "address")
    list_select_related = ("account",)
    list_per_page = 50
    search_fields = ("name", "address", "account__client_name")
    autocomplete_fields = ("account",)
    fields = ("kind", "address", "name", "account", "quiet_ms", "callback_url")
    change_form_template = "admin/crm/channel/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        unexpired = Q(keys__expires_at__isnull=True) | Q(keys__expires_at__gt=timezone.now())
        valid = Count("keys", filter=unexpired & Q(keys__revoked_at__isnull=True))
        return super().get_queryset(request).annotate(key_count=valid)

    def get_fields(self, request: HttpRequest, obj: Channel | None = None) -> tuple[str, ...]:
        """Replies to a number go to its vendor: only API channels have a callback."""
        return self.fields if obj is None or obj.kind == KIND.API else self.fields[:-1]

    def get_readonly_fields(self, request: HttpRequest, obj: Channel | None = None) -> tuple[str, ...]:
        """What a channel is stays: its conversations, and the replies on their way, were made for that."""
        return () if obj is None else ("kind",)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        channel = context.get("original")
        context["connection"] = connection(channel, request) if channel else None
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Channel, form: ModelForm, change: bool) -> None:
        channel_save(channel=obj)

    def do_renew_secret(self, request: HttpRequest, obj: Channel) -> HttpResponse:
        callback_secret_renew(channel=obj)
        self.log_change(request, obj, "Renewed the callback secret")
        messages.success(request, _("Callbacks are signed with a new secret from now on."))
        return redirect(request.path)

    @admin.display(description=_("valid keys"), ordering="key_count")
    def key_count(self, channel: Channel) -> int:
        return channel.key_count
