"""Files by API, as each kind of caller."""

import json
import re
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from urllib.parse import unquote
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Group
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import SUPERVISORS, account_update, brand_set
from accounts.tokens import SUPERVISOR, token_pair
from exports import rendering
from exports.exporters import ACCOUNT_EXPORTERS, STAGE_EXPORTERS
from exports.tests.factories import HOSTILE_NAME, complete, make_completed
from stages import services
from stages.tests.factories import client_of, make_account, make_consultant, stage_of

pytestmark = pytest.mark.django_db
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def stage_file(account, number, address="pdf"):
    return f"/api/exports/stages/{stage_of(account, number).pk}/{address}"


def account_file(account, address):
    return f"/api/exports/accounts/{account.pk}/{address}"


def every_address(account, number=1):
    return [stage_file(account, number, exporter.address) for exporter in STAGE_EXPORTERS] + [
        account_file(account, exporter.address) for exporter in ACCOUNT_EXPORTERS
    ]


def content(answer):
    return b"".join(answer.streaming_content)


@pytest.fixture
def account():
    return make_completed(1, client_name=HOSTILE_NAME)


@pytest.fixture
def client(account):
    return client_of(account.user)


def test_the_addresses_are_those_of_the_contract(account):
    assert {(address.split("/")[3], address.split("/")[5]) for address in every_address(account)} == {
        ("stages", "pdf"),
        ("stages", "excel"),
        ("accounts", "all"),
        ("accounts", "pdf"),
    }


@pytest.mark.parametrize(
    ("address", "content_type", "magic", "name"),
    [
        ("pdf", "application/pdf", b"%PDF-", r"Peña-Söhne-Açaí_1_buyer_persona_\d{4}-\d\d-\d\d\.pdf"),
        ("excel", EXCEL, b"PK\x03\x04", r"Peña-Söhne-Açaí_1_buyer_persona_\d{4}-\d\d-\d\d\.xlsx"),
    ],
)
def test_a_stage_is_downloaded_with_its_type_name_and_length(client, account, address, content_type, magic, name):
    answer = client.get(stage_file(account, 1, address))

    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Type"] == content_type
    assert re.fullmatch(name, unquote(answer["Content-Disposition"].partition("UTF-8''")[2]))
    assert 'filename="Pena-Sohne-Acai_1_buyer_persona_' in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Content-Language"] == "es"
    assert re.fullmatch(r'"[0-9a-f]{64}"', answer["ETag"])
    body = content(answer)
    assert body.startswith(magic)
    assert int(answer["Content-Length"]) == len(body)


def test_the_report_is_one_pdf_and_the_archive_has_every_file(client, account):
    complete(account, 2, 3)

    report = client.get(account_file(account, "pdf"))
    assert report["Content-Type"] == "application/pdf"
    assert content(report).startswith(b"%PDF-")
    answer = client.get(account_file(account, "all"))
    assert answer["Content-Type"] == "application/zip"
    assert 'filename="Pena-Sohne-Acai_deliverables_' in answer["Content-Disposition"]
    archive = ZipFile(BytesIO(content(answer)))
    kinds = [name.split("_", 1)[1].rsplit("_", 1)[0] + "." + name.rsplit(".", 1)[1] for name in archive.namelist()[:-1]]
    assert kinds == [
        "1_buyer_persona.pdf",
        "1_buyer_persona.xlsx",
        "2_buyers_journey.pdf",
        "2_buyers_journey.xlsx",
        "3_offer.pdf",
    ]
    manifest = json.loads(archive.read("manifest.json"))
    assert manifest["client"] == HOSTILE_NAME
    assert [stage["version"] for stage in manifest["stages"]] == [1, 1, 1]
    for stage in manifest["stages"]:
        for file in stage["files"]:
            assert sha256(archive.read(file["name"])).hexdigest() == file["sha256"]
    alone = content(client.get(stage_file(account, 1, "pdf")))
    assert alone == archive.read(archive.namelist()[0])


def test_the_same_file_is_the_same_bytes(client, account):
    for address in every_address(account):
        one, two = client.get(address), client.get(address)
        assert content(one) == content(two)
        assert one["ETag"] == two["ETag"]


def test_tags_differ_between_files_and_change_with_what_they_show(client, account):
    def tags():
        return [client.head(address)["ETag"] for address in every_address(account)]

    first = tags()
    assert len(set(first)) == len(first)
    for change in (
        lambda: brand_set(account=account, primary="#112233"),
        lambda: account_update(account=account, client_name="Other"),
        lambda: User.objects.filter(pk=account.user_id).update(full_name="Somebody Else"),
    ):
        change()
        assert not set(tags()) & set(first)


