"""The knowledge base by command: what is taken in, said, removed and measured."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from agents.models import Document
from agents.tests.knowledge_factories import ingest, pdf
from crm.tests.factories import make_account

pytestmark = pytest.mark.django_db


def run(name, *arguments):
    out = io.StringIO()
    call_command(name, *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "agent-3").mkdir()
    (tmp_path / "agent-3" / "offer.md").write_text("# Offers\n\nAn offer needs a guarantee.")
    (tmp_path / "menu.pdf").write_bytes(pdf("Tacos cost four euros.", "We open on Sundays."))
    (tmp_path / "notes.xyz").write_text("nothing we read")
    (tmp_path / ".hidden.txt").write_text("nothing we look at")
    return tmp_path


def test_a_folder_is_taken_in_with_the_stages_its_folders_name(folder):
    told = run("ingest_documents", folder)
    assert "2 added, 0 replaced, 0 already here, 0 failed" in told
    assert "Left out, of no kind that can be read: 1." in told
    assert {document.name: document.stages for document in Document.objects.all()} == {"menu.pdf": [], "offer.md": [3]}
    assert "0 added, 0 replaced, 2 already here" in run("ingest_documents", folder)


def test_stages_account_and_patterns_can_be_given(folder):
    account = make_account()
    run("ingest_documents", folder / "*.pdf", "--stage", 1, 3, "--account", account.pk)
    document = Document.objects.get()
    assert (document.account, document.stages) == (account, [1, 3])


def test_what_fails_is_said_and_the_others_are_in(folder):
    (folder / "locked.pdf").write_bytes(pdf("secret", password="hush"))
    (folder / "page.pdf").write_text("<html>no</html>")
    out = io.StringIO()
    with pytest.raises(CommandError, match="3 of 5 files could not be taken in; the others are in"):
        call_command("ingest_documents", str(folder), str(folder / "missing.pdf"), stdout=out, stderr=io.StringIO())
    assert "locked.pdf: It is protected by a password" in out.getvalue()
    assert "page.pdf: It is called a PDF but is an HTML page." in out.getvalue()
    assert "missing.pdf: There is no such file." in out.getvalue()
    assert Document.objects.count() == 2


def test_a_dry_run_says_what_would_be_and_stores_nothing(folder):
    assert "2 added" in run("ingest_documents", folder, "--dry-run")
    assert not Document.objects.exists()


def test_files_of_one_name_in_two_folders_are_two_documents(folder):
    for number in (1, 2):
        (folder / f"part-{number}").mkdir()
        (folder / f"part-{number}" / "intro.txt").write_text(f"This is the introduction of part {number}.")
    run("ingest_documents", folder)
    assert {str(document) for document in Document.objects.filter(name="intro.txt")} == {
        "part-1/intro.txt",
        "part-2/intro.txt",
    }


@pytest.mark.parametrize("account", ["00000000-0000-0000-0000-000000000001"])
def test_an_unknown_account_is_refused(folder, account):
    with pytest.raises(CommandError, match="There is no account"):
        run("ingest_documents", folder, "--account", account)


def test_documents_are_listed_and_removed_by_name_or_id():
    account = make_account()
    ingest("menu.txt", "Tacos cost four euros.")
    ingest("menu.txt", "Tacos cost five euros.", account_id=account.pk)
    listed = run("list_documents")
    assert "2 documents" in listed
    assert "shared" in listed
    assert "1 documents" in run("list_documents", "--shared")
    assert "Would remove menu.txt" in run("remove_document", "menu.txt", "--dry-run")
    run("remove_document", "menu.txt")
    run("remove_document", account.documents.get().pk)
    assert not Document.objects.exists()
    with pytest.raises(CommandError, match=r"There is no document menu\.txt"):
        run("remove_document", "menu.txt")


def test_retrieval_is_measured_by_language(tmp_path):
    ingest("terms.pdf", pdf("Welcome.", "You may return a product within thirty days."))
    ingest("envios.txt", "Enviamos los pedidos en cuarenta y ocho horas por mensajería.")
    questions = [
        {"question": "How many days do I have to return a product?", "document": "terms.pdf", "page": 2},
        {"question": "¿En cuántas horas llega un pedido?", "document": "envios.txt", "page": 1},
        {"question": "How do I return a product?", "document": "terms.pdf", "page": 7},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, questions)))
    report = json.loads(run("evaluate_retrieval", file, "--json"))
    assert (report["hit@1"], report["hit@5"], report["mrr@10"]) == (0.6667, 0.6667, 0.6667)
    assert report["milliseconds"] > 0
    assert report["by_language"]["es"]["hit@1"] == 1.0
    assert report["by_language"]["en"]["mrr@10"] == 0.5
    assert "How do I return a product?" in run("evaluate_retrieval", file, "--misses")


def test_questions_may_have_more_fields_and_stand_in_several_files(tmp_path, capsys):
    ingest("three.txt", "A guarantee removes the fear of buying.", stages=(3,))
    question = {"question": "What does a guarantee remove?", "document": "folder/three.txt", "page": 1}
    fields = [{"stage": 3, "account": None, "language": "es", "id": 7}, {"stage": 5}, {"passages_in": "es"}]
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    files[0].write_text("\n".join(json.dumps(question | more) for more in fields), encoding="utf-8-sig")
    files[1].write_text(json.dumps({"question": "Where is it?", "document": "gone.pdf", "page": 2}))
    error = io.StringIO()
    out = io.StringIO()
    call_command("evaluate_retrieval", *map(str, files), "--json", stdout=out, stderr=error)
    report = json.loads(out.getvalue())
    assert (report["questions"], report["hit@1"], report["by_language"]["es"]["hit@1"]) == (4, 0.25, 1.0)
    assert "gone.pdf is not in the knowledge base" in error.getvalue()


@pytest.mark.parametrize("line", ["{", '{"question": "x"}', '{"question": "x", "document": "y", "page": 0}', ""])
def test_a_faulty_file_of_questions_is_named_with_its_line(tmp_path, line):
    file = tmp_path / "questions.jsonl"
    file.write_text(line)
    with pytest.raises(CommandError, match=r"questions\.jsonl: (line 1|there are no questions)"):
        run("evaluate_retrieval", file)
