"""Keys of channels."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.admin.read_only import badge
from crm.admin.verbs import VerbsMixin
from crm.models import WebhookKey
from crm.services.keys import OVERLAP, webhook_key_create, webhook_key_revoke, webhook_key_rotate


class StateFilter(admin.SimpleListFilter):
    """By whether a key opens its channel."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("valid", _("valid")), ("expired", _("expired")), ("revoked", _("revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[WebhookKey]) -> QuerySet[WebhookKey]:
        now = timezone.now()
        conditions = {
            "valid": Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=now)),
            "expired": Q(revoked_at__isnull=True, expires_at__lte=now),
            "revoked": Q(revoked_at__isnull=False),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


@admin.register(WebhookKey)
class WebhookKeyAdmin(VerbsMixin, admin.ModelAdmin):
    """Keys are made here, shown once, replaced, and revoked instead of deleted."""

    verbs = ("rotate", "revoke")
    list_display = ("key", "channel", "state", "last_used", "made")
    list_filter = (StateFilter, ("channel", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("channel",)
    list_per_page = 50
    search_fields = ("label", "prefix", "channel__name", "channel__address")
    fields = ("channel", "label")
    readonly_fields = ("prefix", "state", "maker", "created_at", "last_used_at", "expires_at", "revoked_at")
    autocomplete_fields = ("channel",)
    actions = ("revoke",)
    change_form_template = "admin/crm/webhookkey/change_form.html"

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
        return self._made(request, obj)

    def do_rotate(self, request: HttpRequest, obj: WebhookKey) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        key, text, replaced = webhook_key_rotate(channel=obj.channel, label=obj.label, created_by=request.user)
        self.log_addition(request, key, "Made in the place of others")
        key.text = text
        return self._made(request, key, replaced=replaced, hours=OVERLAP.total_seconds() / 3600)

    def do_revoke(self, request: HttpRequest, obj: WebhookKey) -> HttpResponse:
        self.revoke(request, WebhookKey.objects.filter(pk=obj.pk))
        return redirect(request.path)

    @admin.display(description=_("key"), ordering="label")
    def key(self, key: WebhookKey) -> str:
        prefix = f"{key.prefix}…"
        return format_html('{}<span class="cell-more">{}</span>', key.label, prefix) if key.label else prefix

    @admin.display(description=_("last used"), ordering="last_used_at")
    def last_used(self, key: WebhookKey) -> str:
        return _moment(key.last_used_at) if key.last_used_at else "–"

    @admin.display(description=_("made by"))
    def maker(self, key: WebhookKey) -> str:
        return str(key.created_by or "–")

    @admin.display(description=_("created"), ordering="created_at")
    def made(self, key: WebhookKey) -> str:
        return _moment(key.created_at)

    @admin.display(description=_("state"), ordering="revoked_at")
    def state(self, key: WebhookKey) -> str:
        if key.revoked_at:
            return badge("rejected", _("revoked"))
        if key.expires_at is None:
            return badge("processed", _("valid"))
        if key.expires_at <= timezone.now():
            return badge("rejected", _("expired"))
        return badge("pending_approval", _("valid until %(time)s") % {"time": _moment(key.expires_at)})

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

    def _made(self, request: HttpRequest, key: WebhookKey, **context: Any) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "title": _("The key is made"), "key": key}
        return TemplateResponse(request, "admin/crm/webhookkey/made.html", context)


def _moment(time: datetime) -> str:
    return date_format(timezone.localtime(time), "j M Y, H:i")
