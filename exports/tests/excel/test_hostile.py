"""Whatever a user or a model wrote stays text: in cells, heads, formats, validations and properties."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO

import pytest
from lxml import etree
from openpyxl import load_workbook

from exports.dossier import Source
from exports.excel.text import CUT, MAX_CELL
from exports.tests.excel.calculating import calculated, formula_cells, stored, unlike
from exports.tests.excel.factories import WITH_WORKBOOK, opened, stage, written
from stages.definitions.vocabulary import TERMS

FORMULAS = [
    '=HYPERLINK("http://evil.example","click")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "'=1+1",
    "=",
    "#N/A",
    "#REF!",
]
MARKUP = [
    "<img src='file:///etc/passwd'/>",
    "</t></is></c><c><f>1+1</f></c>",
    "]]><!--",
    "&amp; &lt; &unknown;",
    'A "quoted", comma; semicolon',
]
LETTERS = [
    "مرحبا بالعالم",
    "👩‍👩‍👧 🇪🇸 emoji",
    "日本語のテキスト",
    "a\u202eb\u200f",
    "bell\x07 null\x00 escape\x1b",
    "half \ud83d surrogate \udc00",
    "no character \ufffe \uffff",
    "Excel's _x0041_ and _x000D_",
    "Peña & Söhne / «Açaí»",
    "*?~",
]
LONG = ["palabra " * 3_750, "=" + "9" * 29_999, "x" * 40_000, "😀" * 20_000]
EVERYTHING = [*FORMULAS, *MARKUP, *LETTERS]


def is_free(text):
    """Whether a text of a deliverable is anybody's: no figure, no date and none of our own words."""
    if text in TERMS:
        return False
    for read in (Decimal, date.fromisoformat):
        try:
            read(text)
        except (InvalidOperation, ValueError):
            continue
        return False
    return True


def spoilt(value, texts):
    """The deliverable with every free text replaced, each by the next of `texts`."""
    if isinstance(value, dict):
        return {key: spoilt(part, texts) for key, part in value.items()}
    if isinstance(value, list):
        return [spoilt(part, texts) for part in value]
    return next(texts) if isinstance(value, str) and is_free(value) else value


def in_turn(texts):
    while True:
        yield from texts


def spoilt_stage(number, texts):
    made = stage(number)
    return replace(
        made,
        output=spoilt(made.output, in_turn(texts)),
        sources=tuple(Source(title=text, url=text) for text in texts[:5]),
    )


def shapes(content):
    """The formulas of a workbook, whatever rows they stand in."""
    return {re.sub(r"\d+", "0", text) for text in formula_cells(content).values()}


@pytest.mark.parametrize("number", WITH_WORKBOOK)
def test_no_text_becomes_a_formula_a_link_or_markup(number):
    honest, made = stage(number), spoilt_stage(number, EVERYTHING)
    content = written(made, client_name=EVERYTHING[0], agency="+1", website="=1+1", currency='";[Red]0')

    assert shapes(content) == shapes(written(honest))
    texts = {str(text) for text in EVERYTHING}
    assert not [
        text for text in formula_cells(content).values() if text in texts or "HYPERLINK" in text or "cmd" in text
    ]
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        assert not [name for name in package.namelist() if "external" in name.lower()]
        assert b"hyperlink" not in b"".join(package.read(name) for name in package.namelist() if "sheet" in name)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_kept_to_the_letter_and_stays_text_when_edited(text):
    made = stage(4)
    roadmap = [{**made.output["roadmap"][0], "action": text}]
    cell = opened(replace(made, output={**made.output, "roadmap": roadmap}))["Hoja de ruta"]["B6"]

    assert cell.value == text.replace("\r", "\n")
    assert cell.data_type == "s"
    assert cell.quotePrefix is (cell.value[0] in "=+-@\t\n'")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("bell\x07 null\x00 escape\x1b", "bell null escape"),
        ("half \ud83d surrogate \udc00", "half  surrogate "),
        ("no character \ufffe\uffff", "no character "),
        # As the file has it: Excel reads it back as it was written.
        ("_x0041_", "_x005F_x0041_"),
        *((text, text) for text in (*MARKUP, *LETTERS[:4], LETTERS[-2], "palabra " * 3_750, "=" + "9" * 29_999)),
    ],
)
def test_what_a_workbook_can_hold_survives_and_the_rest_goes(text, kept):
    made = stage(4)
    roadmap = [{**made.output["roadmap"][0], "action": text}]

    assert opened(replace(made, output={**made.output, "roadmap": roadmap}))["Hoja de ruta"]["B6"].value == kept


