"""Claims: while a supervisor has a case open, others see that and cannot decide it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from booms.core.errors import Conflict, NotFound
from crm.models import Run, RunStatus
from crm.services.refusals import decided_already

CLAIM = timedelta(minutes=5)


@transaction.atomic
def case_claim(*, run_id: UUID, user: User) -> Run:
    """Claim a waiting case for five minutes, or renew it. Raises `NotFound`, and `Conflict` naming the holder."""
    run = run_lock(run_id)
    claim_check(run, user)
    run.claimed_by, run.claimed_until = user, timezone.now() + CLAIM
    run.save(update_fields=["claimed_by", "claimed_until", "updated_at"])
    return run


@transaction.atomic
def case_release(*, run_id: UUID, user: User) -> Run:
    """Give a claim back; again, or without one: nothing changes. Raises `Conflict` for another's claim."""
    run = run_lock(run_id)
    claim_check(run, user)
    run.claimed_by = run.claimed_until = None
    run.save(update_fields=["claimed_by", "claimed_until", "updated_at"])
    return run


def claims_sweep() -> int:
    """Take back the claims that ran out; how many."""
    now = timezone.now()
    return Run.objects.filter(status=RunStatus.PENDING_APPROVAL, claimed_until__lt=now).update(
        claimed_by=None, claimed_until=None, updated_at=now
    )


def run_lock(run_id: UUID) -> Run:
    """The run, locked until the transaction ends."""
    try:
        return (
            Run.objects.select_for_update(of=("self",))
            .select_related("conversation__channel__account", "claimed_by")
            .get(pk=run_id)
        )
    except Run.DoesNotExist:
        raise NotFound(f"There is no case {run_id}.") from None


def claim_check(run: Run, user: User) -> None:
    """Raise `Conflict` unless the case waits for a decision and no other supervisor has it."""
    if run.status != RunStatus.PENDING_APPROVAL:
        raise decided_already(run)
    held = run.claimed_until is not None and run.claimed_until > timezone.now()
    if held and run.claimed_by_id not in (None, user.pk):
        raise Conflict(
            f"{run.claimed_by} has claimed this case until {run.claimed_until:%H:%M:%S} UTC.",
            state={
                "status": run.status,
                "claimed_by": str(run.claimed_by),
                "claimed_until": run.claimed_until,
            },
        )
