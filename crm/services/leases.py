"""Leases: who works on a run, and until when nobody else may; a conversation has one run worked on at a time.

Whether a time has come is asked of the database, which also says when a job is due: machines' clocks differ.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from crm.models import Run, RunStatus
from crm.transitions import LEASED

# Longer than a turn of the pipeline can take (25 s), with room for a slow machine. No crash blocks a conversation
# for longer.
LEASE = timedelta(seconds=45)


def lease_new(run: Run) -> UUID:
    """Give the run, which the caller saves, to whoever calls."""
    run.lease_token, run.leased_until = uuid4(), timezone.now() + LEASE
    run.attempts += 1
    return run.lease_token


def lease_take(run_id: UUID) -> UUID | None:
    """Take up a run whose turn it is and that nobody works on; None when it is not, or finished. One caller wins."""
    token = uuid4()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=Now())
    due = Q(work_at__isnull=True) | Q(work_at__lte=Now())
    taken = Run.objects.filter(free, due, _in_turn(), pk=run_id, status__in=LEASED).update(
        lease_token=token, leased_until=Now() + LEASE, attempts=F("attempts") + 1, updated_at=Now()
    )
    return token if taken else None


def taken_up_at(run_id: UUID) -> datetime | None:
    """When a run that waits can be taken up: after its quiet window, or when its lease ends. None: it need not be.

    A run behind another one is taken up when that one is settled.
    """
    run = (
        Run.objects.filter(_in_turn(), pk=run_id, status__in=LEASED)
        .annotate(free_at=Greatest("work_at", "leased_until", Now()))  # one that is null counts for nothing
        .only("pk")
        .first()
    )
    return run.free_at if run else None


def abandoned_runs() -> QuerySet[Run]:
    """Runs whose worker is gone: the lease ran out, or nobody took them up for as long as a lease lasts."""
    late = Now() - LEASE
    forgotten = Q(leased_until__isnull=True, updated_at__lt=late) & (Q(work_at__isnull=True) | Q(work_at__lt=late))
    return Run.objects.filter(_in_turn(), Q(leased_until__lt=Now()) | forgotten, status__in=LEASED)


def _in_turn() -> Q:
    """No earlier run of the conversation waits; an approved case waits for nobody."""
    earlier = Run.objects.filter(
        conversation=OuterRef("conversation"), status=RunStatus.RECEIVED, position__lt=OuterRef("position")
    )
    return Q(status=RunStatus.APPROVING) | ~Q(Exists(earlier))
