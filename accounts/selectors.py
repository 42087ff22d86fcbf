"""Reads about accounts: always those of one consultant, save for how an account looks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from accounts.models import Account, Brand, Logo, User
from booms.core.errors import Conflict, NotFound

# How the columns of the API's sort_by are called here.
SORTABLE = {"created_at": "created_at", "last_activity": "last_activity", "progress": "completed_stages"}
# The product's own colours, for accounts that have none.
PRIMARY, ACCENT = "#1d4ed8", "#0f766e"


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """An account's brand with nothing left open. Colours are `#rrggbb`."""

    name: str
    primary: str
    accent: str
    logo: Logo | None


def accounts_of(user: User) -> QuerySet[Account]:
    """A consultant's accounts with `completed_stages`, `total_stages` and `last_activity`.

    Stages are read through the reverse relation: they know of accounts, not the other way round.
    """
    return Account.objects.filter(user=user).annotate(
        total_stages=Count("stages"),
        completed_stages=Count("stages", filter=Q(stages__status="completed")),
        last_activity=Greatest(F("updated_at"), Coalesce(Max("stages__last_activity_at"), F("updated_at"))),
    )


def accounts_listed(user: User, *, search: str = "", sort_by: str = "last_activity", order: str = "desc") -> QuerySet:
    """The list: `search` looks into name and website, ties are broken by id so that pages do not overlap."""
    accounts = accounts_of(user)
    if search:
        accounts = accounts.filter(Q(client_name__icontains=search) | Q(company_website__icontains=search))
    sign = "" if order == "asc" else "-"
    return accounts.order_by(f"{sign}{SORTABLE[sort_by]}", "pk")


def account_of(user: User, account_id: UUID) -> Account:
    """One account; another consultant's is as unknown as none. Raises `NotFound`."""
    try:
        return accounts_of(user).prefetch_related("stages").get(pk=account_id)
    except Account.DoesNotExist:
        raise NotFound(f"There is no account {account_id}.") from None


def account_named(name: str) -> Account:
    """The one account with this id or, without case, this client's name; for operators, whoever owns it.

    Raises `NotFound`, and `Conflict` that lists the accounts when several have the name.
    """
    accounts = Account.objects.select_related("user")
    try:
        found = list(accounts.filter(pk=UUID(name)))
    except ValueError:
        found = list(accounts.filter(client_name__iexact=name.strip()))
    if not found:
        raise NotFound(f"There is no account {name}.")
    if len(found) > 1:
        choices = "\n".join(f"  {account.pk}  {account.user} ({account.language})" for account in found)
        raise Conflict(f"Several accounts are called {name}; give the id of one:\n{choices}")
    return found[0]


def look_of(account: Account) -> Look:
    """How the account's files look. Two queries, unless `brand` and `logo` were selected with the account."""
    brand = getattr(account, "brand", None) or Brand()
    return Look(
        name=brand.name or account.client_name,
        primary=brand.primary or PRIMARY,
        accent=brand.accent or ACCENT,
        logo=getattr(account, "logo", None),
    )
