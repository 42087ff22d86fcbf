"""Large spaces are searched through an index: made by a command, followed until enough passages are in the scope."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agents.knowledge import retrieval
from agents.knowledge.indexing import space_indexes
from agents.knowledge.reembedding import spaces_forget
from agents.knowledge.retrieval import Scope, candidates
from agents.models import EmbeddingSpace
from agents.tests.knowledge_factories import ingest
from crm.tests.factories import make_account

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "When do parcels leave?"


def run(*arguments):
    out = io.StringIO()
    call_command("index_passages", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def account():
    """Two accounts of which one has very little, and a document of all."""
    small, large = make_account(), make_account()
    for number in range(12):
        ingest(f"{number}.txt", f"Note {number}: parcels leave on day {number} of the month.", account_id=large.pk)
    ingest("own.txt", "Our parcels leave the warehouse every morning.", account_id=small.pk)
    ingest("agency.txt", "Offers need a guarantee.", stages=(3,))
    ingest("horas.txt", "Los paquetes salen por la tarde.")
    return small


@pytest.fixture
def by_index(account, monkeypatch):
    run("--above", 3)
    monkeypatch.setattr(retrieval, "EXACT_UP_TO", 0)
    return account


def index_name():
    return space_indexes()[0].name


def names(scope, question=QUESTION, **options):
    return [item.passage.document for item in candidates(question, scope, limit=10, **options)]


def test_the_command_indexes_what_is_large_and_says_so(account):
    assert "15 passages, searched by a scan." in run()
    assert "an index would be created" in run("--above", 3, "--dry-run")
    assert not space_indexes()[0].present
    assert "index created" in run("--above", 3)
    assert "indexed already" in run("--above", 3)
    assert (space_indexes()[0].present, EmbeddingSpace.objects.get().is_indexed) == (True, True)


@pytest.mark.parametrize("arguments", [("--drop", "--above", 3), ()])
def test_the_command_drops_what_is_not_wanted(account, arguments):
    run("--above", 3)
    assert "its index would be dropped" in run(*arguments, "--dry-run")
    assert "index dropped" in run(*arguments)
    assert (space_indexes()[0].present, EmbeddingSpace.objects.get().is_indexed) == (False, False)


def test_an_interrupted_index_is_made_again(account):
    run("--above", 3)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::regclass", [index_name()])
    assert "index created" in run("--above", 3)
    assert space_indexes()[0].present


def test_without_passages_there_is_nothing_to_index():
    assert "There are no passages." in run()


def test_the_index_finds_what_a_scan_finds(by_index, monkeypatch):
    own = by_index.pk
    scopes = [Scope(account_id=own), Scope(account_id=own, for_customers=True), Scope(account_id=None, language="es")]
    found = [names(scope) for scope in scopes]
    monkeypatch.setattr(retrieval, "EXACT_UP_TO", 10_000)
    assert found == [names(scope) for scope in scopes]
    assert found[0][0] == "own.txt"


def test_the_index_keeps_accounts_and_stages_apart(by_index):
    assert set(names(Scope(account_id=by_index.pk, stage=5), method="vector")) == {"own.txt", "horas.txt"}
    assert set(names(Scope(account_id=None, stage=3), method="vector")) == {"agency.txt", "horas.txt"}


def test_a_small_scope_is_scanned_though_the_space_is_indexed(account, django_assert_num_queries):
    run("--above", 3)
    names(Scope(account_id=account.pk))
    with django_assert_num_queries(3):
        assert names(Scope(account_id=account.pk))[0] == "own.txt"


def test_the_search_can_use_the_index(by_index):
    names(Scope(account_id=by_index.pk))
    with CaptureQueriesContext(connection) as queries:
        names(Scope(account_id=by_index.pk))
    search = next(query["sql"] for query in queries if "agents_chunkvector AS vectors" in query["sql"])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {search}")
        assert any(index_name() in line for (line,) in cursor.fetchall())


def test_the_index_goes_with_its_space(by_index):
    name = index_name()
    EmbeddingSpace.objects.update(state="retired")
    spaces_forget()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = %s", [name])
        assert cursor.fetchone()[0] == 0
