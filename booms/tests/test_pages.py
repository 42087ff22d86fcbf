"""Pages for people: start page, login, faults, language, and the policy that all of them keep."""

import re
from http import HTTPStatus

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from crm.tests.factories import make_account, make_supervisor, make_user, pending_run

pytestmark = pytest.mark.django_db

BROWSER = {"Accept": "text/html,application/xhtml+xml"}
INLINE = {
    "style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE),
    "foreign asset": re.compile(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE),
}


@pytest.fixture
def administrator(client):
    user = make_user(
        username="root", email="root@example.com", password="an-odd-word-7", is_staff=True, is_superuser=True
    )
    client.force_login(user)
    return user


def addresses():
    """Every kind of page an administrator can see."""
    account, person = make_account(), make_user()
    run = pending_run()
    models = ("crm_run", "crm_conversation", "crm_inboundmessage", "crm_channel", "crm_webhookkey")
    names = (*models, "accounts_user", "accounts_account", "auth_group", "agents_modelcall")
    yield from ("/", "/admin/", "/admin/queue/", "/admin/queue/results/", "/admin/password_change/", "/admin/crm/")
    yield reverse("admin:crm_case", args=[run.pk])
    for name in names:
        yield reverse(f"admin:{name}_changelist")
    for name in ("crm_channel", "crm_webhookkey", "accounts_user", "accounts_account", "auth_group"):
        yield reverse(f"admin:{name}_add")
    yield reverse("admin:accounts_user_change", args=[person.pk])
    yield reverse("admin:accounts_account_change", args=[account.pk])
    yield reverse("admin:accounts_account_delete", args=[account.pk])
    yield reverse("admin:accounts_account_history", args=[account.pk])
    yield reverse("admin:auth_user_password_change", args=[person.pk])
    yield reverse("admin:crm_conversation_change", args=[run.conversation.pk])
    yield "/admin/nothing-here/"


def test_no_page_has_anything_inline_or_from_elsewhere(client, administrator):
    for address in addresses():
        response = client.get(address, headers=BROWSER)
        assert response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}, address
        for what, pattern in INLINE.items():
            assert not pattern.search(response.content.decode()), f"{what} in {address}"


def test_every_page_sends_the_strict_policy(client, administrator):
    for address in ("/", "/admin/", "/admin/queue/", "/admin/login/", "/nothing"):
        policy = client.get(address, headers=BROWSER)["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy


def test_browsers_get_a_start_page_with_ways_in(client):
    page = client.get("/", headers=BROWSER).content.decode()

    assert 'href="/docs"' in page
    assert 'href="/admin/"' in page


@pytest.mark.parametrize("name", ["root", "Root@Example.com"])
def test_people_sign_in_by_user_name_or_email(client, name):
    make_user(username="root", email="root@example.com", password="an-odd-word-7", is_staff=True)

    response = client.post("/admin/login/?next=/admin/", {"username": name, "password": "an-odd-word-7"})

    assert response["Location"] == "/admin/"


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(client):
    make_user(username="root", password="an-odd-word-7", is_staff=True)

    known = client.post("/admin/login/", {"username": "root", "password": "x"}).content.decode()
    unknown = client.post("/admin/login/", {"username": "nobody", "password": "x"}).content.decode()

    for page in (known, unknown):
        assert "Please enter the correct user name and password for a staff account." in page


def test_the_login_page_says_nothing_of_the_inside(client):
    page = client.get("/admin/login/").content.decode()

    assert 'class="sidebar"' not in page
    assert "Pending queue" not in page


def test_the_menu_has_the_sections_a_supervisor_needs_and_no_more(client):
    client.force_login(make_supervisor())

    page = client.get("/admin/").content.decode()

    assert "Pending queue" in page
    assert "All cases" in page
    assert "Webhook keys" not in page


def test_an_administrator_sees_all_sections_in_order(client, administrator):
    sections = client.get("/admin/").context["available_apps"]

    assert [str(section["name"]) for section in sections] == ["Supervision", "Onboarding", "System"]
    assert str(sections[0]["models"][0]["name"]) == "Pending queue"


def test_somebody_with_nothing_to_do_is_told_so(client):
    client.force_login(make_user(is_staff=True))

    assert "you have not been given anything to see" in client.get("/admin/").content.decode()


def test_the_language_is_switched_and_kept(client):
    response = client.post("/i18n/setlang/", {"language": "es", "next": "/admin/login/"}, follow=True)

    assert response.redirect_chain == [("/admin/login/", HTTPStatus.FOUND)]
    assert "Iniciar sesión" in response.content.decode()
    assert "Iniciar sesión" in client.get("/admin/login/").content.decode()
    client.post("/i18n/setlang/", {"language": "en"})
    assert "Sign in" in client.get("/admin/login/").content.decode()


def test_the_language_is_not_switched_to_another_site(client):
    response = client.post("/i18n/setlang/", {"language": "es", "next": "https://evil.example/"})

    assert "evil" not in response["Location"]


@pytest.mark.parametrize(("language", "sentence"), [("en", "There is nothing here"), ("es", "Aquí no hay nada")])
def test_an_unknown_address_is_a_page_in_the_readers_language(client, language, sentence):
    response = client.get("/nothing", headers={**BROWSER, "Accept-Language": language})

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert sentence in response.content.decode()


def test_a_form_without_its_token_is_told_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "The form is too old" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "500.html"])
def test_pages_of_faults_need_no_request(name):
    page = render_to_string(name)

    assert "<h1>" in page
    assert 'class="language-switch"' not in page
    assert not any(pattern.search(page) for pattern in INLINE.values())


@pytest.mark.parametrize("address", ["/admin/", "/admin/queue/", "/admin/crm/run/", "/admin/accounts/user/add/"])
def test_every_page_has_a_skip_link_a_heading_and_its_language(client, administrator, address):
    page = client.get(address, headers={"Accept-Language": "es"}).content.decode()

    assert '<a href="#content-start" class="skip-to-content-link">' in page
    assert page.count("<h1") == 1
    assert '<html lang="es"' in page
