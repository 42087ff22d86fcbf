"""The pending queue: cases nearest to breach first, and the same list alone for live refresh."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm import selectors
from crm.console.access import SupervisorView
from crm.console.forms import QueueFilterForm
from crm.console.presentation import QueueRow
from crm.reply_selectors import unreached_replies

PAGE_SIZE = 50


class QueueView(SupervisorView):
    """The whole page."""

    template_name = "crm/console/queue.html"

    def load(self) -> None:
        self.filters = QueueFilterForm(self.request.GET)
        runs = selectors.pending_runs(**self.filters.chosen())
        self.page = Paginator(runs, PAGE_SIZE).get_page(self.request.GET.get("page"))
        self.rows = [QueueRow.of(run, self.request.user, self.now) for run in self.page]
        self.figures = selectors.queue_figures(self.now)
        self.unreached = unreached_replies().count()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = TemplateResponse(request, self.template_name, self.get_context_data())
        response["ETag"] = self.etag
        return response

    @property
    def etag(self) -> str:
        """Changes when the list would look different, the ticking of its clocks aside."""
        seen = [
            (row.run.pk, row.run.updated_at, row.time_left.urgency, row.claim.name, row.claim.mine) for row in self.rows
        ]
        content = repr(
            (
                get_language(),
                self.request.GET.urlencode(),
                self.page.paginator.count,
                self.figures,
                self.unreached,
                seen,
            )
        )
        return f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            title=_("Pending queue"),
            filters=self.filters,
            filtered=any(query.values()),
            page=self.page,
            rows=self.rows,
            figures=self.figures,
            unreached=self.unreached,
            query=query.urlencode(),
            etag=self.etag,
            **kwargs,
        )


class QueueResultsView(QueueView):
    """Figures and list alone; `If-None-Match` with what the browser has is answered 304."""

    template_name = "crm/console/_queue_results.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("If-None-Match", "").removeprefix("W/") == self.etag:
            return HttpResponseNotModified(headers={"ETag": self.etag})
        return super().get(request, *args, **kwargs)
