"""Reading files nobody vouches for: text where there is some, and a clear sentence where there is none."""

from __future__ import annotations

import io
import time
import zipfile
import zlib

import pytest

from agents.knowledge import errors
from agents.knowledge.extraction.content import Limits
from agents.knowledge.extraction.process import extract
from agents.tests.knowledge_factories import docx, pdf, scanned

MEGABYTE = 1024 * 1024


def texts(name, data, **options):
    return [page.text for page in extract(name, data, **options).pages]


def test_a_pdf_has_its_pages_and_their_numbers():
    pages = extract("menu.pdf", pdf("Tacos cost 4 euros.", "", "Open on Sundays.")).pages
    assert [(page.number, page.text) for page in pages] == [(1, "Tacos cost 4 euros."), (3, "Open on Sundays.")]


def test_a_pdf_knows_its_headings():
    pages = extract("guide.pdf", pdf("Returns\nWithin 30 days.", outline=[(1, "Returns")])).pages
    assert [(heading.level, heading.title) for heading in pages[0].headings] == [(1, "Returns")]


def test_progress_is_told_page_by_page():
    told = []
    extract("menu.pdf", pdf("one", "two", "three"), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_running_headers_footers_and_page_numbers_are_dropped():
    bodies = [f"The body of part {word}." for word in ("one", "two", "three", "four")]
    pages = texts("book.pdf", pdf(*bodies, header="The Handbook {page} / 4", footer="{page}"))
    assert pages == bodies


def test_words_parted_at_line_ends_are_made_whole():
    text = "Este documento contiene toda la infor-\nmacion que necesita, y es well-\nknown. Un well-known caso."
    assert texts("a.pdf", pdf(text)) == [
        "Este documento contiene toda la informacion que necesita, y es well-known. Un well-known caso."
    ]


def test_html_is_read_as_people_see_it():
    page = (
        "<html><head><title>t</title><script>alert(1)</script></head><body><nav>Home</nav><h1>Shipping</h1>"
        "<p>We ship to <b>Spain</b>\nand Portugal.</p><table><tr><td>Fee</td><td>5 €</td></tr></table></body></html>"
    )
    found = extract("page.html", page.encode()).pages
    assert found[0].text == "Shipping\nWe ship to Spain and Portugal.\n| Fee | 5 €"
    assert found[0].headings[0].title == "Shipping"


def test_a_docx_has_headings_tables_and_pages():
    data = docx(("Heading 1", "Returns"), ("Normal", "Within 30 days."), ("break", ""), ("Normal", "Second page."))
    pages = extract("terms.docx", data).pages
    assert [(page.number, page.text) for page in pages] == [(1, "Returns\n\nWithin 30 days."), (2, "Second page.")]
    assert pages[0].headings[0].title == "Returns"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_its_encoding(encoding):
    assert texts("nota.txt", "Envíos a España: 5 €".encode(encoding)) == ["Envíos a España: 5 €"]


def test_markdown_knows_its_headings_and_form_feeds_part_pages():
    pages = extract("a.md", b"# One\ntext\f## Two ##\nmore").pages
    assert [(page.number, [heading.title for heading in page.headings]) for page in pages] == [
        (1, ["One"]),
        (2, ["Two"]),
    ]


def test_what_postgresql_does_not_take_is_dropped():
    assert texts("a.txt", "a\x01b\u200bc\ufffed\x07".encode()) == ["abcd"]


def bomb():
    """A package of a few kilobytes that says it unfolds to gigabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for number in range(9):
            package.writestr(f"word/{number}.xml", b" " * 50 * MEGABYTE)
    return file.getvalue()


def stream_bomb(size):
    """A PDF whose page unfolds to `size` bytes of drawing."""
    body = zlib.compress(b"0 0 m 1 1 l S " * (size // 14), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(body), body),
    ]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + objects + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("locked.pdf", pdf("secret", password="open sesame"), errors.Encrypted),
        ("torn.pdf", b"%PDF-1.7\n" + b"\x93\x8a" * 4000, errors.Damaged),
        ("scan.pdf", pdf("", "", ""), errors.NoText),
        ("nothing.pdf", b"", errors.Empty),
        ("blank.txt", b" \n\t\n ", errors.Empty),
        ("page.pdf", b"<!doctype html><html><body>Hello</body></html>", errors.WrongKind),
        ("archive.docx", b"%PDF-1.4 not a package", errors.WrongKind),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), errors.WrongKind),
        ("hollow.docx", b"PK\x03\x04" + bytes(300), errors.Damaged),
        ("bomb.docx", bomb(), errors.Unfolds),
        ("song.mp3", b"ID3", errors.UnknownKind),
        ("no-words.md", "— … !".encode(), errors.NoText),
    ],
)
def test_a_file_that_cannot_be_read_is_a_clear_fault(name, data, fault):
    with pytest.raises(fault) as raised:
        extract(name, data)
    assert str(raised.value).startswith(("It ", "Documents "))
    assert str(raised.value).endswith(".")


def test_a_page_that_is_a_picture_is_told_and_the_others_are_read():
    reading = extract("mixed.pdf", scanned("Tacos cost 4 euros.", None, ""))
    assert [page.number for page in reading.pages] == [1]
    assert [(fault.page, fault.code) for fault in reading.faults] == [(2, errors.PageScanned.code)]


def test_half_a_pdf_is_read_as_far_as_it_goes_or_called_damaged():
    whole = pdf(*[f"Page number {n} with words." for n in range(30)])
    try:
        assert all("words" in text for text in texts("half.pdf", whole[: len(whole) // 2]))
    except errors.DocumentError as error:
        assert isinstance(error, errors.Damaged | errors.NoText)  # noqa: PT017


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        (Limits(pages=2), errors.TooManyPages),
        (Limits(size=100), errors.TooLarge),
        (Limits(text=20), errors.TooMuchText),
        (Limits(seconds=0.001), errors.TooSlow),
        (Limits(memory=24 * MEGABYTE), (errors.TooMuchMemory, errors.ReaderDied)),
    ],
)
def test_limits_are_kept(limits, fault):
    with pytest.raises(fault):
        extract("book.pdf", pdf(*["A page with some words."] * 3), limits=limits)


def test_a_bomb_of_a_pdf_ends_in_a_fault_and_in_time():
    began = time.monotonic()
    with pytest.raises(errors.DocumentError):
        extract("bomb.pdf", stream_bomb(300 * MEGABYTE), limits=Limits(seconds=10, memory=400 * MEGABYTE))
    assert time.monotonic() - began < 20
