from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Account, User
from agents.models import ModelCall
from agents.selectors import recent, spending
from agents.tests.factories import model_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    owner = User.objects.create(email="owner@example.com")
    return Account.objects.create(user=owner, client_name="Taquería Luna")


@pytest.fixture
def ledger(account):
    model_call(account=account, cost_usd=Decimal("0.5"))
    model_call(account=account, cost_usd=Decimal("0.25"), outcome="timeout")
    model_call(cost_usd=None, vendor_model="llama-9")
    old = model_call(cost_usd=Decimal(1))
    ModelCall.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=40))


def test_totals_by_account(ledger):
    rows = spending(ModelCall.objects.all(), by="account")
    assert [(row["group"], row["calls"], row["failed"], row["cost_usd"], row["unpriced"]) for row in rows] == [
        (None, 2, 0, Decimal(1), 1),
        ("Taquería Luna", 2, 1, Decimal("0.75"), 0),
    ]


def test_totals_by_model_leave_an_unknown_cost_empty(ledger):
    rows = spending(ModelCall.objects.all(), by="model")
    assert [(row["group"], row["cost_usd"], row["unpriced"]) for row in rows] == [
        ("gpt-4o", Decimal("1.75"), 0),
        ("llama-9", None, 1),
    ]


def test_totals_by_day_begin_with_the_newest(ledger):
    rows = spending(ModelCall.objects.all(), by="day")
    assert [row["calls"] for row in rows] == [3, 1]
    assert rows[0]["group"] > rows[1]["group"]


def test_recent_calls_end_at_a_day(ledger):
    assert recent(ModelCall.objects.all(), days=31).count() == 3


def test_the_ledger_outlives_its_account(ledger, account):
    account.delete()
    assert ModelCall.objects.count() == 4
