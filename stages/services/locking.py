"""Locking stages, and what is refused in which status."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from booms.core.errors import InvalidTransition, NotFound
from stages.models import Stage, StageStatus

WHY_CLOSED = {
    StageStatus.LOCKED: "The stage is locked until the one before it is completed.",
    StageStatus.INVALIDATED: "The stage is invalidated: an earlier one was reopened and must be completed first.",
    StageStatus.COMPLETED: "The stage is completed; reset it to change it.",
    StageStatus.UNLOCKED: "The stage has not been started.",
    StageStatus.IN_PROGRESS: "The stage is under way.",
}


def stages_lock(user: User, stage_id: UUID) -> tuple[Stage, list[Stage]]:
    """A stage of the user's and all stages of its account, locked in their order. Raises `NotFound`.

    All of them, always in one order: whoever completes or reopens one changes others, and nobody waits in a circle.
    """
    account_id = Stage.objects.filter(pk=stage_id, account__user=user).values_list("account_id", flat=True).first()
    if account_id is None:
        raise NotFound(f"There is no stage {stage_id}.")
    stages = list(
        Stage.objects.select_for_update(of=("self",))
        .select_related("account__user")
        .filter(account_id=account_id)
        .order_by("number")
    )
    stage = next((stage for stage in stages if stage.pk == stage_id), None)
    if stage is None:
        raise NotFound(f"There is no stage {stage_id}.")
    return stage, stages


def refused(stage: Stage) -> InvalidTransition:
    """The refusal of what is not possible in the stage's status."""
    return InvalidTransition(
        WHY_CLOSED[StageStatus(stage.status)], state={"status": stage.status, "stage_id": str(stage.pk)}
    )
