"""Uploads in the admin: a file is handed to a worker, and its row shows how far it is and what is wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agents.document_admin.documents import STAGES
from agents.knowledge.errors import DocumentError
from agents.knowledge.fault_texts import fault_of, sentence
from agents.knowledge.uploads import SIZE_LIMIT, upload_start
from agents.models import DocumentUpload

REFRESH_SECONDS = "3"
MOST_FAULTS = 20
UNDER_WAY = (DocumentUpload.State.WAITING, DocumentUpload.State.WORKING)


class UploadForm(forms.ModelForm):
    """A file, whose it is, and for which stages."""

    file = forms.FileField(label=_("File"), help_text=_("PDF, DOCX, HTML, Markdown or text, up to 25 MB."))
    stages = forms.TypedMultipleChoiceField(
        label=_("Stages"),
        choices=STAGES,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Empty: for all stages."),
    )

    class Meta:
        model = DocumentUpload
        fields = ("account",)

    def clean(self) -> dict[str, Any]:
        """What is too large is an error of the file."""
        values = super().clean() or {}
        file = values.get("file")
        if file and file.size > SIZE_LIMIT:
            self.add_error("file", _("The file is larger than 25 MB."))
        return values


@admin.register(DocumentUpload)
class DocumentUploadAdmin(admin.ModelAdmin):
    """Files on their way into the knowledge base."""

    form = UploadForm
    list_display = ("name", "account", "state", "progress", "result", "created_at")
    list_select_related = ("account",)
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: DocumentUpload | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: DocumentUpload | None = None) -> tuple[str, ...]:
        return ("name", "account", "state", "progress", "result", "document") if obj else ("file", "account", "stages")

    def get_readonly_fields(self, request: HttpRequest, obj: DocumentUpload | None = None) -> tuple[str, ...]:
        return ("progress", "result") if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentUpload]:
        return super().get_queryset(request).defer("data")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The list comes again by itself while something is being read."""
        response = super().changelist_view(request, extra_context)
        if DocumentUpload.objects.filter(state__in=UNDER_WAY).exists():
            response["Refresh"] = REFRESH_SECONDS
        return response

    @admin.display(description=_("progress"))
    def progress(self, upload: DocumentUpload) -> SafeString | str:
        if not upload.total:
            return "—"
        step, done, total = upload.get_step_display(), upload.done, upload.total
        return format_html('<progress value="{}" max="{}"></progress> {} / {} {}', done, total, done, total, step)

    @admin.display(description=_("result"))
    def result(self, upload: DocumentUpload) -> SafeString | str:
        """What came of it, and what is wrong: once for the document, or page by page."""
        outcome = upload.get_outcome_display()
        if not upload.faults:
            return outcome or "—"
        if upload.state == DocumentUpload.State.FAILED:
            return _told(upload.faults[0])
        told = [_told(fault) for fault in upload.faults[:MOST_FAULTS]]
        if left := len(upload.faults) - len(told):
            told.append(ngettext("%(count)d more page", "%(count)d more pages", left) % {"count": left})
        return format_html("{}<ul>{}</ul>", outcome, format_html_join("", "<li>{}</li>", ((line,) for line in told)))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        """The form; a file that is no document is refused on it."""
        if not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid() and self._start(request, form):
            return redirect("admin:agents_documentupload_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "title": _("Add a document"),
        }
        return TemplateResponse(request, "admin/agents/document/upload.html", context)

    def _start(self, request: HttpRequest, form: UploadForm) -> bool:
        file, account = form.cleaned_data["file"], form.cleaned_data["account"]
        try:
            upload_start(
                name=file.name,
                data=file.read(),
                account_id=account and account.pk,
                stages=form.cleaned_data["stages"],
            )
        except DocumentError as error:
            form.add_error("file", sentence(fault_of(error)))
            return False
        messages.success(
            request, _("The file %(name)s is being read; this page shows how far it is.") % {"name": file.name}
        )
        return True


def _told(fault: dict[str, Any]) -> str:
    if fault["page"] is None:
        return sentence(fault)
    return gettext("Page %(page)s: %(fault)s") % {"page": fault["page"], "fault": sentence(fault)}
