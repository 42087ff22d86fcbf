"""Taking documents in: all of one or nothing of it, the same content once, the old version until the new one is in."""

from __future__ import annotations

import time

import pytest

from agents.errors import ProviderError
from agents.knowledge import errors, ingestion
from agents.knowledge.chunking import pieces_of
from agents.knowledge.extraction.content import Page
from agents.knowledge.ingestion import Outcome, document_remove
from agents.knowledge.retrieval import Scope, search
from agents.models import Chunk, ChunkVector, Document, EmbeddingSpace
from agents.tests.knowledge_factories import a_document, ingest, pdf
from crm.tests.factories import make_account

pytestmark = pytest.mark.django_db
MENU = "# Menu\n\nTacos cost four euros.\n\n# Hours\n\nWe open on Sundays from noon to ten in the evening."


def test_a_document_is_stored_with_passages_and_vectors():
    done = ingest("menu.md", MENU, stages=(3, 1))
    document = Document.objects.get()
    assert (done.outcome, done.pages, done.passages) == (Outcome.ADDED, 1, document.passage_count)
    assert (document.name, document.stages, document.language, document.kind) == ("menu.md", [1, 3], "en", "markdown")
    chunk = document.chunks.get()
    assert (chunk.page, chunk.number, "Tacos" in chunk.text) == (1, 1, True)
    assert len(chunk.vectors.get().vector) == EmbeddingSpace.objects.get(state="active").dimensions == 512


def test_passages_stay_on_their_page_and_know_their_heading():
    long = "This sentence about returns is repeated to fill the page. " * 30
    data = pdf(f"Returns\n{long[:90]}", "Shipping\nParcels leave daily.", outline=[(1, "Returns"), (2, "Shipping")])
    document = a_document("terms.pdf", data)
    assert list(document.chunks.values_list("page", "heading")) == [(1, "Returns"), (2, "Shipping")]


def test_no_passage_holds_two_sections():
    filler = "This sentence fills its section with some words. " * 4
    document = a_document("guide.md", f"# Guide\n\n{filler}\n\n## Returns\n\n{filler}\n\n## Notes\n\nShort.")
    assert [(chunk.heading, chunk.text[:10]) for chunk in document.chunks.order_by("number")] == [
        ("Guide", "# Guide\n\nT"),
        ("Guide › Returns", "## Returns"),
    ]


def test_passages_are_of_bounded_length():
    document = a_document("long.txt", "A sentence of eight words stands here alone. " * 200)
    lengths = [len(text) for text in document.chunks.values_list("text", flat=True)]
    assert len(lengths) > 5
    assert max(lengths) <= 900
    assert min(lengths[:-1]) >= 700


@pytest.mark.parametrize("words", ["A sentence of eight words stands here alone.\n", "word ", "a"])
def test_a_text_of_millions_of_characters_is_cut_in_seconds(words):
    began = time.process_time()
    text = words * (2_000_000 // len(words))
    pieces = pieces_of([Page(number=1, text=text)], "text")
    assert time.process_time() - began < 20
    assert sum(len(piece.text.replace(" ", "")) for piece in pieces) >= 0.9 * len(text.replace(" ", ""))
    assert max(len(piece.text) for piece in pieces) <= 900


def test_the_same_content_is_taken_in_once_also_under_another_name():
    ingest("menu.md", MENU)
    again, renamed = ingest("menu.md", MENU), ingest("carta.md", MENU)
    assert (again.outcome, renamed.outcome, renamed.known_as) == (Outcome.PRESENT, Outcome.PRESENT, "menu.md")
    assert Document.objects.count() == 1


def test_the_same_content_for_another_stage_serves_that_one_too():
    ingest("menu.md", MENU, stages=(1,))
    assert ingest("menu.md", MENU, stages=(3,)).outcome == Outcome.PRESENT
    assert Document.objects.get().stages == [1, 3]


def test_each_account_has_its_own_copy():
    for account in (make_account(), make_account()):
        assert ingest("menu.md", MENU, account_id=account.pk).outcome == Outcome.ADDED
    assert Document.objects.count() == 2


def test_changed_content_replaces_the_old_version_under_the_same_id():
    before = a_document("menu.md", MENU)
    assert ingest("menu.md", MENU.replace("four", "five")).outcome == Outcome.REPLACED
    document = Document.objects.get()
    assert document.pk == before.pk
    assert "five euros" in document.chunks.get().text
    assert ChunkVector.objects.count() == Chunk.objects.count() == 1


def test_documents_of_one_name_in_two_folders_are_two():
    ingest("intro.md", MENU, folder="agent-1")
    assert ingest("intro.md", MENU.replace("four", "five"), folder="agent-3").outcome == Outcome.ADDED
    assert Document.objects.count() == 2


def test_content_that_comes_back_under_the_name_of_another_leaves_one_of_the_two():
    ingest("a.md", MENU)
    ingest("b.md", MENU.replace("four", "five"))
    assert ingest("b.md", MENU, replace=True).outcome == Outcome.REPLACED
    assert list(Document.objects.values_list("name", flat=True)) == ["b.md"]


def test_what_is_here_is_read_again_when_asked_for():
    ingest("menu.md", MENU)
    assert ingest("menu.md", MENU, replace=True, stages=(2,)).outcome == Outcome.REPLACED
    assert Document.objects.get().stages == [2]


def test_a_dry_run_stores_nothing():
    done = ingest("menu.md", MENU, dry_run=True)
    assert (done.outcome, done.passages) == (Outcome.ADDED, 1)
    assert not Document.objects.exists()


def test_what_cannot_be_read_leaves_the_old_version():
    ingest("menu.pdf", pdf("Tacos cost four euros."))
    with pytest.raises(errors.NoText):
        ingest("menu.pdf", pdf("", ""))
    assert "four" in Document.objects.get().chunks.get().text


def test_an_embedder_that_fails_leaves_the_old_version(monkeypatch):
    ingest("menu.md", MENU)

    class Failing:
        batch = 8

        def embed(self, texts, **_):
            raise ProviderError

    monkeypatch.setattr(ingestion, "embedder", lambda key: Failing())
    with pytest.raises(ProviderError):
        ingest("menu.md", MENU.replace("four", "five"))
    assert "four" in Document.objects.get().chunks.get().text


def test_an_interruption_half_way_leaves_nothing_and_the_next_run_goes_on():
    def interrupt(step, done, total):
        if step == "passages":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest("menu.md", MENU, progress=interrupt)
    assert not Document.objects.exists()
    assert not Chunk.objects.exists()
    assert ingest("menu.md", MENU).outcome == Outcome.ADDED


def test_a_removed_document_is_found_no_more():
    document = a_document("menu.md", MENU)
    assert search("How much are the tacos?", Scope(account_id=None))
    document_remove(document=document)
    assert search("How much are the tacos?", Scope(account_id=None)) == ()
    assert not ChunkVector.objects.exists()


def test_documents_go_with_their_account():
    account = make_account()
    ingest("menu.md", MENU, account_id=account.pk)
    account.delete()
    assert not Document.objects.exists()
