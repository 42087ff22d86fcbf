"""Consultants register, log in, refresh and log out."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts.models import User
from accounts.tokens import CONSULTANT, SUPERVISOR, token_pair

pytestmark = pytest.mark.django_db
PERSON = {"email": "clara@agency.example", "full_name": "Clara Consultant", "password": "a-good-password"}


@pytest.fixture
def client():
    return APIClient()


def bearer(token):
    return APIClient(headers={"Authorization": f"Bearer {token}"})


def test_registering_logs_in(client):
    answer = client.post("/api/auth/register", PERSON)
    assert answer.status_code == 201
    assert set(answer.json()) == {"access_token", "refresh_token", "token_type", "user"}
    assert set(answer.json()["user"]) == {"id", "email", "full_name", "created_at"}
    assert bearer(answer.json()["access_token"]).get("/api/auth/me").json() == answer.json()["user"]


def test_an_email_is_taken_without_case(client):
    client.post("/api/auth/register", PERSON)
    answer = client.post("/api/auth/register", PERSON | {"email": "CLARA@agency.example"})
    assert answer.status_code == 409
    assert answer.json()["code"] == "email_taken"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nonsense"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "password"}, "password"),
        ({"password": "12345678"}, "password"),
        ({"full_name": ""}, "full_name"),
    ],
)
def test_a_registration_that_does_not_fit_names_the_field(client, change, field):
    answer = client.post("/api/auth/register", PERSON | change)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]
    assert not User.objects.exists()


def test_logging_in_by_email_without_case(client):
    client.post("/api/auth/register", PERSON)
    credentials = {"email": "Clara@AGENCY.example", "password": PERSON["password"]}
    assert client.post("/api/auth/login", credentials).status_code == 200
    assert client.post("/api/auth/login", credentials | {"password": "wrong"}).status_code == 401


def test_a_refresh_token_is_good_once(client):
    tokens = client.post("/api/auth/register", PERSON).json()
    renewed = client.post("/api/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    assert renewed.status_code == 200
    assert renewed.json()["refresh_token"] != tokens["refresh_token"]
    again = client.post("/api/auth/refresh", {"refresh_token": tokens["refresh_token"]})
    assert again.status_code == 401
    assert client.post("/api/auth/refresh", {"refresh_token": renewed.json()["refresh_token"]}).status_code == 200


def test_logging_out_kills_the_refresh_token(client):
    tokens = client.post("/api/auth/register", PERSON).json()
    assert client.post("/api/auth/logout", {"refresh_token": tokens["refresh_token"]}).status_code == 204
    assert client.post("/api/auth/refresh", {"refresh_token": tokens["refresh_token"]}).status_code == 401
    assert client.post("/api/auth/logout", {"refresh_token": tokens["refresh_token"]}).status_code == 401


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", ""])
def test_a_refresh_token_that_is_none_is_refused(client, token):
    assert client.post("/api/auth/refresh", {"refresh_token": token}).status_code == (401 if token else 422)


def test_tokens_of_another_scope_or_kind_open_nothing(client):
    user = User.objects.create_user(email="x@example.com")
    supervisor = token_pair(user, SUPERVISOR)
    consultant = token_pair(user, CONSULTANT)
    assert bearer(supervisor["access_token"]).get("/api/auth/me").status_code == 401
    assert bearer(consultant["refresh_token"]).get("/api/auth/me").status_code == 401
    assert client.post("/api/auth/refresh", {"refresh_token": supervisor["refresh_token"]}).status_code == 401
    assert client.post("/api/auth/refresh", {"refresh_token": consultant["access_token"]}).status_code == 401


def test_somebody_who_left_gets_no_new_tokens(client):
    tokens = client.post("/api/auth/register", PERSON).json()
    User.objects.update(is_active=False)
    assert client.post("/api/auth/refresh", {"refresh_token": tokens["refresh_token"]}).status_code == 401
    assert bearer(tokens["access_token"]).get("/api/auth/me").status_code == 401


def test_a_changed_password_ends_every_token(client):
    tokens = client.post("/api/auth/register", PERSON).json()
    user = User.objects.get()
    user.set_password("another-good-password")
    user.save()
    assert bearer(tokens["access_token"]).get("/api/auth/me").status_code == 401
    assert client.post("/api/auth/refresh", {"refresh_token": tokens["refresh_token"]}).status_code == 401


@pytest.mark.django_db(transaction=True)
def test_of_two_refreshes_at_once_one_wins():
    tokens = APIClient().post("/api/auth/register", PERSON).json()
    barrier, statuses = threading.Barrier(4), []

    def refresh():
        try:
            barrier.wait(10)
            answer = APIClient().post("/api/auth/refresh", {"refresh_token": tokens["refresh_token"]})
            statuses.append(answer.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=refresh) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert sorted(statuses) == [200, 401, 401, 401]
