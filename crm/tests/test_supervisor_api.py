"""The supervisors' endpoints, as each kind of caller."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.tokens import CONSULTANT, SUPERVISOR, token_pair
from crm import services
from crm.models import Reply, Run
from crm.tests.factories import make_account, make_channel, make_supervisor, make_user, pending_run

pytestmark = pytest.mark.django_db
PENDING, DECIDE = "/api/v1/supervisor/pending", "/api/v1/supervisor/decide"


def client_of(user, scope=SUPERVISOR):
    return APIClient(headers={"Authorization": f"Bearer {token_pair(user, scope)['access_token']}"})


@pytest.fixture
def client(supervisor):
    return client_of(supervisor)


def test_the_queue_has_the_fields_of_the_contract_oldest_first(client):
    first = pending_run(text="first")
    second = pending_run(text="second", client_id="CRM-002")
    answer = client.get(PENDING)
    assert [row["run_id"] for row in answer.json()] == [str(first.pk), str(second.pk)]
    assert answer["X-Total-Count"] == "2"
    row = answer.json()[0]
    assert {
        "run_id", "client_id", "message", "sentiment", "sla_breached", "proposed_action", "supervisor_note",
        "timestamp", "intent", "language", "account_id", "channel", "draft_reply", "draft_digest", "claimed_by",
        "sla_due_at", "created_at",
    } <= set(row)  # fmt: skip
    assert (row["message"], row["client_id"], row["channel"]) == ("first", "CRM-001", "api")
    assert row["timestamp"].endswith("Z")


def test_the_queue_is_filtered_and_limited(client):
    account = make_account()
    mine = pending_run(channel=make_channel(account=account), client_id="x")
    pending_run(sent_at=timezone.now() - timedelta(hours=3))

    def found(**query):
        return [row["run_id"] for row in client.get(PENDING, query).json()]

    assert found(account_id=account.pk) == [str(mine.pk)]
    assert len(found(channel="api")) == 2
    assert found(channel="sms_twilio") == []
    assert len(found(sentiment="negative")) == 2
    assert found(sentiment="positive") == []
    assert len(found(sla_breached="false")) == 2
    assert len(found(limit=1)) == 1
    assert client.get(PENDING, {"limit": 1})["X-Total-Count"] == "2"


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"sentiment": "cross"}, {"account_id": "x"}])
def test_a_filter_that_does_not_fit_is_422(client, query):
    answer = client.get(PENDING, query)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", next(iter(query))]


def test_the_queue_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    for number in range(12):
        pending_run(client_id=f"c-{number}")
    with django_assert_max_num_queries(7):
        assert len(client.get(PENDING).json()) == 12


def test_an_approval_by_the_digest_that_was_read(client):
    pending_run()
    row = client.get(PENDING).json()[0]
    answer = client.post(DECIDE, {"run_id": row["run_id"], "approved": True, "draft_digest": row["draft_digest"]})
    assert answer.status_code == 200
    assert answer.json()["status"] == "approved_and_executed"
    assert answer.json()["execution_result"] == row["draft_reply"]
    assert client.get(PENDING).json() == []


def test_what_is_left_out_may_be_null(client):
    run = pending_run()
    body = {"run_id": str(run.pk), "approved": True, "reason": None, "reply": None, "draft_digest": None}
    assert client.post(DECIDE, body).json()["status"] == "approved_and_executed"


def test_a_rejection_needs_a_reason(client):
    run = pending_run()
    answer = client.post(DECIDE, {"run_id": str(run.pk), "approved": False})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "reason"]
    answer = client.post(DECIDE, {"run_id": str(run.pk), "approved": False, "reason": "No"})
    assert answer.json()["status"] == "rejected"
    assert answer.json()["execution_result"] is None
    assert not Reply.objects.exists()


def test_a_second_decision_is_409_with_who_and_when(client):
    run = pending_run()
    client.post(DECIDE, {"run_id": str(run.pk), "approved": True})
    answer = client.post(DECIDE, {"run_id": str(run.pk), "approved": True})
    assert answer.status_code == 409
    assert answer.json()["state"]["decided_by"] == "supervisor"
    assert "supervisor" in answer.json()["detail"]


def test_an_unknown_case_is_404(client):
    assert client.post(DECIDE, {"run_id": str(uuid4()), "approved": True}).status_code == 404
    assert client.get(f"/api/v1/supervisor/cases/{uuid4()}").status_code == 404
    assert client.post(f"/api/v1/supervisor/cases/{uuid4()}/claim").status_code == 404


def test_a_claim_is_409_for_others_with_the_holders_name(client):
    run = pending_run()
    url = f"/api/v1/supervisor/cases/{run.pk}"
    assert client.post(f"{url}/claim").json()["claimed_by"] == "supervisor"
    other = client_of(make_supervisor("other"))
    refused = other.post(f"{url}/claim")
    assert refused.status_code == 409
    assert refused.json()["state"]["claimed_by"] == "supervisor"
    assert other.post(DECIDE, {"run_id": str(run.pk), "approved": True}).status_code == 409
    assert client.post(f"{url}/release").json()["claimed_by"] is None
    assert other.post(f"{url}/claim").status_code == 200


def test_a_case_shows_the_whole_conversation(client, django_assert_max_num_queries):
    earlier = pending_run(text="Where is it?")
    services.decision_make(run_id=earlier.pk, supervisor=make_supervisor("other"), approved=True, reply="Soon!")
    run = pending_run(text="Still nothing!")
    with django_assert_max_num_queries(12):
        case = client.get(f"/api/v1/supervisor/cases/{run.pk}").json()
    assert [(entry["author"], entry["text"]) for entry in case["conversation"]] == [
        ("client", "Where is it?"), ("supervisor", "Soon!"), ("client", "Still nothing!"),
    ]  # fmt: skip
    assert case["decision"] is None
    assert case["analysis"]["sentiment"] == "negative"
    assert [step["to_status"] for step in case["transitions"]] == ["pending_approval"]


@pytest.mark.parametrize(
    ("method", "url"),
    [("get", PENDING), ("post", DECIDE), ("get", f"/api/v1/supervisor/cases/{uuid4()}"),
     ("post", f"/api/v1/supervisor/cases/{uuid4()}/claim")],
)  # fmt: skip
def test_only_supervisors_with_their_own_kind_of_token_come_in(method, url, supervisor):
    def status(client):
        return getattr(client, method)(url).status_code

    assert status(APIClient()) == 401
    assert status(APIClient(headers={"Authorization": "Bearer nonsense"})) == 401
    assert status(client_of(supervisor, CONSULTANT)) == 401
    assert status(client_of(make_user())) == 403
    supervisor.is_active = False
    supervisor.save()
    assert status(client_of(supervisor)) == 401


def test_a_permission_taken_away_closes_the_door_at_once(client, supervisor):
    assert client.get(PENDING).status_code == 200
    supervisor.groups.clear()
    assert client.get(PENDING).status_code == 403
    assert Run.objects.count() == 0
