"""Embedding spaces in the admin: which one is searched, and how far the next one is."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from agents.knowledge.fault_texts import embedding_reason
from agents.knowledge.selectors import space_progress
from agents.models import EmbeddingSpace
from booms.core.read_only_admin import ReadOnlyAdmin

REFRESH_SECONDS = "5"


@admin.register(EmbeddingSpace)
class EmbeddingSpaceAdmin(ReadOnlyAdmin):
    """Nothing can be changed here: the configured model's space is built by a worker and then searched."""

    list_display = ("__str__", "state", "progress", "stopped_by", "is_indexed", "updated_at")
    list_display_links = None

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The list comes again by itself while a space is built."""
        response = super().changelist_view(request, extra_context)
        if EmbeddingSpace.objects.filter(state=EmbeddingSpace.State.BUILDING).exists():
            response["Refresh"] = REFRESH_SECONDS
        return response

    @admin.display(description=_("progress"))
    def progress(self, space: EmbeddingSpace) -> SafeString:
        done, total = space_progress(space)
        return format_html(
            '<progress value="{}" max="{}"></progress> {} / {} {}', done, max(total, 1), done, total, _("passages")
        )

    @admin.display(description=_("stopped by"))
    def stopped_by(self, space: EmbeddingSpace) -> str:
        return embedding_reason(space.fault) if space.fault else "—"
