"""A new account has its stages at once: the first one open, the others locked."""

from __future__ import annotations

from typing import Any

from accounts.models import Account
from stages.definitions.catalogue import CATALOGUE
from stages.models import Stage, StageStatus


def stages_create(*, account: Account) -> None:
    """The stages of an account, as many as there are definitions."""
    Stage.objects.bulk_create(
        Stage(
            account=account,
            number=definition.number,
            status=StageStatus.UNLOCKED if definition.number == 1 else StageStatus.LOCKED,
        )
        for definition in CATALOGUE
    )


def on_account_created(*, account: Account, **_: Any) -> None:
    stages_create(account=account)
