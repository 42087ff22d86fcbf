"""Leases: who works on a run, and until when nobody else may."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from crm.models import Run
from crm.transitions import LEASED

# Longer than a turn of the pipeline can take (25 s), with room for a slow machine.
LEASE = timedelta(seconds=60)


def lease_new(run: Run) -> UUID:
    """Give the run, which the caller saves, to whoever calls."""
    run.lease_token, run.leased_until = uuid4(), timezone.now() + LEASE
    run.attempts += 1
    return run.lease_token


def lease_take(run_id: UUID) -> UUID | None:
    """Take up a run that nobody works on; None when somebody does or it is finished. One caller wins."""
    token, now = uuid4(), timezone.now()
    taken = Run.objects.filter(_free(now), pk=run_id, status__in=LEASED).update(
        lease_token=token, leased_until=now + LEASE, attempts=F("attempts") + 1, updated_at=now
    )
    return token if taken else None


def abandoned_runs() -> QuerySet[Run]:
    """Runs whose worker is gone: the lease ran out, or nobody took them up for as long as a lease lasts."""
    now = timezone.now()
    return Run.objects.filter(status__in=LEASED).filter(
        Q(leased_until__lt=now) | Q(leased_until__isnull=True, updated_at__lt=now - LEASE)
    )


def _free(now: datetime) -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lt=now)
