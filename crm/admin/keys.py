"""Keys of channels."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.admin.read_only import badge
from crm.models import WebhookKey
from crm.services.keys import webhook_key_create, webhook_key_revoke


@admin.register(WebhookKey)
class WebhookKeyAdmin(admin.ModelAdmin):
    """Keys are made here, shown once, and revoked instead of deleted."""

    list_display = ("label_or_prefix", "channel", "prefix", "state", "last_used_at", "created_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), ("channel", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("channel",)
    search_fields = ("label", "prefix", "channel__name", "channel__address")
    fields = ("channel", "label")
    readonly_fields = ("prefix", "created_by", "created_at", "last_used_at", "revoked_at")
    autocomplete_fields = ("channel",)
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: WebhookKey | None = None) -> tuple[str, ...]:
        return self.fields if obj is None else (*self.fields, *self.readonly_fields)

    def get_readonly_fields(self, request: HttpRequest, obj: WebhookKey | None = None) -> tuple[str, ...]:
        return () if obj is None else ("channel", *self.readonly_fields)

    def has_delete_permission(self, request: HttpRequest, obj: WebhookKey | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: WebhookKey, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        key, text = webhook_key_create(channel=obj.channel, label=obj.label, created_by=request.user)
        # Django goes on with the object of the form: it must be the key that was made.
        obj.__dict__.update(key.__dict__)
        obj.text = text

    def response_add(self, request: HttpRequest, obj: WebhookKey, post_url_continue: str | None = None) -> HttpResponse:
        """The key itself, once, on the answer to the form: nothing keeps it, not even the session."""
        context = {**self.admin_site.each_context(request), "title": _("The key is made"), "key": obj}
        return TemplateResponse(request, "admin/crm/webhookkey/made.html", context)

    @admin.display(description=_("label"), ordering="label")
    def label_or_prefix(self, key: WebhookKey) -> str:
        return key.label or f"{key.prefix}…"

    @admin.display(description=_("state"), ordering="revoked_at")
    def state(self, key: WebhookKey) -> str:
        return badge("rejected", _("revoked")) if key.revoked_at else badge("processed", _("valid"))

    @admin.action(description=_("Revoke the selected keys"), permissions=["change"])
    def revoke(self, request: HttpRequest, keys: QuerySet[WebhookKey]) -> None:
        chosen = list(keys)
        for key in chosen:
            webhook_key_revoke(key=key)
            self.log_change(request, key, "Revoked")
        count = len(chosen)
        messages.success(
            request,
            ngettext("%(count)d key is revoked.", "%(count)d keys are revoked.", count) % {"count": count},
        )
