"""Files in the admin: buttons where there is something to download, for those who may."""

import re
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from accounts.services import SUPERVISORS
from exports.exporters import ACCOUNT_EXPORTERS, STAGE_EXPORTERS
from exports.tests.factories import HOSTILE_NAME, make_completed
from stages import services
from stages.tests.factories import make_account, stage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(client):
    user = User.objects.create_user(username="sofia", is_staff=True)
    user.groups.add(Group.objects.get(name=SUPERVISORS))
    client.force_login(user)
    return user


@pytest.fixture
def account():
    return make_completed(1, 2, 3, client_name=HOSTILE_NAME)


def stage_file(stage, key):
    return reverse(f"exports:stage_{key}", args=[stage.pk])


def account_file(account, key):
    return reverse(f"exports:account_{key}", args=[account.pk])


def every_file(account):
    return [stage_file(stage_of(account, 1), exporter.key) for exporter in STAGE_EXPORTERS] + [
        account_file(account, exporter.key) for exporter in ACCOUNT_EXPORTERS
    ]


def buttons(client, address):
    page = client.get(address).content.decode()
    assert "style=" not in page
    return re.findall(r'<a class="btn" href="(/admin/exports/[^"]+)"', page)


def test_every_button_downloads_its_file(client, supervisor, account):
    shown = buttons(client, reverse("admin:accounts_account_onboarding", args=[account.pk]))

    assert shown == [
        account_file(account, "report"),
        account_file(account, "zip"),
        stage_file(stage_of(account, 1), "pdf"),
        stage_file(stage_of(account, 1), "excel"),
        stage_file(stage_of(account, 2), "pdf"),
        stage_file(stage_of(account, 2), "excel"),
        stage_file(stage_of(account, 3), "pdf"),
    ]
    for address in shown:
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.OK
        assert answer["Content-Disposition"].startswith('attachment; filename="Pena-Sohne-Acai_')
        assert "private" in answer["Cache-Control"]
        assert len(b"".join(answer.streaming_content)) == int(answer["Content-Length"])


def test_a_stage_and_its_account_offer_what_there_is(client, supervisor, account):
    stage, offer, open_one = (stage_of(account, number) for number in (1, 3, 4))

    def shown(name, subject):
        return buttons(client, reverse(name, args=[subject.pk]))

    assert shown("admin:stages_stage_change", stage) == [stage_file(stage, "pdf"), stage_file(stage, "excel")]
    assert shown("admin:stages_stage_change", offer) == [stage_file(offer, "pdf")]
    assert shown("admin:stages_stage_change", open_one) == []
    whole = [account_file(account, "report"), account_file(account, "zip")]
    assert shown("admin:accounts_account_change", account) == whole
    services.stage_reset(user=account.user, stage_id=stage.pk)
    assert shown("admin:stages_stage_change", stage) == []
    assert shown("admin:accounts_account_change", account) == []
    assert shown("admin:accounts_account_onboarding", account) == []


def test_who_may_not_view_stages_gets_neither_button_nor_file(client, account):
    for address in every_file(account):
        answer = client.get(address)
        assert answer.status_code == HTTPStatus.FOUND and "/admin/login/" in answer.url
    user = User.objects.create_user(username="vera", is_staff=True)
    client.force_login(user)
    for address in every_file(account):
        assert client.get(address).status_code == HTTPStatus.FORBIDDEN
    user.user_permissions.add(Permission.objects.get(codename="view_account"))
    assert buttons(client, reverse("admin:accounts_account_change", args=[account.pk])) == []

    user.user_permissions.add(Permission.objects.get(codename="view_stage"))
    assert len(buttons(client, reverse("admin:accounts_account_change", args=[account.pk]))) == len(ACCOUNT_EXPORTERS)
    for address in every_file(account):
        assert client.head(address).status_code == HTTPStatus.OK


def test_a_consultant_without_access_to_the_admin_gets_no_file_there(client, account):
    client.force_login(account.user)
    for address in every_file(account):
        assert client.get(address).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("number", "key", "status", "sentence"),
    [
        (3, "excel", HTTPStatus.BAD_REQUEST, "Stage 3, Offer, has no Excel file."),
        (4, "pdf", HTTPStatus.NOT_FOUND, "This stage has no deliverable yet: complete it first."),
    ],
)
def test_what_cannot_be_had_is_a_page_that_says_why(client, supervisor, account, number, key, status, sentence):
    answer = client.get(stage_file(stage_of(account, number), key))

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "Content-Disposition" not in answer


def test_an_account_with_nothing_completed_has_a_page_that_says_so(client, supervisor):
    account = make_account()
    for exporter in ACCOUNT_EXPORTERS:
        answer = client.get(account_file(account, exporter.key))
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "there is nothing to export" in answer.content.decode()
        assert client.post(account_file(account, exporter.key)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_what_does_not_exist_is_not_found(client, supervisor):
    for name in ("stage_pdf", "stage_excel", "account_zip", "account_report"):
        assert client.get(reverse(f"exports:{name}", args=[uuid4()])).status_code == HTTPStatus.NOT_FOUND
