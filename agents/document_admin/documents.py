"""Documents in the admin with their passages, and a page to try a search on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agents.knowledge.ingestion import document_remove
from agents.knowledge.retrieval import Scope, candidates, fits
from agents.knowledge.selectors import passages_of
from agents.models import Document, Language

STAGES = [(number, str(number)) for number in range(1, 8)]
RESULTS = 10
MOST_PASSAGES = 200


class SearchForm(forms.Form):
    """A question, and where to look for its answer."""

    q = forms.CharField(label=_("Question"), max_length=1000)
    account = forms.ModelChoiceField(label=_("Account"), queryset=None, required=False)
    stage = forms.TypedChoiceField(
        label=_("Stage"), choices=[("", "—"), *STAGES], coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("", "—"), *Language.choices], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].queryset = Document._meta.get_field("account").related_model.objects.all()

    @property
    def scope(self) -> Scope:
        given = self.cleaned_data
        account = given["account"]
        return Scope(account_id=account and account.pk, stage=given["stage"], language=given["language"])


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """What is in the knowledge base. Documents come in by upload or command, and are changed by neither."""

    list_display = ("__str__", "account", "for_stages", "language", "page_count", "passage_count", "created_at")
    list_filter = ("kind", "language", ("account", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("account",)
    search_fields = ("name", "folder")
    actions = None
    fields = ("name", "folder", "account", "for_stages", "kind", "language", "page_count", "passage_count", "passages")
    readonly_fields = ("for_stages", "passages")
    change_list_template = "admin/agents/document/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Supervisors open the pages that a draft cites."""
        return request.user.has_perm("crm.decide_run") or super().has_view_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Document) -> None:
        document_remove(document=obj)

    @admin.display(description=_("stages"))
    def for_stages(self, document: Document) -> str:
        return ", ".join(map(str, document.stages)) or "—"

    @admin.display(description=_("passages"))
    def passages(self, document: Document) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:agents_document_passages", args=[document.pk]), _("Read the passages")
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("search/", view(self.search_view), name="agents_document_search"),
            path("<uuid:pk>/passages/", view(self.passages_view), name="agents_document_passages"),
            *super().get_urls(),
        ]

    def passages_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The passages of a document, or of one of its pages."""
        document = self.get_object(request, str(pk))
        if document is None or not self.has_view_permission(request, document):
            raise Http404
        page = request.GET.get("page", "")
        found = passages_of(document, page=int(page) if page.isdecimal() and len(page) < 7 else None)
        context = {"title": str(document), "document": document, "chunks": found[:MOST_PASSAGES]}
        return self._page(request, "passages", context)

    def search_view(self, request: HttpRequest) -> HttpResponse:
        """What a search finds, and what an agent would be given of it."""
        if not self.has_view_permission(request):
            raise Http404
        form = SearchForm(request.GET or None)
        found = candidates(form.cleaned_data["q"], form.scope, limit=RESULTS) if form.is_valid() else []
        results = [{"found": item, "fits": fits(item)} for item in found]
        return self._page(request, "search", {"title": _("Try a search"), "form": form, "results": results})

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        context |= self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"admin/agents/document/{name}.html", context)
