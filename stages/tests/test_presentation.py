"""Deliverables written for people: figures, dates, terms, tables on their side, and marks."""

import pytest

from agents.interview.state import Origin
from stages.definitions.catalogue import CATALOGUE, definition
from stages.definitions.layout import Form, Format
from stages.presentation import place, present, write
from stages.tests.definitions.factories import played

STAGES = [stage.number for stage in CATALOGUE]


@pytest.mark.parametrize(
    ("value", "form", "language", "text"),
    [
        ("6000.00", Format.MONEY, "es", "6.000 €"),
        ("4987.50", Format.MONEY, "en", "€4,987.50"),
        ("0.009", Format.RATE, "es", "0,9\N{NO-BREAK SPACE}%"),
        ("0.05", Format.RATE, "en", "5%"),
        ("1", Format.RATE, "en", "100%"),
        ("7.33", Format.PERCENT, "es", "7,33\N{NO-BREAK SPACE}%"),
        ("36.00", Format.PERCENT, "en", "36.00%"),
        ("7.0", Format.NUMBER, "es", "7,0"),
        (12, Format.NUMBER, "es", "12"),
        ("117257.142857", Format.NUMBER, "es", "117.257"),
        ("422.222222", Format.NUMBER, "en", "422"),
        ("2.508000", Format.NUMBER, "en", "2.51"),
        ("0", Format.NUMBER, "en", "0"),
        ("2026-11-23", Format.DATE, "es", "lun 23 nov 2026"),
        ("2027-02-20", Format.DATE, "en", "Sat 20 Feb 2027"),
        ("primary", Format.TERM, "es", "Principal"),
        (["saturday", "sunday"], Format.ITEMS, "en", "Saturday; Sunday"),
        ("A plant", Format.TEXT, "es", "A plant"),
    ],
)
def test_a_value_is_written_as_its_format_wants_it(value, form, language, text):
    assert str(write(value, form, language=language, currency="EUR")) == text


@pytest.mark.parametrize("value", [None, "", []])
@pytest.mark.parametrize("form", list(Format))
def test_what_is_missing_is_a_dash(value, form):
    assert write(value, form, language="es").text == "–"


@pytest.mark.parametrize("form", [Format.MONEY, Format.RATE, Format.NUMBER, Format.DATE, Format.TERM])
def test_what_is_not_of_its_format_is_shown_as_it_is(form):
    assert write("about ten", form, language="en").text == "about ten"


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("number", STAGES)
def test_every_section_of_every_deliverable_is_written_whole(number, language):
    stage = played(language)[number - 1]

    blocks = present(stage.definition, stage.deliverable, language=language)

    assert [block.key for block in blocks] == [section.key for section in stage.definition.sections]
    assert [block.title for block in blocks if block.is_empty] == []
    for block in blocks:
        assert all(len(row) == len(block.headings) for row in block.rows), block.key
        assert not any(mark in str(value) for row in block.rows for value in row for mark in "{}"), block.key


def blocks_of(number, provenance=None, **changes):
    stage = played("en")[number - 1]
    output = {**stage.deliverable, **changes}
    found = present(stage.definition, output, language="en", provenance=provenance)
    return {block.key: block for block in found}


def test_a_wide_table_of_few_rows_lies_on_its_side_under_what_tells_the_rows_apart():
    journey = blocks_of(2)["journey"]

    assert journey.on_its_side
    head, *lines = journey.lines
    assert head[0].title == "Phase"
    assert [str(value) for value in head[1]] == ["Awareness", "Consideration", "Decision", "Delight"]
    assert len(lines) == len(journey.headings) - 1
    assert not blocks_of(6)["entries"].on_its_side


def test_money_is_in_the_currency_of_the_deliverable():
    offer = {**played("en")[2].deliverable["offer"], "currency": "COP", "price": "4000.00"}

    fields = {heading.title: str(value) for heading, value in blocks_of(3, offer=offer)["offer"].fields}

    assert fields["Price"] == "4,000 COP"


def test_what_comes_all_from_one_place_says_so_once():
    marked = blocks_of(3, {f"value_equation.{label.key}": ["client"] for label in definition(3).sections[2].labels})

    assert marked["value_equation"].origins == (Origin.CLIENT,)
    assert all(heading.origins == () for heading in marked["value_equation"].headings)
    mixed = blocks_of(4, {"channels.*.name": ["client"], "channels.*.score": ["computed", "assumption"]})["channels"]
    assert mixed.origins == ()
    assert [heading.origins for heading in mixed.headings[:2]] == [
        (Origin.CLIENT,),
        (Origin.ASSUMPTION, Origin.COMPUTED),
    ]


def test_the_items_of_a_field_and_prose_have_marks_too():
    blocks = blocks_of(1, {"persona.goals.*": ["earlier_stage"], "persona.narrative": ["assumption"]})

    goals = next(heading for heading in blocks["persona"].headings if heading.title == "Goals")
    assert (goals.origins or blocks["persona"].origins) == (Origin.EARLIER_STAGE,)
    assert blocks["narrative"].form is Form.PROSE
    assert blocks["narrative"].origins == (Origin.ASSUMPTION,)


def test_rows_whose_figures_have_no_source_are_marked():
    plan = played("en")[6].deliverable
    for key in ("lines", "assumptions"):
        rows = blocks_of(7)[key].rows
        assert [row[0].is_assumed for row in rows] == [line["assumption"] for line in plan["lines"]]
        assert not any(value.is_assumed for row in rows for value in row[1:])


@pytest.mark.parametrize(
    ("number", "field", "words"),
    [
        (3, "offer.price", "Offer · Price"),
        (3, "offer.bonuses.1.removes", "Bonuses · What it removes"),
        (1, "persona.narrative", "Narrative"),
        (1, "persona.goals", "Buyer persona · Goals"),
        (2, "rows.0.trigger", "Journey · Trigger"),
        (7, "totals", "Totals"),
        (7, "", ""),
        (7, "somewhere.else", "somewhere.else"),
    ],
)
def test_a_path_is_named_as_the_layout_names_it(number, field, words):
    assert place(definition(number), field, "en") == words
