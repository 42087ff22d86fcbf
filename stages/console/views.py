"""The pages of an account's onboarding, of a stage and of a version; for those who may view stages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from agents.interview.state import Origin
from booms.core.errors import NotFound
from stages.console import reading, wording
from stages.console.conversation import answers_of, rounds_of
from stages.console.presentation import (
    Bar,
    Deliverable,
    Judged,
    Overview,
    changes_of,
    stage_title,
    versions_of,
)
from stages.definitions.catalogue import definition


def may_view(request: HttpRequest) -> bool:
    """Whether somebody may read stages: with the permission, or as a supervisor."""
    user = request.user
    return user.is_staff and (user.has_perm("stages.view_stage") or user.has_perm("crm.decide_run"))


@method_decorator(never_cache, name="dispatch")
class ReadingPage(TemplateView):
    """A page of the admin that only shows; `admin_view` has asked for a login before it is reached."""

    http_method_names = ("get", "head")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_view(request):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotFound as error:
            raise Http404(str(error)) from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **admin.site.each_context(self.request),
            origins=wording.ORIGINS.values(),
            assumed=[Origin.ASSUMPTION],
            **kwargs,
        )


class OnboardingPage(ReadingPage):
    """An account: its stages, and their deliverables as a whole."""

    template_name = "stages/console/onboarding.html"

    def get_context_data(self, *, account_id: UUID, **kwargs: Any) -> dict[str, Any]:
        account = reading.account_with_stages(account_id)
        stages = list(account.stages.all())
        return super().get_context_data(
            title=account.client_name,
            account=account,
            bar=Bar.of(stages),
            overviews=[Overview.of(stage) for stage in stages],
            **kwargs,
        )


class StagePage(ReadingPage):
    """A stage: status, deliverable, verdicts, answers, conversation, versions, changes."""

    template_name = "stages/console/stage.html"

    def get_context_data(self, *, stage_id: UUID, **kwargs: Any) -> dict[str, Any]:
        stage = reading.stage_with_history(stage_id)
        version = reading.version_of(stage.pk)
        described = definition(stage.number)
        return super().get_context_data(
            title=stage_title(stage),
            stage=stage,
            definition=described,
            goal=described.goal.of(wording.reader_language()),
            deliverable=Deliverable.of(stage, version) if version else None,
            judged=[Judged.of(described, verdict) for verdict in stage.verdicts.all()],
            phases=answers_of(stage),
            rounds=rounds_of(stage),
            versions=versions_of(stage),
            changes=changes_of(stage),
            **kwargs,
        )


class VersionPage(ReadingPage):
    """One version of a deliverable, as it was when it counted."""

    template_name = "stages/console/version.html"

    def get_context_data(self, *, stage_id: UUID, number: int, **kwargs: Any) -> dict[str, Any]:
        version = reading.version_of(stage_id, number)
        if version is None:
            raise NotFound(f"There is no version {number} of stage {stage_id}.")
        stage = version.stage
        return super().get_context_data(
            title=stage_title(stage),
            stage=stage,
            deliverable=Deliverable.of(stage, version, getattr(version, "verdict", None)),
            **kwargs,
        )
