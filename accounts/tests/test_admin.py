"""People and accounts in the admin."""

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from accounts.models import Account, User
from accounts.signals import account_created

pytestmark = pytest.mark.django_db

PASSWORD = "long-enough-and-odd-7"


@pytest.fixture
def administrator(client):
    user = User.objects.create_user(
        username="root", email="root@example.com", password=PASSWORD, is_staff=True, is_superuser=True
    )
    client.force_login(user)
    return user


def add(client, **fields):
    given = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(reverse("admin:accounts_user_add"), given | fields)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"username": "ana", "email": ""}, "ana"),
        ({"username": "", "email": "ana@example.com"}, "ana@example.com"),
        ({"username": "ana", "email": "ana@example.com", "full_name": "Ana Ortiz"}, "ana"),
    ],
)
def test_a_person_is_added_with_user_name_or_email(client, administrator, fields, name):
    response = add(client, **fields)

    assert response.status_code == HTTPStatus.FOUND
    person = User.objects.exclude(pk=administrator.pk).get()
    assert person.get_username() == name
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": "", "email": ""}, "A user name or an e-mail is needed."),
        ({"username": "ROOT", "email": ""}, "Person with this User name already exists."),
        ({"username": "", "email": "Root@Example.com"}, "This e-mail is taken."),
    ],
)
def test_a_person_who_cannot_be_is_refused_with_a_sentence(client, administrator, fields, sentence):
    response = add(client, **fields)

    assert response.status_code == HTTPStatus.OK
    assert sentence in response.content.decode()
    assert User.objects.count() == 1


def test_groups_are_given_in_the_form(client, administrator):
    person = User.objects.create_user(username="ana", password=PASSWORD)
    group = Group.objects.get(name="Supervisors")

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {"username": "ana", "email": "", "full_name": "Ana", "is_active": "on", "is_staff": "on", "groups": [group.pk]},
    )

    person = User.objects.get(pk=person.pk)
    assert person.has_perm("crm.decide_run")
    assert person.full_name == "Ana"
    assert person.check_password(PASSWORD)


def test_a_password_is_set_for_somebody_else(client, administrator):
    person = User.objects.create_user(username="ana", password=PASSWORD)
    new = "another-odd-word-9"

    client.post(
        reverse("admin:auth_user_password_change", args=[person.pk]),
        {"usable_password": "true", "password1": new, "password2": new},
    )

    assert User.objects.get(pk=person.pk).check_password(new)


def test_lists_take_a_fixed_number_of_queries(client, administrator, django_assert_max_num_queries):
    for number in range(5):
        owner = User.objects.create_user(username=f"u{number}")
        Account.objects.create(user=owner, client_name=f"Client {number}")

    for name in ("user", "account"):
        with django_assert_max_num_queries(10):
            assert client.get(reverse(f"admin:accounts_{name}_changelist")).status_code == HTTPStatus.OK


def test_an_account_is_found_by_its_consultant(client, administrator):
    owner = User.objects.create_user(username="carla")
    Account.objects.create(user=owner, client_name="Panadería Lucía")

    page = client.get(reverse("admin:accounts_account_changelist"), {"q": "carla"}).content.decode()

    assert "Panadería Lucía" in page


@pytest.mark.parametrize("name", ["outstandingtoken", "blacklistedtoken"])
def test_refresh_tokens_have_no_page(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:token_blacklist_{name}_changelist")


def test_an_account_made_in_the_admin_is_made_as_elsewhere(client, administrator):
    heard = []

    def hear(account, **_):
        heard.append(account)

    account_created.connect(hear)
    fields = {
        "client_name": "Nordlys",
        "user": administrator.pk,
        "company_website": "nordlys.example",
        "ai_model": "",
        "language": "es",
        "timezone": "Europe/Madrid",
        "currency": "EUR",
    }

    client.post(reverse("admin:accounts_account_add"), fields)

    account = Account.objects.get()
    assert heard == [account]
    assert account.company_website == "https://nordlys.example"

    address = reverse("admin:accounts_account_change", args=[account.pk])
    client.post(address, {**fields, "client_name": "Nordlys AS"})
    account.refresh_from_db()
    assert account.client_name == "Nordlys AS"
    client.post(reverse("admin:accounts_account_delete", args=[account.pk]), {"post": "yes"})
    assert not Account.objects.exists()
