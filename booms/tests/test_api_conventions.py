"""What every address has in common: errors, ids, documents, headers."""

from __future__ import annotations

import logging
import re
from io import BytesIO

import pytest
from django.db import OperationalError
from django.test import Client, override_settings
from django.urls import path
from rest_framework.views import APIView

from booms import urls
from booms.api.chunked import ChunkedBodies
from booms.api.limits import body_limit
from booms.core.logs import TextFormatter

pytestmark = pytest.mark.django_db


class BrokenView(APIView):
    """Fails as a programming error does."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def get(self, request):
        raise RuntimeError("secret detail")


class DatabaseAwayView(BrokenView):
    """Fails as every view does while the database restarts."""

    def get(self, request):
        raise OperationalError("server closed the connection")


class BrokenUrls:
    """The product's addresses and two broken ones."""

    urlpatterns = [
        path("api/broken", BrokenView.as_view()),
        path("api/away", DatabaseAwayView.as_view()),
        *urls.urlpatterns,
    ]
    handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def test_the_root_answers_api_clients_and_browsers(client):
    assert client.get("/").json() == {"app": "BOOMS", "version": "0.1.0", "docs": "/docs"}
    page = client.get("/", headers={"Accept": "text/html,*/*"})
    assert page["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("url", ["/api", "/api/", "/api/nothing", "/api/v1/webhook/messages/", "/api/v1/nothing/x"])
@pytest.mark.parametrize("debug", [False, True])
def test_an_unrouted_api_address_answers_json(client, url, debug):
    with override_settings(DEBUG=debug):
        answer = client.get(url)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize(("debug", "shown"), [(False, False), (True, True)])
def test_an_unexpected_fault_is_500_without_internals_and_its_trace_is_in_the_log(client, caplog, debug, shown):
    with override_settings(ROOT_URLCONF=BrokenUrls, DEBUG=debug), caplog.at_level(logging.ERROR):
        answer = client.get("/api/broken", headers={"X-Request-ID": "trace-me"})
    assert answer.status_code == 500
    assert ("secret detail" in answer.content.decode()) is shown
    if not shown:
        assert answer.json() == {"detail": "An unexpected error occurred. Please try again later."}
    record = next(record for record in caplog.records if record.exc_info)
    assert record.levelname == "ERROR"
    assert "secret detail" in str(record.exc_info[1])


def test_while_the_database_is_away_clients_are_asked_to_come_back(client):
    with override_settings(ROOT_URLCONF=BrokenUrls):
        answer = client.get("/api/away")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "closed" not in answer.content.decode()


def test_a_request_keeps_a_sane_id_and_gets_one_instead_of_another(client):
    assert client.get("/health", headers={"X-Request-ID": "abc-123.x"})["X-Request-ID"] == "abc-123.x"
    for insane in ("", "a b", "x" * 129, "-x", "a\tb", "ñ"):
        made = client.get("/health", headers={"X-Request-ID": insane})["X-Request-ID"]
        assert len(made) == 32
        assert made != insane


def test_every_kind_of_answer_bears_an_id(client):
    for url in ("/", "/health", "/api/nothing", "/nothing", "/admin/", "/api/v1/supervisor/pending"):
        assert client.get(url)["X-Request-ID"]


@pytest.mark.parametrize("url", ["/health", "/openapi.json", "/api/ai-models"])
def test_a_browser_that_opens_an_address_of_the_api_gets_json(client, url):
    answer = client.get(url, headers={"Accept": "text/html"})
    assert answer.status_code in {200, 401}
    assert "json" in answer["Content-Type"]


def test_a_chunked_body_gets_a_length_and_is_read_no_further_than_the_limit():
    seen = []
    application = ChunkedBodies(lambda environ, _start: seen.append(environ) or [], limit=lambda _path: 10)
    for body in (b"{}", b"x" * 1000):
        application({"wsgi.input": BytesIO(body), "HTTP_TRANSFER_ENCODING": "chunked"}, None)
    application({"wsgi.input": BytesIO(b"{}"), "CONTENT_LENGTH": "2"}, None)
    assert [environ["CONTENT_LENGTH"] for environ in seen] == ["2", "11", "2"]
    assert [environ["wsgi.input"].read() for environ in seen] == [b"{}", b"x" * 11, b"{}"]


def test_a_chunked_body_is_read_as_far_as_its_path_takes(settings):
    seen = []
    application = ChunkedBodies(lambda environ, _start: seen.append(environ) or [], limit=body_limit)
    longer = settings.REQUEST_BODY_LIMIT + 1000
    for address in ("/api/v1/webhook/meta", "/api/v1/webhook/messages"):
        chunked = {"wsgi.input": BytesIO(b"x" * longer), "HTTP_TRANSFER_ENCODING": "chunked", "PATH_INFO": address}
        application(chunked, None)
    assert [int(environ["CONTENT_LENGTH"]) for environ in seen] == [longer, settings.REQUEST_BODY_LIMIT + 1]


def test_a_line_of_the_log_holds_no_control_characters_of_a_client():
    record = logging.makeLogRecord({"msg": "GET /\x1b[31m\x00\n\x85x", "client": "a b\x1b=", "levelname": "INFO"})
    line = TextFormatter().format(record)
    assert "GET /\\x1b[31m\\x00\\n\\x85x" in line
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_an_unrouted_address_is_404_for_every_method(method):
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/webhook/messages/")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_a_method_that_does_not_exist_is_405(client):
    answer = client.delete("/api/v1/auth/login")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"


def test_another_media_type_is_415(client):
    answer = client.post(
        "/api/v1/webhook/messages", "<a/>", content_type="text/xml", headers={"X-Api-Key": "test-webhook-key"}
    )
    assert answer.status_code == 415


def test_the_policy_allows_nothing_inline_save_styles_of_the_docs(client):
    policy = client.get("/", headers={"Accept": "text/html"})["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    docs = client.get("/docs")
    assert docs.status_code == 200
    assert "script-src 'self';" in docs["Content-Security-Policy"] + ";"
    assert docs["Content-Security-Policy"].count("unsafe-inline") == 1
    assert b"cdn" not in docs.content
    assert b"http://" not in docs.content.replace(b"http://testserver", b"")


def test_the_openapi_document_is_json_and_names_every_contract_path(client):
    document = client.get("/openapi.json").json()
    assert {
        "/api/v1/webhook/messages", "/api/v1/webhook/runs/{run_id}", "/api/v1/auth/login", "/api/v1/supervisor/pending",
        "/api/v1/supervisor/decide", "/api/v1/supervisor/cases/{run_id}", "/health",
    } <= set(document["paths"])  # fmt: skip


def test_origins_of_the_settings_may_ask_with_credentials_and_others_may_not(client):
    def preflight(origin):
        return client.options(
            "/api/v1/webhook/messages",
            headers={"Origin": origin, "Access-Control-Request-Method": "POST",
                     "Access-Control-Request-Headers": "x-api-key, prefer, idempotency-key, last-event-id"},
        )  # fmt: skip

    allowed = preflight("http://localhost:5173")
    assert allowed["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert allowed["Access-Control-Allow-Credentials"] == "true"
    assert {"x-api-key", "prefer", "idempotency-key", "last-event-id"} <= set(
        allowed["Access-Control-Allow-Headers"].split(", ")
    )
    assert "Access-Control-Allow-Origin" not in preflight("http://evil.example")
    exposed = client.get("/health", headers={"Origin": "http://localhost:5173"})["Access-Control-Expose-Headers"]
    assert {"Location", "Retry-After", "X-Request-ID"} <= set(exposed.split(", "))
