"""Channels."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.models import Channel


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin):
    """Where messages come in; a channel with conversations cannot be deleted."""

    list_display = ("__str__", "kind", "address", "account", "key_count")
    list_filter = ("kind",)
    # Stated again: a model's own order does not survive counting.
    ordering = ("kind", "address")
    list_select_related = ("account",)
    search_fields = ("name", "address", "account__client_name")
    autocomplete_fields = ("account",)
    fields = ("kind", "address", "name", "account")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        valid = Count("keys", filter=Q(keys__revoked_at__isnull=True))
        return super().get_queryset(request).annotate(key_count=valid)

    @admin.display(description=_("valid keys"), ordering="key_count")
    def key_count(self, channel: Channel) -> int:
        return channel.key_count
