"""Pages that hold whatever a deliverable holds: long, many, hostile or missing; and charts whose least part is seen."""

import copy
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest

from exports.dossier import Brand
from exports.pdf.boxes import Grid, Place, Row, Space, Stack, height_of
from exports.pdf.charts import LEAST_LENGTH, figure, fraction, spread
from exports.pdf.geometry import BODY
from exports.pdf.look import shares_of
from exports.pdf.text import Text, Type
from exports.tests.pdf.factories import LANGUAGES, PROFILES, bare, changed, demo, demo_report, filled_with, pages_of
from exports.tests.pdf.factories import report as report_of
from exports.tests.pdf.factories import stage as stage_of

HOSTILE = (
    '<img src="file:///etc/passwd"/>',
    '<a href="http://evil.example/">press</a> <font size=99>',
    "<b>unclosed <para> & &amp; &#x41; ]]> <!--",
    "".join(map(chr, range(32))) + "after",
    "lone \ud800 and \udfff end",
    "مرحبا بالعالم 123 (abc) שלום",
    "👩‍👩‍👧 🎉 🇪🇸 e\u0301 Z͑ͫa̴l̷g̸o ‮RLO \U0010ffff",
    "नमस्ते ไทย 中文字符 한국어",
    "(\\) Tj ET Q endstream",
    "",
    " ",
    "\n\n\n",
)

# What an address, a picture, a file, a script or a form would be in a PDF.
EFFECTS = (
    b"/URI",
    b"/Subtype /Image",
    b"/Launch",
    b"/GoToR",
    b"/EmbeddedFile",
    b"/JavaScript",
    b"/AcroForm",
    b"/OpenAction",
)


def document(pdf):
    return pypdf.PdfReader(BytesIO(pdf))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_page_or_takes_effect(text):
    pdf = report_of(filled_with(text))

    assert pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF")
    assert not [effect for effect in EFFECTS if effect in pdf]


def test_a_tag_is_drawn_as_the_letters_it_is_made_of():
    said = bare("".join(pages_of(stage_of(filled_with(HOSTILE[0]), 3))))

    assert bare(HOSTILE[0]) in said
    assert "root:" not in said


def test_names_of_any_kind_fit_on_the_cover_and_in_the_heads():
    wild = " ".join(HOSTILE) + "Ñ" * 400
    brand = Brand(name=wild, primary="#ffffff", accent="#ffffff")
    dossier = replace(demo(), client_name=wild, agency=wild, website=wild, brand=brand)

    pages = pages_of(stage_of(dossier, 1))

    assert "<img" in pages[0]
    assert document(stage_of(dossier, 1)).metadata.author.startswith("<img")


@pytest.mark.parametrize("number", range(1, 8))
def test_texts_of_thirty_thousand_characters_flow_over_pages(number):
    words = " ".join(f"palabra{at}" for at in range(2_500))[:30_000]
    made = demo().deliverables[number - 1]
    left = iter((words, words))
    longest = max(_texts(made.output), key=len)
    output = _with_long(made.output, longest, left)

    said = bare("".join(pages_of(stage_of(changed(demo(), number, output=output), number))))

    assert all(word in said for word in words.split()[:-1])


def _texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def _with_long(value, longest, left):
    if isinstance(value, dict):
        return {key: _with_long(part, longest, left) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_long(part, longest, left) for part in value]
    return next(left, value) if value == longest else value


def test_a_deliverable_with_nothing_in_it_is_a_document_all_the_same():
    empty = replace(demo(), deliverables=tuple(replace(made, output={}, provenance={}) for made in demo().deliverables))

    assert len(pages_of(report_of(empty))) == 10


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
def test_no_page_is_empty_and_no_heading_stands_alone_at_its_foot(profile, language):
    titles = {"Tabla de graduación", "Grading table", "Calendario", "Calendar", "Palabras clave", "Keywords", "CRM"}
    for page in pages_of(demo_report(profile, language)):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        assert len(lines) > 4
        assert lines[-2] not in titles


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", PROFILES)
def test_the_offer_is_on_one_page(profile, language):
    dossier = demo(profile, language)
    pages = pages_of(stage_of(dossier, 3))
    offer, worth = dossier.deliverables[2].output["offer"], dossier.deliverables[2].output["value_equation"]

    said = bare(pages[1])
    for text in (offer["headline"], offer["guarantee"], offer["bonuses"][-1]["removes"], *worth.values()):
        assert bare(text) in said


