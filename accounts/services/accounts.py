"""Client accounts: made, changed, deleted by the consultant who owns them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Account, User
from accounts.signals import account_created

DEMO_CONSULTANT = "consultant@demo.example"


@transaction.atomic
def account_create(*, user: User, **fields: Any) -> Account:
    """A new account and, in the same transaction, whatever other apps give it."""
    account = Account(user=user, **fields)
    account.full_clean()
    account.save(force_insert=True)
    account_created.send(sender=Account, account=account)
    return account


@transaction.atomic
def account_update(*, account: Account, **fields: Any) -> Account:
    """Change some fields; the others keep what they have meanwhile got."""
    locked = Account.objects.select_for_update().get(pk=account.pk)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save(update_fields=[*fields, "updated_at"])
    return locked


@transaction.atomic
def account_delete(*, account: Account) -> None:
    """Stages, conversations with agents and documents go with it; CRM history and ledger stay without account.

    Stages are locked first and in order, as everything that changes them does: else two would wait in a circle.
    """
    list(account.stages.select_for_update().order_by("number").values_list("pk"))
    account.delete()


@transaction.atomic
def demo_account_ensure(*, client_name: str, website: str, **fields: Any) -> Account:
    """A demo's client company, owned by a demo consultant who cannot log in; `fields` are part of which one it is."""
    owner = User.objects.filter(email__iexact=DEMO_CONSULTANT).first()
    owner = owner or User.objects.create_user(email=DEMO_CONSULTANT, full_name="Demo Consultant")
    account = Account.objects.filter(user=owner, client_name=client_name, **fields).first()
    return account or account_create(user=owner, client_name=client_name, company_website=website, **fields)
