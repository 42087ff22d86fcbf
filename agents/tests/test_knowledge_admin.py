"""The knowledge base in the admin: upload, progress, passages by page, and a search to try."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from agents.knowledge import uploads
from agents.knowledge.errors import WrongKind
from agents.models import Document, DocumentUpload, EmbeddingSpace
from agents.tests.knowledge_factories import a_document, pdf, scanned
from crm.tests.factories import make_account, make_supervisor, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("admin:agents_document_changelist")
ADD = reverse("admin:agents_documentupload_add")
UPLOADS = reverse("admin:agents_documentupload_changelist")
SEARCH = reverse("admin:agents_document_search")


@pytest.fixture
def administrator(client):
    user = make_user(username="root", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def terms():
    return a_document("terms.pdf", pdf("Welcome.", "You may return a product within thirty days."), stages=(1, 3))


def upload(client, name, data, **fields):
    return client.post(ADD, {"file": SimpleUploadedFile(name, data)} | fields, follow=True)


def test_an_uploaded_document_is_taken_in_by_a_worker(client, administrator):
    account = make_account()
    page = upload(client, "menu.pdf", pdf("Tacos cost four euros."), account=account.pk, stages=["1", "3"])
    assert "The file menu.pdf is being read" in page.content.decode()
    job = ProcrastinateJob.objects.get(task_name="agents.upload_take_in")
    uploads.upload_take_in(upload_id=job.args["upload_id"])
    row = DocumentUpload.objects.get()
    assert (row.state, row.outcome, row.document, bytes(row.data)) == ("done", "added", Document.objects.get(), b"")
    assert (row.document.account, row.document.stages) == (account, [1, 3])
    assert row.done == row.total > 0


def test_a_job_that_is_done_twice_takes_a_document_in_once(client, administrator):
    upload(client, "menu.pdf", pdf("Tacos cost four euros."))
    row = DocumentUpload.objects.get()
    for _ in range(2):
        uploads.upload_take_in(upload_id=row.pk)
    assert Document.objects.count() == 1


def test_what_only_reading_shows_is_told_in_the_list(client, administrator):
    upload(client, "scan.pdf", pdf("", ""))
    assert client.get(UPLOADS).headers["Refresh"]
    uploads.upload_take_in(upload_id=DocumentUpload.objects.get().pk)
    page = client.get(UPLOADS)
    assert "a scan needs OCR" in page.content.decode()
    assert "Refresh" not in page.headers
    assert not Document.objects.exists()


def test_pages_that_were_left_out_are_told_by_number_in_the_readers_language(client, administrator):
    upload(client, "mixed.pdf", scanned("Tacos cost four euros.", *[None] * 22))
    uploads.upload_take_in(upload_id=DocumentUpload.objects.get().pk)
    page = client.get(UPLOADS).content.decode()
    assert "Page 2: The page is a picture without text" in page
    assert "Page 3: The page is a picture without text" in page
    assert "2 more pages" in page
    spanish = client.get(UPLOADS, headers={"Accept-Language": "es"}).content.decode()
    assert "Página 3: La página es una imagen sin texto" in spanish


def test_a_refusal_on_the_form_is_in_the_readers_language(client, administrator):
    page = client.post(
        ADD, {"file": SimpleUploadedFile("a.pdf", b"<html>no</html>")}, headers={"Accept-Language": "es"}
    )
    assert "Se llama como si fuera un PDF, pero es una página HTML." in page.content.decode()


def test_a_fault_of_ours_is_told_and_fails_the_job(client, administrator, monkeypatch):
    def fail(**_):
        raise ZeroDivisionError

    upload(client, "menu.pdf", pdf("Tacos cost four euros."))
    monkeypatch.setattr(uploads, "document_ingest", fail)
    with pytest.raises(ZeroDivisionError):
        uploads.upload_take_in(upload_id=DocumentUpload.objects.get().pk)
    assert "It cannot be read." in client.get(UPLOADS).content.decode()


def test_spaces_show_how_far_they_are_and_what_stopped_them(client, administrator, terms):
    EmbeddingSpace.objects.create(provider="openai", model="m", dimensions=768, version=1, fault="authentication")
    page = client.get(reverse("admin:agents_embeddingspace_changelist"))
    assert "2 / 2 passages" in page.content.decode()
    assert "0 / 2 passages" in page.content.decode()
    assert "key refused" in page.content.decode()
    assert page.headers["Refresh"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("page.pdf", b"<html>hello</html>", "It is called a PDF but is an HTML page."),
        ("song.mp3", b"ID3 la la la", "Documents of this kind cannot be read"),
        ("blank.txt", b"   ", "It is empty."),
    ],
)
def test_a_file_that_is_no_document_is_refused_on_the_form(client, administrator, name, data, told):
    assert told in upload(client, name, data).content.decode()
    assert not DocumentUpload.objects.exists()


def test_a_file_over_the_limit_is_refused(client, administrator, settings):
    settings.LARGE_BODIES = {ADD: 2000}
    assert client.post(ADD, {"file": SimpleUploadedFile("a.txt", b"x" * 5000)}).status_code == 413


def test_a_file_larger_than_other_bodies_may_be_is_taken(client, administrator, settings):
    upload(client, "long.txt", b"A sentence stands here. " * (settings.REQUEST_BODY_LIMIT // 20))
    assert DocumentUpload.objects.get().name == "long.txt"


def test_the_service_refuses_what_is_no_document():
    with pytest.raises(WrongKind):
        uploads.upload_start(name="a.pdf", data=b"not one")


def test_documents_are_listed_read_and_removed(client, administrator, terms):
    assert "terms.pdf" in client.get(LIST).content.decode()
    passages = reverse("admin:agents_document_passages", args=[terms.pk])
    assert passages in client.get(reverse("admin:agents_document_change", args=[terms.pk])).content.decode()
    whole = client.get(passages).content.decode()
    assert "Welcome." in whole
    assert "thirty days" in whole
    second = client.get(passages, {"page": "2"}).content.decode()
    assert "thirty days" in second
    assert "Welcome." not in second
    client.post(reverse("admin:agents_document_delete", args=[terms.pk]), {"post": "yes"})
    assert not Document.objects.exists()


def test_a_search_shows_page_score_and_whether_it_fits(client, administrator, terms):
    page = client.get(SEARCH, {"q": "How many days to return a product?"}).content.decode()
    assert "terms.pdf, page 2" in page
    assert "similarity" in page
    assert "too far away" in client.get(SEARCH, {"q": "Who painted Guernica?"}).content.decode()
    assert "Nothing was found." in client.get(SEARCH, {"q": "the", "language": "es"}).content.decode()
    assert "terms.pdf" not in client.get(SEARCH, {"q": "return a product", "stage": "5"}).content.decode()


def test_supervisors_read_what_is_cited_and_upload_nothing(client, terms):
    client.force_login(make_supervisor())
    assert client.get(reverse("admin:agents_document_passages", args=[terms.pk]), {"page": 2}).status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(reverse("admin:agents_document_delete", args=[terms.pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("address", [LIST, SEARCH, ADD, UPLOADS, reverse("admin:agents_embeddingspace_changelist")])
def test_strangers_see_nothing(client, address):
    assert client.get(address).status_code == 302
    client.force_login(make_user(username="staff", is_staff=True))
    assert client.get(address).status_code in (403, 404)


def test_texts_of_documents_are_escaped(client, administrator):
    document = a_document("evil.txt", "<script>alert('parcels')</script> Parcels leave daily.")
    page = client.get(reverse("admin:agents_document_passages", args=[document.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