def test_the_five_grades_are_told_in_words():
    page = next(page for page in pages_of(stage_of(demo("software", "en"), 1)) if "Grading table" in page)

    for word in ("Super green", "perfect", "ideal", "acceptable", "only as an exception", "Not eligible", "no sale"):
        assert word in page


def test_the_heads_of_a_calendar_and_its_week_are_repeated_where_it_goes_on():
    calendar = copy.deepcopy(demo().deliverables[5].output)
    calendar["entries"] = [dict(calendar["entries"][0], title=f"Texto {at}") for at in range(60)]

    pages = [page for page in pages_of(stage_of(changed(demo(), 6, output=calendar), 6)) if "Texto" in page]

    assert len(pages) > 3
    for page in pages:
        assert "Palabra clave" in page and "Semana" in page
    assert "Texto 59" in pages[-1]


def test_five_hundred_entries_and_forty_channels_are_all_there():
    calendar, plan = (copy.deepcopy(demo().deliverables[at].output) for at in (5, 6))
    calendar["entries"] = [dict(calendar["entries"][at % 52], title=f"Pieza {at}.") for at in range(500)]
    plan["lines"] = [dict(plan["lines"][at % 6], channel=f"Canal {at}.") for at in range(40)]

    published = "".join(pages_of(stage_of(changed(demo(), 6, output=calendar), 6)))
    planned = "".join(pages_of(stage_of(changed(demo(), 7, output=plan), 7)))

    assert all(f"Pieza {at}." in published for at in range(500))
    assert all(f"Canal {at}." in planned for at in range(40))


def test_the_least_part_of_a_whole_is_seen():
    widths = spread([Decimal("80"), Decimal("19.5"), Decimal("0.5"), Decimal(0)], 200, LEAST_LENGTH)

    assert sum(widths) == pytest.approx(200)
    assert widths[2] == LEAST_LENGTH and widths[3] == 0
    assert widths[0] > widths[1] > widths[2]
    assert spread([Decimal(1)] * 300, 200, LEAST_LENGTH) == pytest.approx([200 / 300] * 300)
    assert spread([Decimal(0)], 200, LEAST_LENGTH) == [0]


def test_the_least_share_of_a_budget_is_told_in_figures():
    output = copy.deepcopy(demo().deliverables[3].output)
    output["budget_split"][0]["percent"], output["budget_split"][-1]["percent"] = "44.5", "0.5"

    assert "0,5 %" in "".join(pages_of(stage_of(changed(demo(), 4, output=output), 4))).replace("\xa0", " ")


@pytest.mark.parametrize(("value", "number"), [("12.5", Decimal("12.5")), ("-3", 0), (None, 0), ("much", 0)])
def test_what_is_no_figure_is_drawn_as_nothing(value, number):
    assert figure(value) == number


@pytest.mark.parametrize(
    ("value", "whole", "share"), [("5", "10", 0.5), ("20", "10", 1), ("-1", "10", 0), ("1", "0", 0), (None, None, 0)]
)
def test_a_fraction_is_from_nought_to_one(value, whole, share):
    assert fraction(value, whole) == share


STYLE = Type(size=8, leading=10)


def paragraph(lines):
    return Text("\n".join(f"line {at}" for at in range(lines)), STYLE)


def test_a_heading_goes_with_what_follows_it():
    heading = Text("Title", STYLE)
    heading.leads = True
    stack = Stack([paragraph(5), heading, paragraph(20)])

    first, rest = stack.split(200, 65)

    assert height_of(first, 200) == 50
    assert height_of(rest, 200) == 210


def test_a_row_is_moved_whole_unless_it_is_too_high():
    places = [Place(width=100), Place(width=100)]
    assert Row([paragraph(10), paragraph(2)], places).split(200, 90) == []

    first, rest = Row([paragraph(90), paragraph(2)], places).split(200, 200)
    assert height_of(first, 200) == 200
    assert height_of(rest, 200) == 700


def test_heads_that_fill_a_page_are_not_repeated():
    places = [Place(width=200)]
    grid = Grid([Row([paragraph(60)], places)], [Row([paragraph(3)], places)])

    first, rest = grid.split(200, BODY)

    assert height_of(first, 200) <= BODY
    assert height_of(rest, 200) < 200


def test_a_space_takes_its_height_and_columns_their_least_width():
    assert height_of(Space(7), 100) == 7
    assert shares_of((1, 1), 100, (70, 10)) == [70, 30]
    assert shares_of((1, 3), 100) == [25, 75]
    assert sum(shares_of((1, 1), 100, (90, 90))) == 100