@pytest.mark.parametrize("text", LONG[2:])
def test_what_is_longer_than_a_cell_is_cut_with_a_mark(text):
    made = stage(4)
    roadmap = [{**made.output["roadmap"][0], "action": text}]

    value = opened(replace(made, output={**made.output, "roadmap": roadmap}))["Hoja de ruta"]["B6"].value

    assert len(value.encode("utf-16-le")) // 2 <= MAX_CELL
    assert value.endswith(CUT.es)
    assert len(value) > 16_000


def test_names_that_are_patterns_are_counted_as_names():
    made = stage(6)
    names = ["*", "?", "~", ">1", "=*", "Blog", "blog"]
    entries = [{**made.output["entries"][0], "pillar": name, "channel": name} for name in names]
    content = written(replace(made, output={**made.output, "entries": entries}))
    found = load_workbook(BytesIO(content), data_only=True)["Resumen"]

    assert [found[f"B{row}"].value for row in range(9, 16)] == [1] * 7


def test_names_that_a_cell_holds_alike_are_one():
    made = stage(6)
    names = ["Blog", "Blog\x07", "x" * 40_000, "x" * 41_000]
    entries = [{**made.output["entries"][0], "pillar": name} for name in names]
    content = written(replace(made, output={**made.output, "entries": entries}))
    found = load_workbook(BytesIO(content), data_only=True)["Resumen"]

    assert [found[f"B{row}"].value for row in (9, 10)] == [2, 2]


def test_channels_with_hostile_names_are_calculated_as_others(tmp_path):
    honest = stage(7)
    names = ["=1+1", "+1", "#N/A", '"&A1&"', "_x0041_", "*"]
    lines = [{**line, "channel": name} for line, name in zip(honest.output["lines"], names, strict=True)]
    content = written(replace(honest, output={**honest.output, "lines": lines}))

    found = calculated(content, tmp_path)

    assert unlike(found, stored(content)) == {}
    assert [found["Plan de medios", f"A{row}"] for row in range(9, 15)] == [*names[:4], "_x005F_x0041_", "*"]


def test_a_currency_is_letters_or_left_out_of_the_format():
    made = stage(4)
    strange = {**made.output["constraints"], "currency": '"0;[Red]@\\'}
    sheet = opened(replace(made, output={**made.output, "constraints": strange}))["Reparto del presupuesto"]

    assert sheet["C6"].number_format == '#,##0.00\\ "RED"'


def drawn(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return [name for name in package.namelist() if name.startswith("xl/charts/")]


def test_names_too_long_to_draw_are_listed_without_a_chart():
    made = stage(5)
    pillars = [{**pillar, "name": f"{at} " + "nombre " * 500} for at, pillar in enumerate(made.output["pillars"])]

    assert len(drawn(written(made))) == 1
    assert drawn(written(replace(made, output={**made.output, "pillars": pillars}))) == []


def test_hundreds_of_long_rows_are_written():
    made = stage(6)
    entries = made.output["entries"]
    many = [{**entries[at % len(entries)], "title": f"{at} " + "palabra " * 400} for at in range(500)]
    content = written(replace(made, output={**made.output, "entries": many}))

    sheet = load_workbook(BytesIO(content))["Calendario"]

    assert next(iter(sheet.tables.values())).ref == "A5:K505"
    assert sheet["C505"].value == f"499 {'palabra ' * 400}"
    # The tallest row that there is, and so for good; a lower one follows its text.
    assert sheet.row_dimensions[505].height == 409
    assert len(content) < 1_000_000
