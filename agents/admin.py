"""The ledger in the admin: every request to a model, and totals by account, day and model. Nothing can be changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from agents import document_admin  # noqa: F401 registers the knowledge base
from agents.models import ModelCall
from agents.selectors import recent, spending
from booms.core.read_only_admin import ReadOnlyAdmin

DAYS = 31
TITLES = {"account": _("By account"), "day": _("By day"), "model": _("By model")}


@admin.register(ModelCall)
class ModelCallAdmin(ReadOnlyAdmin):
    """The ledger of model calls. The totals follow the filters; without a date they are of the last days only."""

    list_display = (
        "created_at",
        "purpose",
        "account",
        "vendor_model",
        "outcome",
        "tokens",
        "cost_usd",
        "duration_ms",
    )
    list_filter = (
        "outcome",
        "provider",
        "served_model",
        "purpose",
        ("account", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("account",)
    list_per_page = 25
    date_hierarchy = "created_at"
    search_fields = ("=subject_id", "vendor_model", "prompt_hash")
    search_help_text = _("Searches the id of a case or stage, model and prompt hash.")
    show_full_result_count = False
    change_list_template = "admin/agents/modelcall/change_list.html"

    @admin.display(description=_("tokens"))
    def tokens(self, call: ModelCall) -> int:
        return call.prompt_tokens + call.completion_tokens

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None:
            dated = any(name.startswith("created_at") for name in request.GET)
            calls = changelist.queryset if dated else recent(changelist.queryset, days=DAYS)
            response.context_data |= {"totals": _totals(calls), "totals_days": None if dated else DAYS}
        return response


def _totals(calls: QuerySet[ModelCall]) -> list[dict[str, Any]]:
    return [{"title": title, "rows": spending(calls, by=by)} for by, title in TITLES.items()]