def test_who_has_the_file_is_told_so_and_nothing_is_rendered(client, account, monkeypatch):
    tags = {address: client.head(address)["ETag"] for address in every_address(account)}
    # No place to render: whoever tried would be sent away.
    monkeypatch.setattr(rendering, "SLOTS", rendering.Slots(at_once=0, most_waiting=0, wait_seconds=0))
    for address, tag in tags.items():
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            for ask in (client.get, client.head):
                answer = ask(address, headers={"If-None-Match": known})
                assert answer.status_code == HTTPStatus.NOT_MODIFIED
                assert answer["ETag"] == tag
                assert answer.content == b"" and "Content-Disposition" not in answer
        for other in ('"other"', "nonsense", tag.strip('"'), ""):
            busy = client.get(address, headers={"If-None-Match": other})
            assert busy.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            assert busy["Retry-After"] == "10"
            assert busy.json()["code"] == "unavailable"


@pytest.mark.parametrize(
    "accept", ["application/pdf", "*/*", "text/html,application/xhtml+xml", "application/json", "x"]
)
def test_whatever_a_client_accepts_it_gets_the_file(client, account, accept):
    for address in (stage_file(account, 1), f"{stage_file(account, 1)}?format=json"):
        answer = client.get(address, headers={"Accept": accept})
        assert answer["Content-Type"] == "application/pdf" and content(answer).startswith(b"%PDF-")
        assert client.get(stage_file(account, 2), headers={"Accept": accept})["Content-Type"] == "application/json"


def test_a_head_says_what_a_get_would(client, account):
    for address in every_address(account):
        head, get = client.head(address), client.get(address)
        body = content(get)
        assert head.status_code == HTTPStatus.OK and not head.streaming and head.content == b""
        assert int(head["Content-Length"]) == len(body)
        for name in ("Content-Type", "Content-Disposition", "ETag"):
            assert head[name] == get[name]


@pytest.mark.parametrize("address", ["pdf", "excel"])
def test_a_stage_without_a_deliverable_has_no_file(client, account, address):
    services.stage_start(user=account.user, stage_id=stage_of(account, 2).pk)
    for number in (2, 7):
        answer = client.get(stage_file(account, number, address))
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert answer.json() == {"detail": "This stage has no deliverable yet: complete it first.", "code": "not_found"}


def test_a_reopened_stage_has_no_file_until_it_is_completed_again(client, account):
    services.stage_reset(user=account.user, stage_id=stage_of(account, 1).pk)
    assert client.get(stage_file(account, 1)).status_code == HTTPStatus.NOT_FOUND
    assert client.get(account_file(account, "all")).status_code == HTTPStatus.BAD_REQUEST


def test_the_offer_has_no_excel_completed_or_not(client, account):
    for _ in range(2):
        answer = client.get(stage_file(account, 3, "excel"))
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert answer.json() == {"detail": "Stage 3, Offer, has no Excel file.", "code": "not_available"}
        if stage_of(account, 2).status != "completed":
            complete(account, 2, 3)


@pytest.mark.parametrize("address", ["all", "pdf"])
def test_an_account_with_nothing_completed_has_no_file(address):
    account = make_account()

    answer = client_of(account.user).get(account_file(account, address))

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.json() == {
        "detail": "No stage of this account is completed yet: there is nothing to export.",
        "code": "not_available",
    }


def test_faults_are_said_in_the_callers_language(client, account):
    answer = client.get(stage_file(account, 3, "excel"), headers={"Accept-Language": "es"})
    assert answer.json()["detail"] == "La etapa 3, Oferta, no tiene archivo Excel."


def test_a_stranger_finds_nothing_and_nobody_comes_in_without_a_consultants_token(account):
    stranger = client_of(make_consultant())
    supervisor = User.objects.create_user(username="sofia", email="sofia@agency.example", is_staff=True)
    supervisor.groups.add(Group.objects.get(name=SUPERVISORS))
    token = token_pair(supervisor, SUPERVISOR)["access_token"]
    for address in [*every_address(account), *every_address(account, 3)]:
        for method in ("get", "head"):
            assert getattr(stranger, method)(address).status_code == HTTPStatus.NOT_FOUND
            for nobody in (APIClient(), APIClient(headers={"Authorization": f"Bearer {token}"})):
                answer = getattr(nobody, method)(address)
                assert answer.status_code == HTTPStatus.UNAUTHORIZED
                assert answer["WWW-Authenticate"] == "Bearer"


def test_what_is_nowhere_is_not_found_in_json(client, account):
    tag = client.head(stage_file(account, 1))["ETag"]
    for address in (
        f"/api/exports/stages/{uuid4()}/pdf",
        f"/api/exports/accounts/{uuid4()}/all",
        "/api/exports/stages/1/pdf",
        f"{stage_file(account, 1)}/",
        f"{stage_file(account, 1)}/more",
        stage_file(account, 1, "docx"),
        "/api/exports",
    ):
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert set(answer.json()) == {"detail", "code"}
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(stage_file(account, 1)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_file_costs_the_same_queries_however_much_is_in_it(client, account, django_assert_max_num_queries):
    complete(account, *range(2, 8))
    brand_set(account=account, name="Marca")
    for address in every_address(account, 7):
        with django_assert_max_num_queries(6):
            assert client.head(address).status_code == HTTPStatus.OK
