"""Searching: by words and by meaning, in both languages, and never where one may not look."""

from __future__ import annotations

import pytest

from agents.errors import ProviderTimeout
from agents.knowledge import presence, retrieval
from agents.knowledge.retrieval import Scope, candidates, search
from agents.models import EmbeddingSpace, ModelCall
from agents.tests.knowledge_factories import ingest, pdf
from crm.tests.factories import make_account

pytestmark = pytest.mark.django_db
EVERYBODY = Scope(account_id=None)
RETURNS = "You may return a product within thirty days. We refund the full price to your card."
ENVIOS = "Enviamos los pedidos a toda la península en cuarenta y ocho horas por mensajería."


@pytest.fixture
def terms():
    ingest("terms.pdf", pdf("Welcome to our shop.", RETURNS, "Our office is in Seville.", outline=[(2, "Returns")]))
    ingest("envios.txt", ENVIOS)


def found(question, scope=EVERYBODY, **options):
    return [(passage.document, passage.page) for passage in search(question, scope, **options)]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("How many days do I have to return a product?", ("terms.pdf", 2)),
        ("¿Cuántos días tengo para devolver un producto?", ("terms.pdf", 2)),
        ("¿En cuántas horas llega un envío a la peninsula?", ("envios.txt", 1)),
        ("How long does delivery of an order take?", ("envios.txt", 1)),
        ("PENÍNSULA", ("envios.txt", 1)),
    ],
)
def test_a_question_finds_its_page_in_either_language(terms, question, place):
    assert found(question)[0] == place


def test_a_passage_comes_with_what_a_citation_needs(terms):
    passage = search("return a product", EVERYBODY)[0]
    assert (passage.document, passage.page, passage.heading, passage.text) == ("terms.pdf", 2, "Returns", RETURNS)
    assert passage.document_id
    assert passage.score > 0


def test_words_are_looked_for_in_translation():
    ingest("stock.txt", "Shoes and shirts can be exchanged in every one of our stores.")
    ingest("hours.txt", "Our telephone is answered from nine to five.")
    found = candidates("¿Puedo cambiar la camisa en cualquier tienda?", EVERYBODY, method="text")
    assert [item.passage.document for item in found] == ["stock.txt"]


def test_passages_in_the_questions_own_language_come_first_where_they_answer(terms):
    ingest("devoluciones.txt", "Puede devolver un producto en un plazo de treinta días.")
    assert found("¿Cómo puedo devolver un producto?")[0] == ("devoluciones.txt", 1)
    assert found("How do I return a product?")[0] == ("terms.pdf", 2)


@pytest.mark.parametrize(
    "question", ["Who won the chess tournament in Reykjavik?", "¿Cuándo nació Cervantes?", "???", ""]
)
def test_nothing_is_found_where_nothing_fits(terms, question):
    assert found(question) == []


@pytest.mark.parametrize("question", ["a'b & c | !d:*", "<->", "\\' \x01", "ñ" * 5000, "% %s %(x)s"])
def test_any_text_may_be_asked(terms, question):
    assert isinstance(search(question, EVERYBODY), tuple)


def test_an_account_sees_its_own_documents_and_the_shared_ones_and_never_anothers():
    ours, theirs = make_account(), make_account()
    ingest("ours.txt", "The secret ingredient of our bread is rye.", account_id=ours.pk)
    ingest("theirs.txt", "The secret ingredient of their bread is spelt.", account_id=theirs.pk)
    ingest("all.txt", "The secret ingredient of every bread is time.")
    question = "What is the secret ingredient of the bread?"
    assert {name for name, _ in found(question, Scope(account_id=ours.pk))} == {"ours.txt", "all.txt"}
    assert {name for name, _ in found(question, Scope(account_id=theirs.pk))} == {"theirs.txt", "all.txt"}
    assert {name for name, _ in found(question)} == {"all.txt"}


def test_a_stage_finds_its_own_documents_and_those_for_all():
    ingest("three.txt", "An offer needs a guarantee.", stages=(3,))
    ingest("five.txt", "An offer needs no guarantee.", stages=(5,))
    ingest("all.txt", "An offer needs a name and a guarantee.")
    names = {name for name, _ in found("What does an offer need? A guarantee?", Scope(account_id=None, stage=3))}
    assert names == {"three.txt", "all.txt"}


def test_customers_are_not_answered_from_the_agencys_methods():
    account = make_account()
    ingest("method.txt", "A guarantee removes the fear of buying.", stages=(3,))
    ingest("own.txt", "Our guarantee covers two years.", stages=(3,), account_id=account.pk)
    scope = Scope(account_id=account.pk, for_customers=True)
    assert found("How long is the guarantee?", scope) == [("own.txt", 1)]


def test_a_language_can_be_asked_for(terms):
    only_spanish = Scope(account_id=None, language="es")
    assert {name for name, _ in found("return a product to the shop or delivery", only_spanish)} <= {"envios.txt"}


def test_words_that_mean_nothing_find_nothing_by_words(terms):
    assert candidates("the of and to", EVERYBODY, method="text") == []


def test_when_questions_cannot_be_embedded_words_still_find(terms, monkeypatch):
    class Silent:
        def embed(self, texts, **_):
            raise ProviderTimeout

    monkeypatch.setattr(retrieval, "embedder", lambda key: Silent())
    assert found("return a product within thirty days")[0] == ("terms.pdf", 2)


def test_without_documents_one_query_says_so_and_is_remembered(django_assert_num_queries):
    presence.forget()
    with django_assert_num_queries(1):
        assert found("anything") == []
    with django_assert_num_queries(0):
        assert found("anything else") == []


def test_warming_up_asks_no_vendor_and_needs_no_documents(django_assert_num_queries):
    with django_assert_num_queries(1):
        retrieval.warm_up()
    ingest("terms.txt", RETURNS)
    retrieval.warm_up()
    EmbeddingSpace.objects.update(provider="openai", model="text-embedding-3-small")
    retrieval.warm_up()
    assert not ModelCall.objects.exists()


def test_a_search_takes_two_queries(terms, django_assert_num_queries):
    found("warm up")
    with django_assert_num_queries(2):
        found("How do I return a product?")
