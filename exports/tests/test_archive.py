"""The archive: whole, stable, with a manifest that tells the truth."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest

from exports.archive import archive_write
from exports.tests.factories import HOSTILE_NAME, Failing, Listing, make_deliverable, make_dossier


def archived(dossier, exporter=None):
    exporter = exporter or Listing()
    to = BytesIO()
    archive_write(dossier, to, files=[(exporter, dossier.only(found)) for found in dossier.deliverables])
    return to.getvalue()


def test_every_file_is_there_as_it_would_be_alone():
    dossier = make_dossier(1, 2, 7)

    archive = ZipFile(BytesIO(archived(dossier)))

    assert archive.testzip() is None
    assert archive.namelist() == [
        "Talleres-Norte_1_buyer_persona_2026-11-22.txt",
        "Talleres-Norte_2_buyers_journey_2026-11-23.txt",
        "Talleres-Norte_7_media_plan_2026-11-28.txt",
        "manifest.json",
    ]
    for name, deliverable in zip(archive.namelist(), dossier.deliverables, strict=False):
        alone = BytesIO()
        Listing().render(dossier.only(deliverable), alone)
        assert archive.read(name) == alone.getvalue()


def test_the_manifest_names_client_stages_versions_and_hashes():
    dossier = make_dossier(client_name=HOSTILE_NAME, deliverables=(make_deliverable(3, "en", version=4),))

    archive = ZipFile(BytesIO(archived(dossier)))

    told = json.loads(archive.read("manifest.json"))
    (stage,) = told.pop("stages")
    (file,) = stage.pop("files")
    assert told == {
        "client": HOSTILE_NAME,
        "account_id": "00000000-0000-0000-0000-000000000007",
        "website": "https://norte.example",
        "agency": "Clara Consultant",
        "language": "es",
        "currency": "EUR",
        "date": "2026-11-24",
    }
    assert stage == {
        "stage_number": 3,
        "slug": "offer",
        "title": "Offer",
        "version": 4,
        "language": "en",
        "made_at": "2026-11-23T23:30:15Z",
    }
    content = archive.read(file["name"])
    assert file["name"] == "Peña-Söhne-Açaí_3_offer_2026-11-24.txt"
    assert file["size"] == len(content)
    assert file["sha256"] == sha256(content).hexdigest()
    assert file["content_type"] == "text/plain"
    assert archive.getinfo(file["name"]).flag_bits & 0x800  # the name is in UTF-8


def test_the_same_deliverables_are_the_same_bytes_and_others_are_not():
    one = archived(make_dossier(1, 2))

    assert archived(make_dossier(1, 2)) == one
    assert archived(make_dossier(1, 2, client_name="Other")) != one


def test_entries_bear_the_day_on_which_they_were_made_and_can_be_read_by_all():
    entries = ZipFile(BytesIO(archived(make_dossier(1, 2)))).infolist()

    assert [entry.date_time for entry in entries] == [
        (2026, 11, 22, 0, 30, 14),
        (2026, 11, 23, 0, 30, 14),
        (2026, 11, 23, 0, 30, 14),
    ]
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}


def test_a_file_that_cannot_be_made_is_a_fault_and_no_archive_without_it():
    with pytest.raises(ArithmeticError):
        archived(make_dossier(1, 2), Failing())
