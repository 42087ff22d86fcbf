"""One case: read it, claim it, decide it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from booms.core.errors import DomainError, InvalidInput
from crm import selectors
from crm.console import wording
from crm.console.access import SupervisorView
from crm.console.delivery import Progress, attempts
from crm.console.forms import DecisionForm
from crm.console.presentation import Claim, TimeLeft, findings, history, text_language, without_model
from crm.console.refusals import refusal
from crm.models import Reply, Run, RunStatus
from crm.services.cases import case_claim, case_release
from crm.services.decisions import decision_make


class CaseView(SupervisorView):
    """The page of a case; a decision that is refused shows it again with what was typed."""

    def load(self) -> None:
        self.case = selectors.case(self.kwargs["run_id"])

    def get(self, request: HttpRequest, run_id: UUID) -> HttpResponse:
        return self.page(DecisionForm(case=self.case))

    def post(self, request: HttpRequest, run_id: UUID) -> HttpResponse:
        self.form = DecisionForm(request.POST, case=self.case)
        if not self.form.is_valid():
            return self.page(self.form, status=422)
        run = decision_make(run_id=run_id, supervisor=request.user, **self.form.arguments())
        messages.success(request, _outcome(run, self.case))
        following = selectors.next_case(run, request.user)
        return redirect("admin:crm_case", following.pk) if following else redirect("admin:crm_queue")

    def refused(self, error: DomainError) -> HttpResponseBase:
        """Show the case as it is now, with the text as it was typed and the reason of the refusal."""
        self.load_or_404()
        status = 422 if isinstance(error, InvalidInput) else 409
        return self.page(self.form, status=status, refusal=refusal(error))

    def page(self, form: DecisionForm, *, status: int = 200, refusal: str = "") -> HttpResponse:
        context = self.get_context_data(form=form, refusal=refusal)
        return TemplateResponse(self.request, "crm/console/case.html", context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.case.run
        return super().get_context_data(
            title=self.case.conversation.client_id,
            case=self.case,
            run=run,
            current=[entry for entry in self.case.entries if entry.is_current],
            earlier=[entry for entry in self.case.entries if not entry.is_current],
            authors=wording.AUTHORS,
            sentiment=wording.word(wording.SENTIMENTS, run.sentiment),
            why=wording.word(wording.RULES, run.rule),
            action=wording.word(wording.ACTIONS, run.proposed_action),
            language=wording.word(wording.LANGUAGES, run.language),
            text_language=text_language(run),
            time_left=TimeLeft.until(run.sla_due_at, self.now),
            claim=Claim.of(run, self.request.user, self.now),
            findings=findings(run),
            without_model=without_model(self.case),
            progress=Progress.of(self.case),
            closed=self.case.window is not None and not self.case.window.is_open,
            history=sorted([*history(self.case), *attempts(self.case)], key=lambda item: item.at),
            following=selectors.next_case(run, self.request.user) if self.case.is_open else None,
            **kwargs,
        )


class ClaimView(SupervisorView):
    """Claim a case or renew the claim; `case.js` asks for JSON and stays on the page."""

    http_method_names = ("post",)
    service: Callable[..., Run] = staticmethod(case_claim)

    def post(self, request: HttpRequest, run_id: UUID) -> HttpResponse:
        run = self.service(run_id=run_id, user=request.user)
        if _wants_json(request):
            return JsonResponse({"claimed_until": run.claimed_until})
        return self.back()

    def refused(self, error: DomainError) -> HttpResponseBase:
        if _wants_json(self.request):
            return JsonResponse({"detail": refusal(error), "code": error.code}, status=409)
        messages.error(self.request, refusal(error))
        return self.back()

    def back(self) -> HttpResponseRedirect:
        return redirect("admin:crm_case", self.kwargs["run_id"])


class ReleaseView(ClaimView):
    """Give a claim back and leave the case: staying on its page would claim it again."""

    service = staticmethod(case_release)

    def back(self) -> HttpResponseRedirect:
        return redirect("admin:crm_queue")


def _outcome(run: Run, case: selectors.Case) -> str:
    client = {"client": case.conversation.client_id}
    if run.status == RunStatus.REJECTED:
        return _("The case of %(client)s is rejected; nothing was sent.") % client
    if run.status == RunStatus.APPROVING or run.reply.status == Reply.Status.QUEUED:
        return _("The reply to %(client)s is approved and under way.") % client
    return _("The reply to %(client)s is approved and sent.") % client


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
