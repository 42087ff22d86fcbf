"""`manage.py export`."""

import io
import os
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from exports.exporters import ACCOUNT_EXPORTERS, STAGE_EXPORTERS
from exports.services import Export, exports_write
from exports.tests.factories import HOSTILE_NAME, Failing, Listing, make_completed, make_dossier
from stages.tests.factories import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return make_completed(1, 2, 3, client_name=HOSTILE_NAME)


def run(*arguments, out):
    shown = io.StringIO()
    call_command("export", *map(str, arguments), "--out", str(out), stdout=shown)
    return shown.getvalue()


def export_of(exporter):
    return Export(exporter=exporter, outline=make_dossier(1), gather=make_dossier)


def test_everything_is_written_and_said(account, tmp_path):
    folder = tmp_path / "new" / "folder"

    shown = run(account.pk, out=folder)

    names = {path.name for path in folder.iterdir()}
    assert len(names) == 7
    assert {name.split("_", 1)[0] for name in names} == {"Peña-Söhne-Açaí"}
    assert {Path(name).suffix for name in names} == {".pdf", ".xlsx", ".zip"}
    for name in names:
        assert name in shown
    assert "kB" in shown and shown.count(" new") == 7
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in folder.iterdir())


def test_a_second_time_nothing_changes(account, tmp_path):
    run(account.pk, out=tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    shown = run(HOSTILE_NAME.upper(), out=tmp_path)

    assert shown.count("unchanged") == len(first) == 7 and "replaced" not in shown
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


@pytest.mark.parametrize(
    ("arguments", "suffixes"),
    [
        (["--format", "pdf"], [".pdf", ".pdf", ".pdf"]),
        (["--format", "excel"], [".xlsx", ".xlsx"]),
        (["--format", "report"], [".pdf"]),
        (["--format", "zip"], [".zip"]),
        (["--format", "pdf", "--stage", "3"], [".pdf"]),
        (["--stage", "2", "3"], [".pdf", ".pdf", ".xlsx"]),
        (["--stage", "1", "--stage", "2", "--format", "excel"], [".xlsx", ".xlsx"]),
    ],
)
def test_formats_and_stages_can_be_chosen(account, tmp_path, arguments, suffixes):
    run(account.pk, *arguments, out=tmp_path)

    assert sorted(path.suffix for path in tmp_path.iterdir()) == suffixes


def test_the_archive_holds_the_files_that_are_written_beside_it(account, tmp_path):
    run(account.pk, out=tmp_path)

    with ZipFile(next(tmp_path.glob("*.zip"))) as archive:
        assert len(archive.namelist()) == 6
        for name in set(archive.namelist()) - {"manifest.json"}:
            assert archive.read(name) == (tmp_path / name).read_bytes()


def test_a_file_that_is_another_now_is_said_to_be_replaced(account, tmp_path):
    run(account.pk, "--format", "excel", out=tmp_path)
    changed = next(tmp_path.glob("*_1_*"))
    changed.write_bytes(b"old")

    shown = run(account.pk, "--format", "excel", out=tmp_path)

    assert shown.count("replaced") == shown.count("unchanged") == 1
    assert changed.read_bytes().startswith(b"PK")


def test_a_dry_run_says_what_it_would_do_and_does_nothing(account, tmp_path):
    folder = tmp_path / "out"

    shown = run(account.pk, "--dry-run", out=folder)

    assert not folder.exists()
    assert shown.count("would write") == 7


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--stage", "4"], "Not completed: stage 4."),
        (["--stage", "1", "7", "6"], "Not completed: stage 6, 7."),
        (["--stage", "3", "--format", "excel"], "None of these stages has a file of this format."),
        (["--stage", "8"], "invalid choice: 8"),
        (["--format", "docx"], "invalid choice: 'docx'"),
    ],
)
def test_what_cannot_be_written_is_said(account, tmp_path, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(account.pk, *arguments, out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_account_is_named_without_doubt(account, tmp_path):
    with pytest.raises(CommandError, match="There is no account Nobody"):
        run("Nobody", out=tmp_path)
    with pytest.raises(CommandError, match="There is no account"):
        run(uuid4(), out=tmp_path)
    other = make_account(client_name=HOSTILE_NAME, language="en")
    with pytest.raises(CommandError) as refused:
        run(HOSTILE_NAME, out=tmp_path)
    for one in (account, other):
        assert str(one.pk) in str(refused.value)
    with pytest.raises(CommandError, match="nothing to export"):
        run(other.pk, out=tmp_path)


def test_a_folder_that_cannot_be_one_is_said(account, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="file"):
        run(account.pk, out=tmp_path / "file")


def test_a_file_that_breaks_leaves_the_old_one_and_nothing_beside_it(tmp_path):
    exports_write(exports=[export_of(Listing())], folder=tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(ArithmeticError):
        exports_write(exports=[export_of(Failing())], folder=tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_in_the_files_place_leaves_nothing_beside_it(tmp_path):
    export = export_of(Listing())
    os.makedirs(tmp_path / export.filename / "inside")

    with pytest.raises(OSError, match="directory"):
        exports_write(exports=[export], folder=tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [export.filename]


def test_every_exporter_can_be_asked_for_by_its_name():
    keys = [exporter.key for exporter in (*STAGE_EXPORTERS, *ACCOUNT_EXPORTERS)]
    assert keys == ["pdf", "excel", "report", "zip"]
