"""Supervisors log in, and nobody else does."""

from __future__ import annotations

import bcrypt
import pytest
from django.core.exceptions import ImproperlyConfigured
from rest_framework.test import APIClient

from accounts import services
from accounts.models import FailureCount, User

pytestmark = pytest.mark.django_db
URL = "/api/v1/auth/login"
PASSWORD = "correct horse battery"
HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()


def login(username, password, **headers):
    return APIClient(headers=headers).post(URL, {"username": username, "password": password}, format="multipart")


def test_the_originals_bcrypt_hash_works_as_it_is():
    services.supervisor_ensure(username="supervisor", password_hash=HASH)
    answer = login("Supervisor", PASSWORD)
    assert answer.status_code == 200
    assert set(answer.json()) == {"access_token", "refresh_token", "token_type"}
    assert answer.json()["token_type"] == "bearer"
    assert User.objects.get().password == f"bcrypt${HASH}"


def test_an_urlencoded_form_works_too():
    services.supervisor_ensure(username="supervisor", password=PASSWORD)
    answer = APIClient().post(
        URL, f"username=supervisor&password={PASSWORD}".replace(" ", "+"),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 200


def test_a_supervisor_may_log_in_by_email():
    user = services.supervisor_ensure(username="supervisor", password=PASSWORD)
    User.objects.filter(pk=user.pk).update(email="Sue@agency.example")
    assert login("sue@AGENCY.example", PASSWORD).status_code == 200


@pytest.mark.parametrize("password", ["wrong", "x" * 100, "ñ" * 40, " "])
def test_a_wrong_password_is_401_also_one_longer_than_bcrypt_takes(password):
    services.supervisor_ensure(username="supervisor", password_hash=HASH)
    answer = login("supervisor", password)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "authentication_failed"


def test_an_unknown_name_is_401_and_an_empty_form_422():
    assert login("nobody", "x").status_code == 401
    answer = APIClient().post(URL, {}, format="multipart")
    assert answer.status_code == 422
    assert [fault["loc"] for fault in answer.json()["detail"]] == [["body", "username"], ["body", "password"]]


def test_somebody_who_is_no_supervisor_is_403():
    User.objects.create_user(username="consultant", password=PASSWORD)
    assert login("consultant", PASSWORD).status_code == 403


def test_ten_failures_a_minute_close_the_door_for_that_name_and_address_only():
    services.supervisor_ensure(username="supervisor", password=PASSWORD)
    User.objects.create_user(username="other", password=PASSWORD)
    assert [login("supervisor", "wrong").status_code for _ in range(10)] == [401] * 10
    refused = login("SUPERVISOR", PASSWORD)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert login("supervisor", PASSWORD, **{"X-Forwarded-For": "203.0.113.9"}).status_code == 429
    assert login("other", PASSWORD).status_code == 403


def test_old_counts_are_forgotten():
    from datetime import timedelta

    login("nobody", "x")
    assert services.failures_forget() == 0
    FailureCount.objects.update(minute=FailureCount.objects.first().minute - timedelta(hours=2))
    assert services.failures_forget() == 2


def test_the_supervisor_of_the_environment_is_made_once_and_kept():
    first = services.supervisor_ensure(username="supervisor", password_hash=HASH)
    assert services.supervisor_ensure(username="Supervisor", password_hash=HASH) == first
    assert first.has_perm("crm.decide_run")


def test_the_environment_has_the_last_word_on_the_password():
    user = services.supervisor_ensure(username="supervisor", password="made-at-the-first-start")
    assert login("supervisor", "made-at-the-first-start").status_code == 200
    services.supervisor_ensure(username="supervisor", password_hash=HASH)
    assert login("supervisor", PASSWORD).status_code == 200
    services.supervisor_ensure(username="supervisor", password="not-used-again")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_hash_that_is_none_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="SUPERVISOR_PASSWORD_HASH"):
        services.supervisor_ensure(username="supervisor", password_hash="not a hash")
