"""Embedders: vectors of the right length and meaning, and a vendor's bad day in our words."""

from __future__ import annotations

import json
import math
from datetime import date
from decimal import Decimal

import httpx2
import pytest

from agents import errors
from agents.checks import model_messages
from agents.conf import from_mapping
from agents.knowledge.embeddings import MODELS, embedder, make_embedder, wanted_key
from agents.models import ModelCall
from crm.tests.factories import make_account

pytestmark = pytest.mark.django_db
VENDORS = {"openai": "openai-text-embedding-3-small", "google": "google-gemini-embedding-001"}


def vector(first, dimensions=768):
    return [first, 4.0, *[0.0] * (dimensions - 2)]


def answer_of(vendor, vectors):
    if vendor == "openai":
        # Out of order, as the form allows.
        items = [{"index": place, "embedding": item} for place, item in enumerate(vectors)]
        return {"data": items[::-1], "model": "text-embedding-3-small"}
    return {"embeddings": [{"values": item} for item in vectors]}


@pytest.fixture(params=VENDORS)
def vendor(request):
    return request.param


@pytest.fixture
def made(vendor):
    """An embedder in front of one function that answers its requests."""

    def make(answer):
        settings = from_mapping({f"{vendor.upper()}_API_KEY": "key-of-a-test"})
        return make_embedder(MODELS[VENDORS[vendor]], settings, transport=httpx2.MockTransport(answer))

    return make


def test_the_offline_model_brings_languages_together():
    model = embedder(MODELS["offline"])
    spanish, english, other = model.embed(
        ["El envío tarda dos días.", "Delivery takes two days.", "The cat sleeps."], purpose="passage", timeout=1
    )
    assert len(spanish) == MODELS["offline"].dimensions
    assert math.isclose(math.hypot(*spanish), 1, abs_tol=1e-3)

    def likeness(one, two):
        return sum(a * b for a, b in zip(one, two, strict=True))

    assert likeness(spanish, english) > likeness(spanish, other) + 0.3


def test_a_long_passage_is_found_by_a_sentence_deep_in_it():
    model = embedder(MODELS["offline"])
    filler = "The office was painted in the spring and the plants were watered. " * 12
    hidden, plain = model.embed(
        [f"Notes › Office\n{filler}Parcels are delivered within two days.", f"Notes › Office\n{filler}"],
        purpose="passage",
        timeout=1,
    )
    asked = model.embed(["How long does delivery take?"], purpose="query", timeout=1)[0]
    assert math.isclose(math.hypot(*hidden), 1, abs_tol=1e-3)
    assert sum(a * b for a, b in zip(hidden, asked, strict=True)) > sum(
        a * b for a, b in zip(plain, asked, strict=True)
    )


def test_vectors_come_in_order_and_of_length_one(vendor, made):
    asked = []

    def answer(request):
        asked.append(json.loads(request.content))
        return httpx2.Response(200, json=answer_of(vendor, [vector(3.0), vector(-3.0)]))

    vectors = made(answer).embed(["one", "two"], purpose="query", timeout=5)
    assert [round(item[0], 3) for item in vectors] == [0.6, -0.6]
    assert "768" in json.dumps(asked[0])
    assert "one" in json.dumps(asked[0])


def test_what_a_vendor_is_asked_stands_in_the_ledger(vendor, made):
    account = make_account()
    answers = iter([httpx2.Response(503, json={"error": {"message": "busy"}}), None])

    def answer(request):
        body = answer_of(vendor, [vector(3.0), vector(-3.0)]) | {"usage": {"prompt_tokens": 1000}}
        return next(answers) or httpx2.Response(200, json=body)

    made(answer).embed(["one", "two"], purpose="passage", timeout=5, account_id=account.pk)
    failed, served = ModelCall.objects.order_by("created_at")
    assert (failed.outcome, failed.attempt, failed.cost_usd) == ("overloaded", 1, None)
    assert (served.outcome, served.attempt, served.account) == ("ok", 2, account)
    assert (served.purpose, served.asked_model, served.provider) == ("embed_passages", VENDORS[vendor], vendor)
    # Google's interface does not say how many tokens a request took.
    tokens, cost = (1000, Decimal("0.000020")) if vendor == "openai" else (0, None)
    assert (served.prompt_tokens, served.cost_usd) == (tokens, cost)


def test_a_question_is_asked_once_however_it_ends(made):
    with pytest.raises(errors.Overloaded):
        made(lambda request: httpx2.Response(503, json={"error": {"message": "busy"}})).embed(
            ["one"], purpose="query", timeout=5
        )
    assert ModelCall.objects.get().purpose == "embed_question"


def test_the_offline_model_costs_nothing_and_fills_no_ledger():
    embedder(MODELS["offline"]).embed(["one"], purpose="query", timeout=1)
    assert not ModelCall.objects.exists()


@pytest.mark.parametrize(
    ("status", "fault"),
    [(401, errors.AuthenticationFailed), (429, errors.RateLimited), (503, errors.Overloaded), (400, errors.BadRequest)],
)
def test_faults_are_in_our_words(made, status, fault):
    with pytest.raises(fault):
        made(lambda request: httpx2.Response(status, json={"error": {"message": "no", "code": status}})).embed(
            ["one"], purpose="passage", timeout=5
        )


def test_a_network_that_fails_is_a_fault_of_ours(made):
    def fail(request):
        raise httpx2.ConnectError("no route")

    with pytest.raises(errors.ConnectionFailed):
        made(fail).embed(["one"], purpose="passage", timeout=5)


@pytest.mark.parametrize("vectors", [[], [[1.0, 2.0]], [[0.0] * 768]])
def test_vectors_that_do_not_fit_are_refused(vendor, made, vectors):
    with pytest.raises(errors.OutputError):
        made(lambda request: httpx2.Response(200, json=answer_of(vendor, vectors))).embed(
            ["one"], purpose="passage", timeout=5
        )


def test_without_a_key_a_vendor_cannot_embed(vendor):
    with pytest.raises(errors.AuthenticationFailed):
        make_embedder(MODELS[VENDORS[vendor]], from_mapping({}))


def test_an_unknown_model_is_named_with_the_choices():
    with pytest.raises(errors.UnknownModel, match="Choose one of offline"):
        wanted_key("word2vec")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, []),
        ({"EMBEDDING_MODEL": "word2vec"}, ["agents.E002"]),
        ({"EMBEDDING_MODEL": "openai-text-embedding-3-small"}, ["agents.W006"]),
        ({"EMBEDDING_MODEL": "openai-text-embedding-3-small", "OPENAI_API_KEY": "key-of-a-test"}, []),
    ],
)
def test_an_embedding_model_that_cannot_serve_is_said_at_the_start(given, said):
    found = [message.id for message in model_messages(from_mapping(given), today=date(2026, 1, 1))]
    assert [name for name in found if name in ("agents.E002", "agents.W006")] == said
