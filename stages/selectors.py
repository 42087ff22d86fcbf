"""Reads about stages: always those of one consultant's accounts, save for the CRM's brief."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from accounts.models import Account, User
from agents.customer_message.state import BrandBrief
from booms.core.errors import NotFound
from stages import brief
from stages.definitions.catalogue import definition
from stages.models import DeliverableVersion, GateVerdict, Stage, StageMessage, StageStatus


def stages_of(user: User, account_id: UUID) -> QuerySet[Stage]:
    """The stages of an account, with their current deliverables. Raises `NotFound`."""
    if not Account.objects.filter(pk=account_id, user=user).exists():
        raise NotFound(f"There is no account {account_id}.")
    return _stages().filter(account_id=account_id).order_by("number")


def stage_of(user: User, stage_id: UUID) -> Stage:
    """One stage; another consultant's is as unknown as none. Raises `NotFound`."""
    stage = _stages().filter(account__user=user, pk=stage_id).first()
    if stage is None:
        raise NotFound(f"There is no stage {stage_id}.")
    return stage


def _stages() -> QuerySet[Stage]:
    verdict = GateVerdict.objects.filter(stage=OuterRef("pk")).order_by("-created_at")
    return (
        Stage.objects.select_related("account__user")
        .annotate(latest_verdict=Subquery(verdict.values("report")[:1]))
        .prefetch_related(
            Prefetch(
                "versions", DeliverableVersion.objects.filter(replaced_at__isnull=True), to_attr="current_versions"
            )
        )
    )


def output_of(stage: Stage) -> dict[str, Any] | None:
    """The deliverable of a completed stage; an invalidated or reopened one has none that counts."""
    if stage.status != StageStatus.COMPLETED:
        return None
    versions = stage.current_versions
    return versions[0].output if versions else None


def earlier_deliverables(stage: Stage) -> Mapping[str, dict[str, Any]]:
    """The completed deliverables of the stages before this one, by slug."""
    versions = DeliverableVersion.objects.filter(
        stage__account_id=stage.account_id,
        stage__number__lt=stage.number,
        stage__status=StageStatus.COMPLETED,
        replaced_at__isnull=True,
    ).values_list("stage__number", "output")
    return {definition(number).slug: output for number, output in versions}


def history(stage: Stage) -> QuerySet[StageMessage]:
    """Everything said in a stage, earlier rounds included, oldest first."""
    return stage.messages.order_by("position")


def earlier_versions(stage: Stage) -> QuerySet[DeliverableVersion]:
    """Deliverables that count no more, newest first."""
    versions = stage.versions.order_by("-number")
    return versions.filter(replaced_at__isnull=False) if stage.status == StageStatus.COMPLETED else versions


def brand_brief(account: Account) -> BrandBrief | None:
    """What the CRM's agents answer from; None before the first stage is completed. One query."""
    versions = DeliverableVersion.objects.filter(
        stage__account=account, stage__status=StageStatus.COMPLETED, replaced_at__isnull=True
    ).values_list("stage__number", "number", "output")
    found = {definition(stage).slug: (stage, version, output) for stage, version, output in versions}
    return brief.compose(account.client_name, found) if found else None
