"""What became of a reply: shown on the case, and sent again from there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from booms.core.errors import DomainError, NotFound
from crm.console import wording
from crm.console.access import SupervisorView
from crm.console.presentation import HistoryItem
from crm.console.refusals import refusal
from crm.models import Delivery, Reply
from crm.selectors import Case
from crm.services.sending import reply_send_again

S = Reply.Status
TONES: dict[str, Literal["positive", "negative", "approving"]] = {S.QUEUED: "approving", S.FAILED: "negative"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a reply has got. `tone` and `word` are a badge's, `detail` what the vendor said in its own words."""

    status: str
    tone: str
    word: Promise | str
    what: Promise | str
    why: Promise | str
    detail: str
    at: datetime | None

    @property
    def failed(self) -> bool:
        return self.status == S.FAILED

    @classmethod
    def of(cls, case: Case) -> Progress | None:
        reply = getattr(case.run, "reply", None)
        if reply is None:
            return None
        return cls(
            status=reply.status,
            tone=TONES.get(reply.status, "positive"),
            word=wording.word(wording.REPLY_WORDS, reply.status),
            what=wording.word(wording.REPLY_STATUSES, reply.status),
            why=wording.word(wording.FAILURES, reply.failure),
            detail=reply.failure_reason,
            at=reply.status_at,
        )


def attempts(case: Case) -> Iterable[HistoryItem]:
    """Attempts to send the reply, and what its vendor told of it since."""
    for delivery in case.deliveries:
        yield HistoryItem(
            at=delivery.finished_at or delivery.created_at,
            who=_("Reply"),
            what=wording.word(wording.ATTEMPTS, delivery.outcome),
            detail="" if delivery.outcome == Delivery.Outcome.ACCEPTED else delivery.reason,
        )
    reply = getattr(case.run, "reply", None)
    if reply is not None and reply.status in (S.DELIVERED, S.READ, S.FAILED) and reply.status_at:
        yield HistoryItem(at=reply.status_at, who=_("Reply"), what=wording.word(wording.REPLY_WORDS, reply.status))


class SendAgainView(SupervisorView):
    """Send a failed reply once more; pressed twice, it goes out once."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, run_id: UUID) -> HttpResponse:
        reply_send_again(run_id=run_id, supervisor=request.user)
        messages.success(request, _("The reply is on its way again."))
        return redirect("admin:crm_case", run_id)

    def refused(self, error: DomainError) -> HttpResponseBase:
        if isinstance(error, NotFound):
            raise Http404(str(error)) from error
        messages.error(self.request, refusal(error))
        return redirect("admin:crm_case", self.kwargs["run_id"])
