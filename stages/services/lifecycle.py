"""Starting a stage, and starting it over or reopening it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import User
from agents.interview.state import InterviewState
from agents.offline import interviewer
from stages.models import Stage, StageMessage, StageStatus, Turn
from stages.services.interviewing import context_of, definition_of, message_add, state_keep, state_of
from stages.services.locking import refused, stages_lock
from stages.services.versions import version_retire
from stages.transitions import stage_transition


@transaction.atomic
def stage_start(*, user: User, stage_id: UUID) -> Stage:
    """Open a stage with the agent's first message; again: nothing changes. Raises `NotFound`, `InvalidTransition`."""
    stage, _stages = stages_lock(user, stage_id)
    if stage.status == StageStatus.UNLOCKED:
        stage_open(stage, actor=user)
    elif stage.status != StageStatus.IN_PROGRESS:
        raise refused(stage)
    return stage


def stage_open(stage: Stage, *, actor: User, reason: str = "") -> None:
    """Move a locked stage to `in_progress` and let its agent begin."""
    if stage.status != StageStatus.IN_PROGRESS:
        stage_transition(stage, StageStatus.IN_PROGRESS, actor=actor, reason=reason)
    begun = interviewer.opening(definition_of(stage), context_of(stage), state=state_of(stage))
    state_keep(stage, begun.state)
    stage.save()
    message_add(stage, role=StageMessage.Role.ASSISTANT, content=begun.message)


@transaction.atomic
def stage_reset(*, user: User, stage_id: UUID, keep_answers: bool = True) -> tuple[Stage, list[int]]:
    """Reopen a completed stage, or start one that is under way over; and the numbers of the stages this invalidates.

    What was said and made so far stays readable as an earlier round. Raises `NotFound`, `InvalidTransition`.
    """
    stage, stages = stages_lock(user, stage_id)
    if stage.status not in {StageStatus.COMPLETED, StageStatus.IN_PROGRESS}:
        raise refused(stage)
    invalidated = [later.number for later in stages if later.number > stage.number and _invalidate(later, user, stage)]
    Turn.objects.filter(stage=stage, status=Turn.Status.ACCEPTED).update(
        status=Turn.Status.FAILED, lease_token=None, leased_until=None
    )
    version_retire(stage, because="reopened")
    stage.round += 1
    if not keep_answers:
        stage.state = InterviewState().model_dump(mode="json")
    stage_open(stage, actor=user, reason="reset")
    return stage, invalidated


def _invalidate(later: Stage, user: User, reopened: Stage) -> bool:
    """Close a later stage: what was worked on is invalidated, what was merely open is locked again."""
    reason = f"stage {reopened.number} was reopened"
    if later.status in {StageStatus.IN_PROGRESS, StageStatus.COMPLETED}:
        stage_transition(later, StageStatus.INVALIDATED, actor=user, reason=reason)
        return True
    if later.status == StageStatus.UNLOCKED:
        was_worked_on = later.started_at is not None
        stage_transition(
            later, StageStatus.INVALIDATED if was_worked_on else StageStatus.LOCKED, actor=user, reason=reason
        )
        return was_worked_on
    return False
