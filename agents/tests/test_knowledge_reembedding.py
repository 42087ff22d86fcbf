"""Changing the embedding model: search goes on in the old space until the new one is whole."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.errors import AuthenticationFailed, ProviderTimeout
from agents.knowledge import embeddings, reembedding
from agents.knowledge.embeddings.base import SpaceKey
from agents.knowledge.reembedding import space_build, spaces_forget
from agents.knowledge.retrieval import Scope, search
from agents.models import ChunkVector, EmbeddingSpace
from agents.tests.knowledge_factories import ingest

pytestmark = pytest.mark.django_db
CURRENT = embeddings.MODELS["offline"].version
NEXT = SpaceKey(provider="offline", model="use-multilingual-v3", dimensions=512, version=3)


@pytest.fixture
def documents():
    for number in range(3):
        ingest(f"{number}.txt", f"Document number {number} says that parcels leave on day {number}.")


def finds():
    return bool(search("When do parcels leave?", Scope(account_id=None)))


def in_use():
    return EmbeddingSpace.objects.get(state="active").version


def test_the_new_space_is_built_and_searched(documents):
    told = []
    done = space_build(key=NEXT, progress=lambda done, total: told.append((done, total)))
    assert (done.embedded, done.switched, in_use()) == (3, True, 3)
    assert told[-1] == (3, 3)
    assert finds()
    assert ChunkVector.objects.count() == 6


def test_the_old_space_is_searched_until_the_switch(documents, monkeypatch):
    class Failing:
        batch = 2

        def __init__(self):
            self.calls = 0
            self.model = embeddings.embedder(NEXT)

        def embed(self, texts, **options):
            self.calls += 1
            assert in_use() == CURRENT
            assert finds()
            if self.calls == 2:
                raise ProviderTimeout
            return self.model.embed(texts, **options)

    model = Failing()
    monkeypatch.setattr(reembedding, "embedder", lambda key: model)
    with pytest.raises(ProviderTimeout):
        space_build(key=NEXT)
    assert in_use() == CURRENT
    assert finds()
    done = space_build(key=NEXT)
    assert (done.embedded, in_use()) == (1, 3)


def test_a_document_that_comes_in_meanwhile_is_embedded_before_the_switch(documents, monkeypatch):
    class Slow:
        batch = 10

        def __init__(self):
            self.model, self.first = embeddings.embedder(NEXT), True

        def embed(self, texts, **options):
            if self.first:
                self.first = False
                ingest("late.txt", "This came in while the others were embedded.")
            return self.model.embed(texts, **options)

    model = Slow()
    monkeypatch.setattr(reembedding, "embedder", lambda key: model)
    assert space_build(key=NEXT).embedded == 4
    assert ChunkVector.objects.filter(space__version=3).count() == 4


def test_what_is_done_already_is_not_done_again(documents):
    space_build(key=NEXT)
    assert space_build(key=NEXT).embedded == 0


def test_vectors_no_longer_in_use_can_be_deleted(documents):
    space_build(key=NEXT)
    assert spaces_forget() == 1
    assert ChunkVector.objects.count() == 3
    assert finds()


def test_the_command_says_what_it_did_and_what_it_would_do(documents, monkeypatch):
    monkeypatch.setitem(embeddings.MODELS, "offline", NEXT)
    out = io.StringIO()
    call_command("reembed", "--dry-run", stdout=out, stderr=io.StringIO())
    assert out.getvalue().startswith("3 passages would be embedded in offline/use-multilingual-v3")
    assert in_use() == CURRENT
    call_command("reembed", "--forget", stdout=out, stderr=io.StringIO())
    assert "3 passages embedded" in out.getvalue()
    assert "1 unused spaces deleted." in out.getvalue()


@pytest.mark.parametrize(
    ("model", "told"), [("word2vec", "no embedding model"), ("openai-text-embedding-3-small", "OPENAI_API_KEY")]
)
def test_a_model_that_cannot_be_used_changes_nothing(documents, settings, model, told):
    settings.AGENTS = settings.AGENTS | {"EMBEDDING_MODEL": model}
    with pytest.raises(CommandError, match=told):
        call_command("reembed", stdout=io.StringIO(), stderr=io.StringIO())
    assert in_use() == CURRENT
    assert finds()


@pytest.fixture
def changed(documents, monkeypatch):
    """Another model is configured since the documents came in."""
    monkeypatch.setitem(embeddings.MODELS, "offline", NEXT)


def jobs():
    return ProcrastinateJob.objects.filter(task_name=reembedding.TASK, status="todo").count()


def test_a_worker_builds_the_configured_space_by_itself(changed):
    assert not reembedding.space_keep()
    assert in_use() == NEXT.version
    assert not reembedding.space_keep()


def test_a_worker_builds_for_a_while_and_leaves_the_rest_to_the_next_job(changed, monkeypatch):
    monkeypatch.setattr(reembedding, "SLICE", 0.0)
    assert reembedding.space_keep()
    assert (in_use(), jobs()) == (CURRENT, 1)
    assert EmbeddingSpace.objects.get(version=NEXT.version).state == "building"
    monkeypatch.undo()
    monkeypatch.setitem(embeddings.MODELS, "offline", NEXT)
    assert not reembedding.space_keep()
    assert in_use() == NEXT.version


def test_a_model_that_fails_is_noted_and_left_alone_for_a_while(documents, settings):
    settings.AGENTS = settings.AGENTS | {"EMBEDDING_MODEL": "openai-text-embedding-3-small"}
    with pytest.raises(AuthenticationFailed):
        reembedding.space_keep()
    assert EmbeddingSpace.objects.get(provider="openai").fault == "authentication"
    assert not reembedding.space_keep()
    assert in_use() == CURRENT
    EmbeddingSpace.objects.filter(provider="openai").update(updated_at=timezone.now() - reembedding.RETRY)
    with pytest.raises(AuthenticationFailed):
        reembedding.space_keep()


def test_who_changes_their_mind_leaves_no_space_half_built(documents, settings):
    settings.AGENTS = settings.AGENTS | {"EMBEDDING_MODEL": "openai-text-embedding-3-small"}
    with pytest.raises(AuthenticationFailed):
        reembedding.space_keep()
    space_build(key=NEXT)
    assert EmbeddingSpace.objects.get(provider="openai").state == "retired"


def test_the_command_leaves_it_to_a_worker(changed, capsys):
    for _ in range(2):
        call_command("reembed", "--background")
    assert (jobs(), in_use()) == (1, CURRENT)
    told = capsys.readouterr()
    assert "A worker builds the space" in told.out
    assert "No worker runs now" in told.err


def test_nothing_is_built_before_there_are_documents():
    assert not reembedding.space_keep()
    assert not EmbeddingSpace.objects.exists()
