"""The state machine of a stage: one table, and the one function that changes a status."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from booms.core.errors import InvalidTransition
from stages.models import Stage, StageStatus, StageTransition

S = StageStatus
TABLE: dict[str, frozenset[str]] = {
    S.LOCKED: frozenset({S.UNLOCKED}),
    S.UNLOCKED: frozenset({S.IN_PROGRESS, S.COMPLETED, S.LOCKED, S.INVALIDATED}),
    S.IN_PROGRESS: frozenset({S.COMPLETED, S.INVALIDATED}),
    S.COMPLETED: frozenset({S.IN_PROGRESS, S.INVALIDATED}),
    S.INVALIDATED: frozenset({S.UNLOCKED}),
}


def stage_transition(stage: Stage, to: str, *, actor: User | None = None, reason: str = "") -> None:
    """Move a locked stage to another status, save it and record it.

    Call inside a transaction with the stage selected for update. Raises `InvalidTransition`.
    """
    if to not in TABLE[stage.status]:
        raise InvalidTransition(
            f"A stage that is {stage.status} cannot become {to}.",
            state={"status": stage.status, "stage_id": str(stage.pk)},
        )
    before, stage.status = stage.status, to
    now = timezone.now()
    stage.last_activity_at = now
    if to in {S.IN_PROGRESS, S.COMPLETED}:
        stage.started_at = stage.started_at or now
    stage.completed_at = now if to == S.COMPLETED else stage.completed_at if to == S.INVALIDATED else None
    if to == S.COMPLETED:
        stage.progress = 100
    stage.full_clean(validate_unique=False, validate_constraints=False)
    stage.save()
    StageTransition.objects.create(stage=stage, from_status=before, to_status=to, actor=actor, reason=reason)
