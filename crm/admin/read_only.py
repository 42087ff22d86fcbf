"""Pages of what happened, for supervisors to read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html

from booms.core.read_only_admin import ReadOnlyAdmin

EXCERPT_CHARACTERS = 110


class HistoryAdmin(ReadOnlyAdmin):
    """Rows that the product writes and people read; supervisors need no permission besides their own."""

    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("crm.decide_run") or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("crm.decide_run") or super().has_module_permission(request)


def badge(kind: str, text: object) -> str:
    return format_html('<span class="badge badge-{}">{}</span>', kind, text)
