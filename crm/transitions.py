"""The state machine of a run: one table, and the one function that changes a status."""

from __future__ import annotations

from accounts.models import User
from booms.core.errors import InvalidTransition
from crm.models import Run, RunStatus, RunTransition

S = RunStatus
TABLE: dict[str, frozenset[str]] = {
    S.RECEIVED: frozenset({S.PROCESSED, S.PENDING_APPROVAL, S.SUPERSEDED}),
    S.PENDING_APPROVAL: frozenset({S.APPROVING, S.REJECTED, S.DISMISSED, S.TAKEN_OVER, S.SUPERSEDED}),
    S.APPROVING: frozenset({S.APPROVED_AND_EXECUTED}),
    S.PROCESSED: frozenset(),
    S.APPROVED_AND_EXECUTED: frozenset(),
    S.REJECTED: frozenset(),
    S.DISMISSED: frozenset(),
    S.TAKEN_OVER: frozenset(),
    S.SUPERSEDED: frozenset(),
}
LEASED = frozenset({S.RECEIVED, S.APPROVING})


def run_transition(run: Run, to: str, *, actor: User | None = None, reason: str = "") -> None:
    """Move a locked run to another status and record it; the caller saves nothing itself.

    Call inside a transaction with the run selected for update. Raises `InvalidTransition`.
    """
    if to not in TABLE[run.status]:
        raise InvalidTransition(
            f"A run that is {run.status} cannot become {to}.", state={"status": run.status, "run_id": str(run.pk)}
        )
    before, run.status = run.status, to
    if to not in LEASED:
        run.lease_token = run.leased_until = None
    run.save()
    RunTransition.objects.create(run=run, from_status=before, to_status=to, actor=actor, reason=reason)
