"""Files for staff who may view stages; what cannot be had is a page that says why."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View

from booms.api.exceptions import STATUS
from booms.core.errors import DomainError, NotAvailable, NotFound, Unavailable
from exports import services
from exports.downloads import download
from exports.exporters import AccountExporter, StageExporter
from stages.console.views import may_view


@method_decorator(admin.site.admin_view, name="dispatch")
class FilePage(View):
    """A download; the admin asks for a login before it is reached."""

    http_method_names = ("get", "head")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_view(request):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except (NotFound, NotAvailable, Unavailable) as error:
            return self._refusal(request, error)

    def _refusal(self, request: HttpRequest, error: DomainError) -> HttpResponse:
        context = {**admin.site.each_context(request), "title": _("No file"), "reason": str(error)}
        status = next(number for kind, number in STATUS if isinstance(error, kind))
        answer = render(request, "exports/console/refusal.html", context, status=status)
        if isinstance(error, Unavailable):
            answer["Retry-After"] = str(error.retry_after)
        return answer


class StageFilePage(FilePage):
    """A file of a stage."""

    exporter: StageExporter | None = None

    def get(self, request: HttpRequest, stage_id: UUID) -> HttpResponseBase:
        return download(request, services.stage_export(exporter=self.exporter, stage_id=stage_id, owner=None))


class AccountFilePage(FilePage):
    """A file of all completed stages of an account."""

    exporter: AccountExporter | None = None

    def get(self, request: HttpRequest, account_id: UUID) -> HttpResponseBase:
        return download(request, services.account_export(exporter=self.exporter, account_id=account_id, owner=None))
