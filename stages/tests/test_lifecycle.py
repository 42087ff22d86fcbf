"""Stages are started, completed, reopened; what may follow what, and what that does to the others."""

from __future__ import annotations

import itertools
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from booms.core.errors import InvalidTransition
from stages import services
from stages.definitions.catalogue import CATALOGUE
from stages.models import Stage, StageStatus
from stages.tests.factories import client_of, complete_by_examples, make_account, make_consultant, say, stage_of
from stages.transitions import TABLE, stage_transition

pytestmark = pytest.mark.django_db
PAIRS = list(itertools.product(StageStatus.values, repeat=2))


@pytest.fixture
def user():
    return make_consultant()


@pytest.fixture
def account(user):
    return make_account(user, language="en")


@pytest.fixture
def client(user):
    return client_of(user)


def put_into(stage: Stage, status: str) -> Stage:
    """A status set behind the machine's back."""
    now = timezone.now()
    values = {"status": status, "started_at": now}
    if status == StageStatus.COMPLETED:
        values |= {"completed_at": now, "progress": 100}
    Stage.objects.filter(pk=stage.pk).update(**values)
    stage.refresh_from_db()
    return stage


def statuses(account):
    return list(account.stages.order_by("number").values_list("status", flat=True))


def test_a_new_account_has_its_stages_the_first_one_open(account):
    assert statuses(account) == ["unlocked"] + ["locked"] * (len(CATALOGUE) - 1)


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[1] in TABLE[pair[0]]])
def test_an_allowed_transition_is_made_and_recorded(account, before, after):
    stage = put_into(stage_of(account, 1), before)
    stage_transition(stage, after, reason="because")
    stage.refresh_from_db()
    assert stage.status == after
    assert stage.transitions.get().reason == "because"


@pytest.mark.parametrize(("before", "after"), [pair for pair in PAIRS if pair[1] not in TABLE[pair[0]]])
def test_any_other_transition_is_refused(account, before, after):
    stage = put_into(stage_of(account, 1), before)
    with pytest.raises(InvalidTransition):
        stage_transition(stage, after)
    stage.refresh_from_db()
    assert stage.status == before


