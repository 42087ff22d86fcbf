"""Accounts are found by what people call them."""

from __future__ import annotations

import pytest

from accounts.models import Account, User
from accounts.selectors import account_named
from booms.core.errors import Conflict, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultant():
    return User.objects.create_user(username="clara")


def test_an_account_is_found_by_id_and_by_name_without_case(consultant):
    account = Account.objects.create(user=consultant, client_name="Peña")

    assert account_named(str(account.pk)) == account_named(" peña ") == account


def test_a_name_that_several_have_lists_them_and_one_that_nobody_has_is_not_found(consultant):
    two = [Account.objects.create(user=consultant, client_name=name) for name in ("Norte", "NORTE")]

    with pytest.raises(Conflict) as several:
        account_named("norte")
    assert all(str(account.pk) in str(several.value) for account in two)
    with pytest.raises(NotFound):
        account_named("Nobody")
