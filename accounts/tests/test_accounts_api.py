"""A consultant's accounts, as each kind of caller."""

from __future__ import annotations

from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from accounts.models import Account, User
from accounts.services import account_create
from accounts.tokens import CONSULTANT, token_pair

pytestmark = pytest.mark.django_db
URL = "/api/accounts"


@pytest.fixture
def user():
    return User.objects.create_user(email="clara@agency.example", full_name="Clara")


def client_of(user):
    return APIClient(headers={"Authorization": f"Bearer {token_pair(user, CONSULTANT)['access_token']}"})


@pytest.fixture
def client(user):
    return client_of(user)


def test_a_new_account_is_shown_with_its_stages(client, user):
    answer = client.post(URL, {"client_name": "Peña & Söhne", "company_website": "https://pena.example"})
    assert answer.status_code == 201
    account = answer.json()
    assert account["user_id"] == str(user.pk)
    assert (account["language"], account["ai_model"]) == ("es", "openai-gpt4o")
    assert [stage["status"] for stage in account["stages"]][:2] == ["unlocked", "locked"]
    assert len(account["stages"]) == account["total_stages"] == 7
    assert client.get(f"{URL}/{account['id']}").json() == account


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"client_name": ""}, "client_name"),
        ({"client_name": "x" * 256}, "client_name"),
        ({"company_website": "javascript:alert(1)"}, "company_website"),
        ({"ai_model": "gpt-99"}, "ai_model"),
        ({"language": "fr"}, "language"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"currency": "euro"}, "currency"),
    ],
)
def test_an_account_that_does_not_fit_names_the_field(client, change, field):
    answer = client.post(URL, {"client_name": "X"} | change)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]
    assert not Account.objects.exists()


def test_an_account_is_changed_in_part_and_whole_and_deleted(client):
    account = client.post(URL, {"client_name": "X", "language": "en"}).json()
    url = f"{URL}/{account['id']}"
    assert client.patch(url, {"client_name": "Y"}).json()["client_name"] == "Y"
    assert client.get(url).json()["language"] == "en"
    assert client.put(url, {"client_name": "Z", "company_website": None}).json()["client_name"] == "Z"
    assert client.put(url, {}).status_code == 422
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


def test_the_model_is_chosen_among_the_configured_ones(client):
    account = client.post(URL, {"client_name": "X"}).json()
    url = f"{URL}/{account['id']}/ai-model"
    assert client.put(url, {"ai_model": "anthropic-claude-opus-4"}).json() == {"ai_model": "anthropic-claude-opus-4"}
    assert client.get(url).json() == {"ai_model": "anthropic-claude-opus-4"}
    refused = client.put(url, {"ai_model": "gpt-99"})
    assert refused.status_code == 422
    assert "openai-gpt4o" in refused.json()["detail"][0]["msg"]


def test_the_models_are_listed_with_whether_they_have_a_key(client):
    models = {model["id"]: model for model in client.get("/api/ai-models").json()}
    assert {"openai-gpt4o", "anthropic-claude-opus-4", "google-gemini-2.5-pro", "google-gemini-2.5-flash-lite"} <= set(
        models
    )
    assert models["openai-gpt4o"]["is_default"] is True
    assert models["openai-gpt4o"]["has_key"] is False


def test_the_list_is_searched_sorted_and_paginated(client, user):
    for name in ("Alfa", "Beta", "Gamma"):
        account_create(user=user, client_name=name)
    Account.objects.get(client_name="Beta").stages.filter(number=1).update(
        status="completed", progress=100, started_at="2026-01-01T00:00Z", completed_at="2026-01-01T00:00Z"
    )

    def names(**query):
        return [row["client_name"] for row in client.get(URL, query).json()["results"]]

    assert names(sort_by="created_at", order="asc") == ["Alfa", "Beta", "Gamma"]
    assert names(sort_by="progress")[0] == "Beta"
    assert names(search="amm") == ["Gamma"]
    first = client.get(URL, {"page_size": 2}).json()
    assert first["count"] == 3
    assert len(first["results"]) == 2
    assert first["next"]
    assert first["previous"] is None
    row = next(row for row in client.get(URL).json()["results"] if row["client_name"] == "Beta")
    assert (row["completed_stages"], row["total_stages"]) == (1, 7)
    assert client.get(URL, {"sort_by": "price"}).status_code == 422


def test_the_list_costs_the_same_however_long_it_is(client, user, django_assert_max_num_queries):
    for number in range(15):
        account_create(user=user, client_name=f"Client {number}")
    with django_assert_max_num_queries(3):
        assert len(client.get(URL).json()["results"]) == 15


def test_a_stranger_finds_nothing_and_nobody_comes_in_without_a_token(client, user):
    account = account_create(user=user, client_name="X")
    stranger = client_of(User.objects.create_user(email="stranger@example.com"))
    assert stranger.get(URL).json()["count"] == 0
    for method in ("get", "put", "patch", "delete"):
        for url in (f"{URL}/{account.pk}", f"{URL}/{uuid4()}"):
            assert getattr(stranger, method)(url, {"client_name": "Mine"}).status_code == 404
            assert getattr(APIClient(), method)(url).status_code == 401
    assert stranger.put(f"{URL}/{account.pk}/ai-model", {"ai_model": "openai-gpt4o"}).status_code == 404
    account.refresh_from_db()
    assert account.client_name == "X"


def test_deleting_an_account_leaves_the_crms_history(client, user):
    from crm.models import Run
    from crm.tests.factories import make_channel, pending_run

    account = account_create(user=user, client_name="X")
    pending_run(channel=make_channel(account=account))
    assert client.delete(f"{URL}/{account.pk}").status_code == 204
    assert Run.objects.get().conversation.channel.account is None
