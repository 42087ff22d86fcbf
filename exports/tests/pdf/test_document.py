"""The files as a reader has them: all that the deliverables say, where to find it, what they say of themselves."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from PIL import Image

from exports.dossier import Source
from exports.tests.pdf.factories import (
    LANGUAGES,
    PROFILES,
    bare,
    changed,
    demo,
    demo_report,
    pages_of,
    report,
    stage,
)
from stages.presentation import NOTHING, present

NUMBERS = range(1, 8)


def written(made):
    """Every text of a deliverable, as `present` writes it; what is missing need not be told."""
    for block in present(made.definition, made.output, language=made.language, provenance=made.provenance):
        yield from block.paragraphs
        for row in block.rows:
            for value in row:
                yield from value.items or (value.text.replace(NOTHING, ""),)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
def test_all_that_a_deliverable_says_is_in_the_report(profile, language):
    said = bare("".join(pages_of(demo_report(profile, language))))

    missing = [
        text for made in demo(profile, language).deliverables for text in written(made) if bare(text) not in said
    ]

    assert missing == []


@pytest.mark.parametrize("number", NUMBERS)
def test_all_that_a_deliverable_says_is_in_its_own_file(number):
    dossier = demo("fashion", "en")
    pages = pages_of(stage(dossier, number))
    said = bare("".join(pages))

    assert [text for text in written(dossier.deliverables[number - 1]) if bare(text) not in said] == []
    assert "Lino y Calma" in pages[0] and f"Stage {number} of 7" in pages[0]
    assert "21 November 2026" in pages[0] and "Estudio Norte" in pages[0]
    assert re.search(rf"Version\s+{number}", pages[0])


def test_pages_are_numbered_of_all_and_carry_the_chapter_and_the_client():
    pages = pages_of(demo_report("software", "es"))

    for number, page in enumerate(pages[1:], 2):
        assert f"{number} / {len(pages)}" in page
    assert "Recorrido del comprador" in pages[6] and "Cobralia" in pages[6]


def test_the_contents_lead_to_the_pages_they_name():
    document = document_of(demo_report("software", "es"))
    contents = document.pages[1]
    named = [int(number) for number in re.findall(r"(?m)^\s*(\d+)\s*$", contents.extract_text())][-8:]
    links = [annotation.get_object() for annotation in contents["/Annots"]]
    pages = [document.get_page_number(link["/Dest"][0].get_object()) + 1 for link in links]

    assert len(pages) == 8
    assert sorted(named) == pages == sorted(pages)
    for number, page in zip(NUMBERS, pages, strict=False):
        assert f"Etapa {number} de 7" in document.pages[page - 1].extract_text()


def test_the_outline_has_every_chapter_with_its_parts():
    outline = document_of(demo_report("software", "en")).outline

    chapters = [entry["/Title"] for entry in outline if not isinstance(entry, list)]
    assert chapters == [
        "Contents",
        "Buyer persona",
        "Buyer's journey",
        "Offer",
        "Channel selection",
        "Content pillars",
        "Editorial calendar",
        "Media plan",
        "Notes and sources",
    ]
    parts = [[part["/Title"] for part in entry] for entry in outline if isinstance(entry, list)]
    assert parts[0] == ["Narrative", "Grading table", "Business", "Consultancy"]


@pytest.mark.parametrize(("language", "title"), [("es", "Dosier de estrategia"), ("en", "Strategy dossier")])
def test_a_file_says_its_title_author_subject_and_language(language, title):
    document = document_of(demo_report("software", language))

    assert document.metadata.title == f"{title} – Cobralia"
    assert document.metadata.author == "Estudio Norte"
    assert document.metadata.subject == title
    assert document.root_object["/Lang"] == language
    assert document.root_object["/ViewerPreferences"]["/DisplayDocTitle"]


def test_every_font_is_embedded():
    document = document_of(demo_report())

    fonts = [font.get_object() for page in document.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font["/FontDescriptor"].get_object(), font["/BaseFont"]
        assert "/ToUnicode" in font


def test_the_logo_is_on_the_cover_instead_of_the_name_that_the_client_has_too():
    picture = BytesIO()
    Image.new("RGBA", (300, 80), (20, 60, 140, 128)).save(picture, "PNG")
    brand = replace(demo().brand, name="Cobralia", logo=picture.getvalue())
    dossier = replace(demo(), brand=brand)

    cover = document_of(report(dossier)).pages[0]

    assert cover.images[0].image.size == (300, 80)
    assert cover.extract_text().count("Cobralia") == 2
    assert report(dossier) == report(dossier)


def document_of(pdf):
    return pypdf.PdfReader(BytesIO(pdf))


def test_a_deliverable_in_another_language_keeps_it():
    spanish, english = demo("software", "es"), demo("software", "en")
    mixed = replace(spanish, deliverables=(spanish.deliverables[0], english.deliverables[1]))

    pages = pages_of(report(mixed))

    assert "Etapa 1 de 7" in pages[2]
    assert any("Stage 2 of 7" in page for page in pages)


def test_the_same_dossier_gives_the_same_bytes_also_from_many_threads_at_once():
    dossiers = [demo(profile, language) for profile in PROFILES for language in LANGUAGES]
    alone = [demo_report(profile, language) for profile in PROFILES for language in LANGUAGES]

    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(report, dossiers))

    assert together == alone


def test_sources_are_listed_and_only_addresses_of_the_web_are_links():
    sources = (
        Source(title="Barómetro", url="https://example.org/barometro?a=1&b=(2)"),
        Source(title="Guion", url="javascript:alert(1)"),
        Source(title="Fichero", url="file:///etc/passwd"),
        Source(title="Manual de la casa", url=""),
        Source(title="Roto", url="http://[::1"),
    )
    pdf = stage(changed(demo(), 4, sources=sources), 4)
    document = document_of(pdf)

    said = "".join(pages_of(pdf))
    assert all(source.title in said and source.url in said for source in sources)
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in document.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]
    assert links == ["https://example.org/barometro?a=1&b=(2)"]


def test_what_is_assumed_is_marked_and_explained():
    plan = re.sub(r"\s+", " ", "".join(pages_of(stage(demo(), 7))))

    assert "Webinars †" in plan and "LinkedIn †" not in plan
    assert "Lo marcado con † es un supuesto" in plan
    assert "†" not in "".join(pages_of(stage(demo(), 1)))


def test_versions_that_differ_are_told_as_a_range():
    assert "1–7" in pages_of(demo_report())[0]
    one = replace(demo(), deliverables=demo().deliverables[2:3])
    assert re.search(r"Versión\s+3", pages_of(report(one))[0])


@pytest.mark.parametrize("number", NUMBERS)
def test_a_stage_without_a_layout_of_its_own_is_laid_out_as_its_definition_says(number, monkeypatch):
    dossier = demo("consultancy", "en")
    made = dossier.deliverables[number - 1]
    monkeypatch.setattr("exports.pdf.chapters.LAYOUTS", {})

    said = bare("".join(pages_of(stage(dossier, number))))

    assert [text for text in written(made) if bare(text) not in said] == []
