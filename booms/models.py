"""The project's own tables: why background jobs failed, which the queue does not keep."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from booms.core.models import RecordModel


class JobFailure(RecordModel):
    """One failed attempt at a background job.

    `error` is the kind of the error and `place` where in our code it came up: an error's own words may hold a
    customer's. The job is named by its number alone, since the queue deletes its rows itself.
    """

    job_id = models.BigIntegerField(editable=False, db_index=True)
    error = models.CharField(_("error"), max_length=200)
    place = models.CharField(_("where"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("failed attempt")
        verbose_name_plural = _("failed attempts")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.error} · {self.place}" if self.place else self.error


class FailedJob(ProcrastinateJob):
    """A background job that failed for good, as the queue keeps it."""

    class Meta:
        proxy = True
        verbose_name = _("failed job")
        verbose_name_plural = _("failed jobs")

    def __str__(self) -> str:
        return f"{self.task_name} · {self.pk}"
