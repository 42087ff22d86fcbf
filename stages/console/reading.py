"""What the console reads, in a fixed number of queries a page."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.models import Account
from booms.core.errors import NotFound
from stages.models import DeliverableVersion, GateVerdict, Stage


def brief_stages() -> QuerySet[Stage]:
    """Stages without their conversations, for bars and lists."""
    return Stage.objects.defer("state").order_by("number")


def account_with_stages(account_id: UUID) -> Account:
    """An account, its stages, their latest deliverables and verdicts. Raises `NotFound`."""
    versions = DeliverableVersion.objects.select_related("made_by")
    latest = versions.order_by("stage_id", "-number").distinct("stage_id")
    verdicts = GateVerdict.objects.order_by("-created_at")
    stages = brief_stages().prefetch_related(
        Prefetch("versions", latest, to_attr="latest_versions"), Prefetch("verdicts", verdicts, to_attr="judged")
    )
    account = (
        Account.objects.select_related("user")
        .prefetch_related(Prefetch("stages", stages))
        .filter(pk=account_id)
        .first()
    )
    if account is None:
        raise NotFound(f"There is no account {account_id}.")
    return account


def stage_with_history(stage_id: UUID) -> Stage:
    """A stage with all that was said, made, judged and changed in it. Raises `NotFound`."""
    versions = DeliverableVersion.objects.defer("output", "provenance").order_by("-number")
    stage = (
        Stage.objects.select_related("account__user")
        .prefetch_related(
            Prefetch("versions", versions),
            "verdicts",
            "messages",
            "transitions__actor",
        )
        .filter(pk=stage_id)
        .first()
    )
    if stage is None:
        raise NotFound(f"There is no stage {stage_id}.")
    return stage


def version_of(stage_id: UUID, number: int | None = None) -> DeliverableVersion | None:
    """A stage's deliverable by number, or its newest; None if there is none."""
    versions = DeliverableVersion.objects.select_related("stage__account", "made_by", "verdict").filter(
        stage_id=stage_id
    )
    return (versions.filter(number=number) if number is not None else versions.order_by("-number")).first()
