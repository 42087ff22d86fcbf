"""Signing in to the admin."""

import time
from http import HTTPStatus

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services.attempts import LOGIN_LIMIT

pytestmark = pytest.mark.django_db

PASSWORD = "long-enough-and-odd-7"


@pytest.fixture
def ana():
    return User.objects.create_user(username="ana", email="ana@example.com", password=PASSWORD, is_staff=True)


def sign_in(client, username="ana", password=PASSWORD):
    return client.post("/admin/login/?next=/admin/", {"username": username, "password": password})


def fail_often(client, **fields):
    """As often as allowed within one minute, which must not end meanwhile."""
    left = 60 - timezone.now().second
    if left < 8:
        time.sleep(left)
    return [sign_in(client, password="wrong", **fields) for _attempt in range(LOGIN_LIMIT)]


def test_after_too_many_failures_the_right_password_does_not_help_either(client, ana):
    for response in fail_often(client):
        assert "Please enter the correct" in response.content.decode()

    page = sign_in(client).content.decode()

    assert "Too many failed attempts. Wait" in page
    assert "_auth_user_id" not in client.session


def test_failures_count_for_both_doors(client, ana):
    fail_often(client)

    response = client.post("/api/v1/auth/login", {"username": "ana", "password": PASSWORD})

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_one_persons_failures_do_not_lock_out_another(client, ana):
    fail_often(client, username="somebody else")

    assert sign_in(client).status_code == HTTPStatus.FOUND


def test_somebody_who_may_not_open_the_admin_is_not_signed_in(client, ana):
    User.objects.filter(pk=ana.pk).update(is_staff=False)

    assert "for a staff account" in sign_in(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_an_inactive_person_is_not_signed_in(client, ana):
    User.objects.filter(pk=ana.pk).update(is_active=False)

    assert sign_in(client).status_code == HTTPStatus.OK
    assert "_auth_user_id" not in client.session


def test_failures_are_logged_without_name_and_password(client, ana, caplog):
    sign_in(client, password="wrong-secret")

    assert "Login failed" in caplog.text
    assert "wrong-secret" not in caplog.text
