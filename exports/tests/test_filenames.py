"""Names of files: safe everywhere, and legible."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from exports.filenames import account_filename, client_part, disposition, stage_filename
from exports.tests.factories import HOSTILE_NAME, make_dossier

HOSTILE = [
    HOSTILE_NAME,
    "../../etc/passwd",
    "C:\\Windows\\system32",
    "CON",
    "nul.txt",
    "LPT1",
    ".hidden",
    "-rf *",
    "trailing. . ",
    'quo"te\'s; filename="evil.exe"',
    "line\r\nSet-Cookie: a=b",
    "nul\x00byte",
    "tab\tand\x1b[31mred",
    "\u202egnp.exe",
    "\u200f\u2066شركة\u2069",
    "日本語の会社" * 40,
    "x" * 255,
    "🦄" * 50,
    "🦄 Unicorn 🦄",
    "<script>|?*:%00",
    "e\u0301" * 100,
    "a\u0301\u0302\u0303" * 60,
    "100 % natural #1 + more",
    "\ud800",
    "   ",
    "%2e%2e%2f",
    "$(rm -rf) `id`",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_safe_on_every_file_system(name, tmp_path):
    name = name.encode(errors="ignore").decode()
    filename = stage_filename(*_single(client_name=name), "pdf")

    assert len(filename.encode()) <= 200
    assert re.fullmatch(r"[^\W_][^_]*_1_buyer_persona_2026-11-22\.pdf", filename)
    assert not set(filename) & set("/\\:*?\"<>|'`$%;&#~ \t\r\n") and filename.isprintable()
    assert filename.count(".") == 1
    (tmp_path / filename).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [filename]


@pytest.mark.parametrize("name", HOSTILE)
def test_the_header_bears_the_name_and_an_ascii_one_for_old_clients(name):
    filename = account_filename(make_dossier(client_name=name.encode(errors="ignore").decode()), "report", "pdf")

    header = disposition(filename)

    assert header.isascii() and header.isprintable()
    plain, whole = re.fullmatch(
        r"attachment; filename=\"([A-Za-z0-9_.-]+)\"(?:; filename\*=UTF-8''([A-Za-z0-9_.%-]+))?", header
    ).groups()
    assert unquote(whole or plain, errors="strict") == filename
    assert plain.endswith("_report_2026-11-22.pdf") and not plain.startswith(("_", "-", "."))


def _single(**fields):
    dossier = make_dossier(1, **fields)
    return dossier, dossier.deliverables[0]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (HOSTILE_NAME, "Peña-Söhne-Açaí"),
        ("Acme, Inc.", "Acme-Inc"),
        ("O'Neill & Sons_GmbH", "O-Neill-Sons-GmbH"),
        ("Nandri நன்றி", "Nandri-நன்றி"),
        ("株式会社ブーム", "株式会社ブーム"),
        ("🦄", "client"),
        ("", "client"),
    ],
)
def test_a_clients_name_stays_legible(name, part):
    assert client_part(name) == part


def test_one_name_in_two_spellings_is_one():
    assert client_part("Pen\u0303a") == client_part("Peña")


def test_the_ascii_name_keeps_what_it_can():
    assert disposition("Peña-Söhne_1.pdf").startswith('attachment; filename="Pena-Sohne_1.pdf"; filename*=')
    assert disposition("株式会社_1.pdf").startswith('attachment; filename="client_1.pdf"; filename*=')
    assert disposition("Plain_1.pdf") == 'attachment; filename="Plain_1.pdf"'


def test_the_date_is_the_accounts_and_not_the_servers():
    assert stage_filename(*_single(timezone="America/New_York"), "pdf").endswith("_2026-11-21.pdf")
    assert Path(stage_filename(*_single(timezone="Asia/Tokyo"), "xlsx")).suffix == ".xlsx"


def test_an_accounts_files_bear_the_newest_day():
    assert (
        account_filename(make_dossier(1, 7, 3), "deliverables", "zip") == "Talleres-Norte_deliverables_2026-11-28.zip"
    )
