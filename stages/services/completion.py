"""A deliverable made elsewhere: the same schema, the same computed fields, the same gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import ValidationError

from accounts.models import User
from agents.interview.verdict import Decision, Severity, Verdict
from booms.core.errors import InvalidInputs
from stages.definitions import gate
from stages.definitions.provenance import trace
from stages.models import DeliverableVersion, Stage, StageStatus
from stages.services.interviewing import context_of, definition_of, state_of
from stages.services.locking import refused, stages_lock
from stages.services.versions import attempt_record

OPEN = {StageStatus.UNLOCKED, StageStatus.IN_PROGRESS}


def stage_complete(*, user: User, stage_id: UUID, output: Mapping[str, Any]) -> Stage:
    """Complete a stage with a deliverable handed in.

    Raises `InvalidInputs` with every fault when it does not fit the schema or the gate rejects it (the verdict is
    kept), `NotFound`, `InvalidTransition`.
    """
    stage, verdict = _complete(user, stage_id, output)
    if verdict.decision is Decision.REJECTED:
        language = stage.account.language
        raise InvalidInputs(
            [
                {
                    "loc": ["body", "output", *issue.field.split(".")],
                    "msg": f"{issue.message.of(language)} {issue.suggestion.of(language)}".strip(),
                    "type": f"gate_{issue.category}",
                }
                for issue in verdict.issues
                if issue.severity is Severity.ERROR
            ]
        )
    return stage


@transaction.atomic
def _complete(user: User, stage_id: UUID, output: Mapping[str, Any]) -> tuple[Stage, Verdict]:
    stage, stages = stages_lock(user, stage_id)
    if stage.status not in OPEN:
        raise refused(stage)
    definition, context = definition_of(stage), context_of(stage)
    try:
        deliverable = definition.finish(output, context)
    except ValidationError as error:
        raise InvalidInputs(
            [
                {"loc": ["body", "output", *item["loc"]], "msg": item["msg"], "type": item["type"]}
                for item in error.errors()
            ]
        ) from error
    verdict = gate.judge(definition, deliverable, context)
    attempt_record(
        stage,
        deliverable=deliverable,
        verdict=verdict,
        provenance=trace(definition, deliverable, state_of(stage), context),
        maker=DeliverableVersion.Maker.CLIENT,
        stages=stages,
        actor=user,
    )
    return stage, verdict
