"""Models that get sums, dates and names wrong, or lie in a review: none of it reaches a deliverable."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace

import pytest

from agents.interview.converse import Hearing
from agents.interview.state import Review
from agents.messages import ModelResponse, ToolCall
from agents.providers import registry
from agents.providers.fake import FakeProvider
from agents.tools.base import Source, ToolResult, tool
from stages.definitions.catalogue import definition
from stages.models import DeliverableVersion
from stages.services.tools import TOOLS
from stages.tests.factories import client_of, complete_by_examples, make_account, make_consultant, say, stage_of

pytestmark = pytest.mark.django_db


def data(request, tag):
    """What stands between tags in a request's last message."""
    return re.search(rf"<{tag}>\n(.*)\n</{tag}>", request.messages[-1].content, re.DOTALL)[1]


class Model:
    """Understands the consultant word by word, and spoils every deliverable it is asked to write."""

    def __init__(self, number, spoil):
        self.number, self.spoil, self.drafts = number, spoil, 0

    def __call__(self, request):
        if request.purpose == "interview.converse":
            key = re.search(r"question being asked: (\w+)", data(request, "interview"))
            answers = [{"key": key[1], "words": data(request, "consultant")}] if key else []
            return Hearing(kind="answer", remark="Thank you.", answers=answers)
        if request.purpose == "interview.review":
            return Review(completeness=10, coherence=10, issues=[], suggestions=[])
        self.drafts += 1
        spoilt = copy.deepcopy(json.loads(data(request, "worksheet")))
        self.spoil(spoilt)
        return definition(self.number).output.model_validate(spoilt)


def wrong_money(plan):
    for line in plan["lines"]:
        line |= {"budget": "999999.99", "share": "50", "leads": "123456", "roas": "99", "cpm": "0.01"}
    plan["totals"] |= {"budget": "1", "revenue": "1000000"}


def wrong_dates_and_channels(calendar):
    for entry in calendar["entries"]:
        entry |= {"date": "2031-01-01", "week": 99, "channel": "Carrier pigeons", "pillar": "Astrology"}


@pytest.fixture
def user():
    return make_consultant()


@pytest.fixture
def client(user):
    return client_of(user)


def finished(user, client, number, model):
    """The deliverable of a stage with that model, and the one that rules make of the same answers."""
    outputs = []
    for given in (model, None):
        account = make_account(user, language="en", ai_model="openai-gpt4o")
        for earlier in range(1, number):
            complete_by_examples(client, stage_of(account, earlier))
        stage = stage_of(account, number)
        if given is None:
            complete_by_examples(client, stage)
        else:
            with registry.override(openai=FakeProvider(given)):
                complete_by_examples(client, stage)
        outputs.append(DeliverableVersion.objects.get(stage=stage).output)
    return outputs


@pytest.mark.parametrize(
    ("number", "spoil", "part"), [(7, wrong_money, "lines"), (6, wrong_dates_and_channels, "entries")]
)
def test_wrong_sums_dates_and_channels_do_not_reach_a_deliverable(user, client, number, spoil, part):
    model = Model(number, spoil)
    by_model, by_rules = finished(user, client, number, model)
    assert model.drafts >= 1
    assert by_model[part] == by_rules[part]
    assert "999999.99" not in json.dumps(by_model)
    assert "Carrier pigeons" not in json.dumps(by_model)


def test_a_model_may_search_while_it_writes_and_its_sources_are_kept(user, client, settings, monkeypatch):
    found = ToolResult(content="Guides are read most.", sources=(Source(title="Survey", url="https://survey.example"),))

    @tool
    def web_search(query: str) -> ToolResult:
        """Search."""
        return found

    monkeypatch.setitem(TOOLS, "web_search", web_search)

    def use(sheet):
        sheet["rows"][0]["notes"] = "Guides are read most: https://survey.example"

    writer = Model(2, use)

    def searching(request):
        asked = any(message.role == "tool" for message in request.messages)
        if request.purpose == "interview.assemble" and not asked:
            call = ToolCall(id="1", name="web_search", arguments={"query": "What is read?"})
            return ModelResponse(text="", provider="openai", model="x", tool_calls=(call,))
        if request.purpose == "interview.assemble":
            request = replace(request, messages=request.messages[:1])
        return writer(request)

    account = make_account(user, language="en", ai_model="openai-gpt4o")
    complete_by_examples(client, stage_of(account, 1))
    with registry.override(openai=FakeProvider(searching)):
        last = complete_by_examples(client, stage_of(account, 2))[-1]
    assert last["metadata"]["tools_used"][0]["name"] == "web_search"
    assert last["metadata"]["sources"] == [{"title": "Survey", "url": "https://survey.example", "page": None}]
    version = DeliverableVersion.objects.get(stage=stage_of(account, 2))
    assert "web_source" in version.provenance["rows.*.notes"]


def test_a_source_found_in_an_earlier_turn_marks_what_it_says(user, client, monkeypatch):
    account = make_account(user, language="en", ai_model="openai-gpt4o")
    complete_by_examples(client, stage_of(account, 1))
    stage = stage_of(account, 2)
    client.post(f"/api/stages/{stage.pk}/start")
    stage.messages.create(
        round=1, position=99, role="assistant", content="Found.",
        metadata={"sources": [{"title": "Survey", "url": "https://survey.example", "page": None}]},
    )  # fmt: skip

    def use(sheet):
        sheet["rows"][0]["notes"] = "Guides are read most: https://survey.example"

    with registry.override(openai=FakeProvider(Model(2, use))):
        complete_by_examples(client, stage)
    assert "web_source" in DeliverableVersion.objects.get(stage=stage).provenance["rows.*.notes"]


def test_a_glowing_review_does_not_turn_a_failed_rule_into_a_pass(user, client):
    account = make_account(user, language="en", ai_model="openai-gpt4o")
    stage = stage_of(account, 1)
    complete_by_examples(client, stage)
    output = client.get(f"/api/stages/{stage.pk}").json()["output"]
    output["scaling_up"][0]["green"] = output["scaling_up"][0]["yellow"]
    client.post(f"/api/stages/{stage.pk}/reset")
    with registry.override(openai=FakeProvider(Model(1, lambda sheet: sheet.update(scaling_up=output["scaling_up"])))):
        answer = say(client, stage, "done").json()
    assert answer["is_complete"] is True
    levels = answer["output"]["scaling_up"][0]
    assert levels["green"] != levels["yellow"]
