"""Background jobs in the admin: all of them to read, those that failed with another chance."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.admin import ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from booms.core.errors import DomainError
from booms.core.read_only_admin import ReadOnlyAdmin
from booms.jobs.failures import job_queue_again
from booms.models import FailedJob, JobFailure

admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class JobAdmin(ProcrastinateJobAdmin):
    """The whole queue, for reading: what may be done to a job is done in the list of failed ones."""

    actions = None


@admin.register(FailedJob)
class FailedJobAdmin(ReadOnlyAdmin):
    """Jobs that failed for good, with why; who may change them queues them again."""

    actions = ("queue_again",)
    list_display = ("task", "about", "tried", "reason", "failed_at")
    list_per_page = 50
    ordering = ("-id",)
    fields = ("task", "about", "tried", "failures")
    readonly_fields = fields
    search_fields = ("task_name", "args")
    search_help_text = _("Searches the task, and the id of a case or a reply.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[FailedJob]:
        last = JobFailure.objects.filter(job_id=OuterRef("pk")).order_by("-created_at")
        return (
            super()
            .get_queryset(request)
            .filter(status=Status.FAILED.value)
            .annotate(
                last_error=Subquery(last.values("error")[:1]),
                last_place=Subquery(last.values("place")[:1]),
                last_at=Subquery(last.values("created_at")[:1]),
            )
        )

    def has_queue_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("booms.change_failedjob")

    @admin.display(description=_("task"), ordering="task_name")
    def task(self, job: FailedJob) -> str:
        return job.task_name

    @admin.display(description=_("attempts"), ordering="attempts")
    def tried(self, job: FailedJob) -> int:
        return job.attempts

    @admin.display(description=_("about"))
    def about(self, job: FailedJob) -> str:
        """What the job was given: ids and times, for jobs are given nothing else."""
        return ", ".join(f"{name}={value}" for name, value in job.args.items()) or "–"

    @admin.display(description=_("last error"))
    def reason(self, job: FailedJob) -> str:
        return " · ".join(filter(None, (job.last_error, job.last_place))) or _("not known")

    @admin.display(description=_("failed at"), ordering="last_at")
    def failed_at(self, job: FailedJob) -> Any:
        return job.last_at

    @admin.display(description=_("failed attempts"))
    def failures(self, job: FailedJob) -> str:
        found = JobFailure.objects.filter(job_id=job.pk)[:20]
        return "\n".join(f"{failure.created_at:%Y-%m-%d %H:%M:%S} UTC · {failure}" for failure in found) or _(
            "not known"
        )

    @admin.action(description=_("Queue again"), permissions=["queue_again"])
    def queue_again(self, request: HttpRequest, queryset: QuerySet[FailedJob]) -> None:
        queued = 0
        for job in queryset:
            try:
                job_queue_again(job_id=job.pk, user=request.user)
                queued += 1
            except DomainError as refusal:
                self.message_user(request, f"{job.pk}: {refusal}", messages.WARNING)
        if queued:
            said = ngettext("%(count)d job is queued again.", "%(count)d jobs are queued again.", queued)
            self.message_user(request, said % {"count": queued}, messages.SUCCESS)
