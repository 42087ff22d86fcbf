"""Deliverables and verdicts are kept: the current version, those it replaced, and every judgement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agents.interview.verdict import Decision, Verdict
from stages.models import DeliverableVersion, GateVerdict, Stage, StageStatus
from stages.transitions import stage_transition


def attempt_record(
    stage: Stage,
    *,
    deliverable: Mapping[str, Any],
    verdict: Verdict,
    provenance: Mapping[str, Any],
    maker: str,
    stages: list[Stage],
    actor: User,
    ai_model: str = "",
) -> DeliverableVersion | None:
    """Record what the gate said of a deliverable of a locked stage; if it lets it through, the stage is completed.

    Completing opens the next stage. A rejected deliverable is not stored, its verdict is.
    """
    version = None
    if verdict.decision is not Decision.REJECTED:
        version = _version_add(stage, deliverable, provenance, maker, actor, ai_model)
        stage.ai_model_used = ai_model
        stage_transition(stage, StageStatus.COMPLETED, actor=actor)
        _open_next(stage, stages, actor)
    GateVerdict.objects.create(
        stage=stage,
        version=version,
        round=stage.round,
        decision=verdict.decision,
        completeness=verdict.completeness,
        coherence=verdict.coherence,
        report=verdict.as_json(stage.account.language),
    )
    return version


def version_retire(stage: Stage, *, because: str) -> None:
    """The current deliverable, if there is one, becomes an earlier one."""
    stage.versions.filter(replaced_at__isnull=True).update(replaced_at=timezone.now(), replaced_because=because)


def _version_add(
    stage: Stage,
    deliverable: Mapping[str, Any],
    provenance: Mapping[str, Any],
    maker: str,
    actor: User,
    ai_model: str,
) -> DeliverableVersion:
    version_retire(stage, because="completed again")
    last = stage.versions.aggregate(last=Max("number"))["last"] or 0
    version = DeliverableVersion(
        stage=stage,
        number=last + 1,
        output=dict(deliverable),
        provenance=dict(provenance),
        language=stage.account.language,
        maker=maker,
        ai_model=ai_model,
        made_by=actor,
    )
    version.full_clean(validate_unique=False, validate_constraints=False)
    version.save(force_insert=True)
    return version


def _open_next(stage: Stage, stages: list[Stage], actor: User) -> None:
    following = next((later for later in stages if later.number == stage.number + 1), None)
    if following is not None and following.status in {StageStatus.LOCKED, StageStatus.INVALIDATED}:
        stage_transition(following, StageStatus.UNLOCKED, actor=actor, reason=f"stage {stage.number} was completed")
