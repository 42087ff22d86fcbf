import json

import httpx
import pytest

from agents.messages import CallContext, Deadline
from agents.models import ModelCall
from agents.tools import web_search as module
from agents.tools.base import Source, ToolFailure
from agents.tools.web_search import UNCONFIGURED, web_search

pytestmark = pytest.mark.django_db


def search(query="What does a website cost in Lima in 2026?", seconds=10, **more):
    return web_search.call({"query": query, **more}, deadline=Deadline.after(seconds), context=CallContext())


@pytest.fixture
def perplexity(settings, monkeypatch):
    """Perplexity with a key, answered by a function of the test; the requests it got."""
    settings.AGENTS = settings.AGENTS | {"PERPLEXITY_API_KEY": "key-of-a-test", "PERPLEXITY_BASE_URL": ""}
    requests = []

    def answer_with(answer):
        def receive(request):
            requests.append(request)
            return answer(request) if callable(answer) else answer

        client = httpx.Client(transport=httpx.MockTransport(receive))
        monkeypatch.setattr(module, "_client", lambda: client)
        return requests

    return answer_with


def answered(**more):
    message = {"role": "assistant", "content": "About 800 USD [1]."}
    usage = {"prompt_tokens": 20, "completion_tokens": 9, "cost": {"total_cost": 0.0061}}
    return httpx.Response(200, json={"model": "sonar", "choices": [{"message": message}], "usage": usage} | more)


def test_without_a_key_the_result_says_so():
    result = search()
    assert (result.content, result.trusted) == (UNCONFIGURED, True)
    assert not ModelCall.objects.exists()


def test_an_answer_comes_with_its_sources(perplexity):
    perplexity(answered(search_results=[{"title": "Prices", "url": "https://example.com/a"}]))
    result = search()
    assert result.content == "About 800 USD [1].\n\nSources:\n[1] Prices https://example.com/a"
    assert result.sources == (Source(title="Prices", url="https://example.com/a"),)
    assert not result.trusted


def test_citations_without_titles_are_sources_too(perplexity):
    perplexity(answered(citations=["https://example.com/b"]))
    assert search().sources == (Source(title="https://example.com/b", url="https://example.com/b"),)


def test_the_request_is_the_agreed_one(perplexity, snapshot):
    requests = perplexity(answered())
    search(thorough=True)
    search()
    assert requests[0].url == "https://api.perplexity.ai/chat/completions"
    assert requests[0].headers["authorization"] == "Bearer key-of-a-test"
    bodies = [json.loads(request.content) for request in requests]
    assert [body["model"] for body in bodies] == ["sonar-pro", "sonar"]
    snapshot("web_search", bodies[1])


def test_a_search_has_its_row_in_the_ledger(perplexity):
    perplexity(answered())
    search()
    row = ModelCall.objects.get()
    assert (row.purpose, row.provider, row.vendor_model) == ("tool.web_search", "perplexity", "sonar")
    assert row.outcome == "ok"
    assert (row.prompt_tokens, row.completion_tokens, str(row.cost_usd)) == (20, 9, "0.006100")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (httpx.Response(401, json={}), "authentication"),
        (httpx.Response(429, headers={"retry-after": "3"}), "rate_limit"),
        (httpx.Response(500), "overloaded"),
        (httpx.Response(200, text="<html>"), "bad_output"),
        (httpx.Response(200, json=[]), "bad_output"),
        (httpx.Response(200, json={"choices": []}), "bad_output"),
        (httpx.Response(200, json={"choices": [{"message": {"content": ""}}]}), "bad_output"),
    ],
)
def test_a_failed_search_is_a_tool_failure_and_in_the_ledger(perplexity, answer, outcome):
    perplexity(answer)
    with pytest.raises(ToolFailure):
        search()
    assert ModelCall.objects.get().outcome == outcome


def test_a_search_that_takes_too_long_or_finds_nobody_is_a_tool_failure(perplexity):
    def hang(request):
        raise httpx.ReadTimeout("slow", request=request)

    def lost(request):
        raise httpx.ConnectError("nobody", request=request)

    for answer in (hang, lost):
        perplexity(answer)
        with pytest.raises(ToolFailure):
            search()
    assert sorted(ModelCall.objects.values_list("outcome", flat=True)) == ["connection", "timeout"]


def test_a_search_has_no_more_time_than_the_turn(perplexity):
    requests = perplexity(answered())
    search(seconds=2)
    assert requests[0].extensions["timeout"]["read"] <= 2


def test_it_works_over_a_socket_with_a_base_url(llmock, settings):
    settings.AGENTS = settings.AGENTS | {
        "PERPLEXITY_API_KEY": "key-of-a-test",
        "PERPLEXITY_BASE_URL": llmock.base_url("perplexity"),
    }
    llmock.reply("Found.")
    assert search().content.startswith("Found.")
