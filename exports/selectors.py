"""Gathers dossiers: an account's completed deliverables as plain values, in a fixed number of queries.

First the outline, which tells what there is; then the content, when it is needed.

`owner` is the consultant who asks, whose accounts alone there are; None for staff, who may see all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from accounts.models import Account, Logo, User
from accounts.selectors import look_of
from booms.core.errors import NotFound
from exports.dossier import Brand, Deliverable, Dossier, Source
from stages.models import DeliverableVersion, Stage, StageMessage, StageStatus


def stage_of(stage_id: UUID, *, owner: User | None) -> Stage:
    """A stage with its account and all that makes up the account's look. Raises `NotFound`."""
    related = ("account__user", "account__brand", "account__logo")
    stage = Stage.objects.select_related(*related).defer("state", "account__logo__image").filter(pk=stage_id)
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


def outline_of(account: Account, *, numbers: Collection[int] | None = None) -> Dossier:
    """What can be exported of the account now: its completed stages, or those of them with these numbers, if any."""
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
            logo_digest=look.logo.digest if look.logo else "",
        ),
        deliverables=tuple(_current(account, numbers)),
    )


def filled(outline: Dossier) -> Dossier:
    """The dossier of an outline. What was replaced since is read as it was. Raises `NotFound` if the account is gone.

    Apart from the outline, so that of many who wait to export nobody holds more than that.
    """
    wanted = [Q(stage=found.stage_id, number=found.version) for found in outline.deliverables]
    versions = {version.stage_id: version for version in DeliverableVersion.objects.filter(reduce(or_, wanted))}
    if len(versions) < len(outline.deliverables):
        raise NotFound("The deliverables are gone.")
    sources = _sources_of(versions.values())
    return replace(
        outline,
        brand=replace(outline.brand, logo=_logo(outline)),
        deliverables=tuple(
            replace(
                found,
                output=versions[found.stage_id].output,
                provenance=versions[found.stage_id].provenance,
                sources=sources.get(found.stage_id, ()),
            )
            for found in outline.deliverables
        ),
    )


def _accounts() -> QuerySet[Account]:
    return Account.objects.select_related("user", "brand", "logo").defer("logo__image")


def _within(found: QuerySet[Any], owner: User | None, path: str) -> QuerySet[Any]:
    return found if owner is None else found.filter(**{path: owner})


def _current(account: Account, numbers: Collection[int] | None) -> Iterator[Deliverable]:
    versions = DeliverableVersion.objects.filter(
        stage__account=account, stage__status=StageStatus.COMPLETED, replaced_at__isnull=True
    )
    if numbers is not None:
        versions = versions.filter(stage__number__in=numbers)
    rows = versions.order_by("stage__number").values_list(
        "stage_id", "stage__number", "number", "language", "created_at", "maker"
    )
    for stage_id, stage_number, version, language, made_at, maker in rows:
        yield Deliverable(
            stage_id=stage_id,
            stage_number=stage_number,
            version=version,
            output={},
            provenance={},
            language=language,
            made_at=made_at,
            by_rules=maker == DeliverableVersion.Maker.RULES,
        )


def _logo(outline: Dossier) -> bytes:
    if not outline.brand.logo_digest:
        return b""
    image = Logo.objects.filter(account=outline.account_id, digest=outline.brand.logo_digest).values_list("image")
    return bytes(image[0][0]) if image else b""


def _sources_of(versions: Iterable[DeliverableVersion]) -> dict[UUID, tuple[Source, ...]]:
    """What was found in the conversation that led to each deliverable; one handed in leans on none of it."""
    talked = [version.pk for version in versions if version.maker != DeliverableVersion.Maker.CLIENT]
    messages = (
        StageMessage.objects.filter(
            stage__versions__in=talked, round=F("stage__versions__verdict__round"), metadata__has_key="sources"
        )
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
