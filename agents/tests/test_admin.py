from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from agents.tests.factories import model_call

pytestmark = pytest.mark.django_db
LIST = reverse("admin:agents_modelcall_changelist")


@pytest.fixture
def row():
    return model_call(cost_usd=Decimal("0.001234"))


def test_the_ledger_shows_calls_and_totals(admin_client, row):
    page = admin_client.get(LIST)
    assert page.status_code == 200
    assert page.context_data["totals_days"] == 31
    assert [table["rows"][0]["calls"] for table in page.context_data["totals"]] == [1, 1, 1]
    assert "0.001234" in page.content.decode()


def test_the_totals_follow_the_filters(admin_client, row):
    model_call(outcome="timeout", cost_usd=None)
    page = admin_client.get(LIST, {"outcome__exact": "timeout"})
    assert [table["rows"][0]["calls"] for table in page.context_data["totals"]] == [1, 1, 1]


def test_with_a_date_the_totals_are_of_that_date(admin_client, row):
    page = admin_client.get(LIST, {"created_at__year": row.created_at.year})
    assert page.context_data["totals_days"] is None


def test_nobody_can_change_the_ledger(admin_client, row):
    change = reverse("admin:agents_modelcall_change", args=[row.pk])
    assert admin_client.get(change).status_code == 200
    assert admin_client.post(change, {"purpose": "x"}).status_code == 403
    assert admin_client.get(reverse("admin:agents_modelcall_add")).status_code == 403
    assert admin_client.post(reverse("admin:agents_modelcall_delete", args=[row.pk])).status_code == 403


def test_staff_without_the_permission_does_not_see_it(client, row):
    client.force_login(User.objects.create(username="clerk", is_staff=True))
    assert client.get(LIST).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_rows(admin_client, row, django_assert_max_num_queries):
    for _ in range(20):
        model_call()
    with django_assert_max_num_queries(16):
        admin_client.get(LIST)
