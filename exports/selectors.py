"""Gathers dossiers: an account's completed deliverables as plain values, in a fixed number of queries.

`owner` is the consultant who asks, whose accounts alone there are; None for staff, who may see all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from accounts.models import Account, User
from accounts.selectors import look_of
from booms.core.errors import NotFound
from exports.dossier import Brand, Deliverable, Dossier, Source
from stages.models import DeliverableVersion, Stage, StageMessage, StageStatus


def stage_of(stage_id: UUID, *, owner: User | None) -> Stage:
    """A stage with its account and all that makes up the account's look. Raises `NotFound`."""
    related = ("account__user", "account__brand", "account__logo")
    stage = Stage.objects.select_related(*related).defer("state").filter(pk=stage_id)
    found = _within(stage, owner, "account__user").first()
    if found is None:
        raise NotFound(f"There is no stage {stage_id}.")
    return found


def account_of(account_id: UUID, *, owner: User | None) -> Account:
    """An account with all that makes up its look. Raises `NotFound`."""
    found = _within(_accounts().filter(pk=account_id), owner, "user").first()
    if found is None:
        raise NotFound(f"There is no account {account_id}.")
    return found


def accounts_named(name: str) -> list[Account]:
    """The account with this id, or those whose client has this name, without case."""
    try:
        return list(_accounts().filter(pk=UUID(name)))
    except ValueError:
        return list(_accounts().filter(client_name__iexact=name.strip()))


def dossier_of(account: Account, *, numbers: Collection[int] | None = None) -> Dossier:
    """The account's completed stages, or those of them with these numbers; it may have none."""
    look = look_of(account)
    return Dossier(
        account_id=account.pk,
        client_name=account.client_name,
        website=account.company_website,
        agency=account.user.full_name or settings.APP_NAME,
        language=account.language,
        timezone=account.timezone,
        currency=account.currency,
        brand=Brand(
            name=look.name,
            primary=look.primary,
            accent=look.accent,
            logo=bytes(look.logo.image) if look.logo else b"",
        ),
        deliverables=_deliverables(account, numbers),
    )


def _accounts() -> QuerySet[Account]:
    return Account.objects.select_related("user", "brand", "logo")


def _within(found: QuerySet[Any], owner: User | None, path: str) -> QuerySet[Any]:
    return found if owner is None else found.filter(**{path: owner})


def _deliverables(account: Account, numbers: Collection[int] | None) -> tuple[Deliverable, ...]:
    versions = (
        DeliverableVersion.objects.filter(
            stage__account=account, stage__status=StageStatus.COMPLETED, replaced_at__isnull=True
        )
        .select_related("stage")
        .defer("stage__state")
        .order_by("stage__number")
    )
    if numbers is not None:
        versions = versions.filter(stage__number__in=numbers)
    found = list(versions)
    sources = _sources_of(found)
    return tuple(
        Deliverable(
            stage_id=version.stage_id,
            stage_number=version.stage.number,
            version=version.number,
            output=version.output,
            provenance=version.provenance,
            language=version.language,
            made_at=version.created_at,
            sources=sources.get(version.stage_id, ()),
        )
        for version in found
    )


def _sources_of(versions: Iterable[DeliverableVersion]) -> dict[UUID, tuple[Source, ...]]:
    """What was found in the conversation that led to each deliverable; one handed in leans on none of it."""
    talked = [version.stage_id for version in versions if version.maker != DeliverableVersion.Maker.CLIENT]
    messages = (
        StageMessage.objects.filter(stage__in=talked, round=F("stage__round"), metadata__has_key="sources")
        .order_by("position")
        .values_list("stage_id", "metadata__sources")
    )
    found: dict[UUID, dict[Source, None]] = {}
    for stage_id, told in messages:
        found.setdefault(stage_id, {}).update(dict.fromkeys(filter(None, map(_source, told or []))))
    return {stage_id: tuple(sources) for stage_id, sources in found.items()}


def _source(told: Mapping[str, Any]) -> Source | None:
    """A source as the conversation keeps it. An address that is not one of the web is not passed on."""
    address = told.get("url") or ""
    url = address if address.startswith(("https://", "http://")) else ""
    title = told.get("title") or url
    page = told.get("page")
    return Source(title=f"{title}, {page}" if page else title, url=url) if title else None