@pytest.mark.parametrize(
    "values", [{"status": "unheard_of"}, {"status": "completed"}, {"status": "in_progress"}, {"progress": 101}]
)
def test_the_database_refuses_a_stage_that_breaks_the_rules(account, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.filter(account=account, number=1).update(**values)


def test_starting_again_changes_nothing(client, account):
    url = f"/api/stages/{stage_of(account, 1).pk}"
    first = client.post(f"{url}/start").json()
    assert first["status"] == "in_progress"
    assert client.put(f"{url}/start").json() == first
    assert client.get(f"{url}/history").json()["count"] == 1


@pytest.mark.parametrize("status", ["locked", "invalidated", "completed"])
def test_a_closed_stage_cannot_be_started_or_talked_with(client, account, status):
    stage = put_into(stage_of(account, 2), status)
    for answer in (client.post(f"/api/stages/{stage.pk}/start"), say(client, stage, "Hello")):
        assert answer.status_code == 409
        assert answer.json()["state"]["status"] == status
    assert not stage.messages.exists()


@pytest.mark.parametrize("status", ["locked", "unlocked", "invalidated"])
def test_only_a_stage_under_way_or_completed_is_reset(client, account, status):
    stage = put_into(stage_of(account, 2), status)
    assert client.post(f"/api/stages/{stage.pk}/reset").status_code == 409


def test_completing_by_examples_opens_the_next_stage(client, account):
    complete_by_examples(client, stage_of(account, 1))
    assert statuses(account)[:3] == ["completed", "unlocked", "locked"]
    detail = client.get(f"/api/stages/{stage_of(account, 1).pk}").json()
    assert detail["validation"]["decision"] == "approved"
    assert detail["progress"] == 100
    assert detail["output"]["consultant"]["company"] == "Norte Software"


def test_reopening_the_first_stage_invalidates_what_was_built_on_it_and_there_is_a_way_back(client, account):
    for number in (1, 2, 3):
        complete_by_examples(client, stage_of(account, number))
    answer = client.post(f"/api/stages/{stage_of(account, 1).pk}/reset")
    assert answer.status_code == 200
    assert answer.json()["invalidated_stages"] == [2, 3]
    assert answer.json()["output"] is None
    assert statuses(account)[:4] == ["in_progress", "invalidated", "invalidated", "locked"]
    earlier = client.get(f"/api/stages/{stage_of(account, 1).pk}/versions").json()
    assert earlier["count"] == 1
    assert earlier["results"][0]["replaced_because"] == "reopened"

    answer = say(client, stage_of(account, 1), "done")
    assert answer.json()["is_complete"] is True, answer.json()
    assert statuses(account)[:3] == ["completed", "unlocked", "invalidated"]
    for number in (2, 3):
        client.post(f"/api/stages/{stage_of(account, number).pk}/start")
        assert say(client, stage_of(account, number), "done").json()["is_complete"] is True
    assert statuses(account)[:4] == ["completed", "completed", "completed", "unlocked"]
    assert stage_of(account, 2).versions.count() == 2


def test_reopening_the_second_stage_after_the_last_and_the_way_back(client, account):
    last = len(CATALOGUE)
    for number in range(1, last + 1):
        complete_by_examples(client, stage_of(account, number))
    answer = client.post(f"/api/stages/{stage_of(account, 2).pk}/reset").json()
    assert answer["invalidated_stages"] == list(range(3, last + 1))
    assert statuses(account) == ["completed", "in_progress"] + ["invalidated"] * (last - 2)
    for number in range(2, last + 1):
        client.post(f"/api/stages/{stage_of(account, number).pk}/start")
        assert say(client, stage_of(account, number), "done").json()["is_complete"] is True, number
    assert set(statuses(account)) == {"completed"}


def test_starting_over_without_answers_asks_again_and_keeps_the_old_conversation(client, account):
    stage = stage_of(account, 1)
    client.post(f"/api/stages/{stage.pk}/start")
    say(client, stage, "Industrial maintenance software")
    before = client.get(f"/api/stages/{stage.pk}/history").json()["count"]
    answer = client.post(f"/api/stages/{stage.pk}/reset", {"keep_answers": False}).json()
    assert (answer["progress"], answer["invalidated_stages"]) == (0, [])
    history = client.get(f"/api/stages/{stage.pk}/history").json()
    assert history["count"] == before + 1
    assert [message["round"] for message in history["results"]][-1] == 2


def test_a_reset_closes_a_later_stage_that_was_merely_open(client, account):
    complete_by_examples(client, stage_of(account, 1))
    assert client.post(f"/api/stages/{stage_of(account, 1).pk}/reset").json()["invalidated_stages"] == []
    assert statuses(account)[:2] == ["in_progress", "locked"]


def test_a_deliverable_made_elsewhere_passes_the_same_gate(client, account):
    complete_by_examples(client, stage_of(account, 1))
    output = client.get(f"/api/stages/{stage_of(account, 1).pk}").json()["output"]
    other = make_account(account.user, language="en", client_name="Another")
    url = f"/api/stages/{stage_of(other, 1).pk}/complete"

    answer = client.post(url, {"output": output | {"surprise": 1}})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "output", "surprise"]

    broken = output | {"scaling_up": output["scaling_up"][:1]}
    answer = client.post(url, {"output": broken})
    assert answer.status_code == 422
    assert all(fault["loc"][:2] == ["body", "output"] for fault in answer.json()["detail"])
    assert stage_of(other, 1).status == "unlocked"
    assert stage_of(other, 1).verdicts.get().decision == "rejected"

    answer = client.post(url, {"output": output})
    assert answer.status_code == 200, answer.json()
    assert answer.json()["status"] == "completed"
    assert client.post(url, {"output": output}).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_many_resets_at_once_each_leaves_a_consistent_stage(account, user, client):
    complete_by_examples(client, stage_of(account, 1))
    stage = stage_of(account, 1)
    barrier, done, faults = threading.Barrier(5), [], []

    def reset():
        try:
            barrier.wait(10)
            done.append(services.stage_reset(user=user, stage_id=stage.pk))
        except Exception as error:  # noqa: BLE001 (shown by the assertion)
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=reset) for _ in range(5)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert faults == []
    stage.refresh_from_db()
    assert stage.status == "in_progress"
    assert stage.round == 6
    positions = list(stage.messages.values_list("position", flat=True))
    assert positions == sorted(set(positions))


@pytest.mark.parametrize(("language", "word"), [("es", "listo"), ("en", "done")])
def test_after_a_reset_the_agent_says_what_is_kept_and_the_word_that_goes_on(user, client, language, word):
    account = make_account(user, language=language)
    stage = stage_of(account, 1)
    complete_by_examples(client, stage)
    client.post(f"/api/stages/{stage.pk}/reset")
    told = stage.messages.latest("position").content
    assert f"{'«' if language == 'es' else '“'}{word}{'»' if language == 'es' else '”'}" in told
    assert say(client, stage, word).json()["is_complete"] is True


def test_after_a_reset_half_way_the_agent_goes_on_with_what_is_missing(user, client):
    stage = stage_of(make_account(user, language="en"), 1)
    client.post(f"/api/stages/{stage.pk}/start")
    say(client, stage, "A bakery")
    say(client, stage, "Bread and pastries")
    client.post(f"/api/stages/{stage.pk}/reset")
    told = stage.messages.latest("position").content
    assert "I have kept the 2 answers you gave" in told
    assert "main problem" in told
