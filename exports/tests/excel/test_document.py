"""Workbooks as Excel takes them: sheets, tables, types, formats, print and properties."""

import os
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from itertools import pairwise

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from exports.dossier import Brand
from exports.tests.excel.calculating import formula_cells
from exports.tests.excel.factories import BRAND, WITH_WORKBOOK, opened, stage, written
from exports.tests.excel.reading import head, tables

LANGUAGES = ("es", "en")
SHEETS = {
    (1, "es"): ["Persona", "Scaling Up", "Acerca de"],
    (1, "en"): ["Persona", "Scaling Up", "About"],
    (2, "es"): ["Recorrido", "CRM", "Narrativa", "Acerca de"],
    (2, "en"): ["Journey", "CRM", "Narrative", "About"],
    (4, "es"): ["Canales", "Reparto del presupuesto", "Hoja de ruta", "Condiciones", "Acerca de"],
    (4, "en"): ["Channels", "Budget split", "Roadmap", "Constraints", "About"],
    (5, "es"): ["Pilares", "Grupos", "Palabras clave", "Lista de comprobación", "Acerca de"],
    (5, "en"): ["Pillars", "Clusters", "Keywords", "Checklist", "About"],
    (6, "es"): ["Calendario", "Briefs", "Resumen", "Cadencia", "Acerca de"],
    (6, "en"): ["Calendar", "Briefs", "Summary", "Cadence", "About"],
    (7, "es"): ["Plan de medios", "Previsión", "Supuestos", "Cálculo", "Alertas", "Acerca de"],
    (7, "en"): ["Media plan", "Forecast", "Assumptions", "Calculation", "Alerts", "About"],
}
each_workbook = pytest.mark.parametrize(("number", "language"), list(SHEETS))


def test_every_stage_with_a_workbook_is_looked_at():
    assert {number for number, _ in SHEETS} == set(WITH_WORKBOOK)


@each_workbook
def test_sheets_are_named_in_the_language_of_the_deliverable(number, language):
    assert opened(stage(number, language=language)).sheetnames == SHEETS[number, language]


@each_workbook
def test_tables_are_such_as_excel_opens_without_repair(number, language):
    book = opened(stage(number, language=language))
    found = tables(book)

    assert found
    names = [table.displayName.casefold() for _, table in found]
    assert len(names) == len(set(names)) == len({table.id for _, table in found})
    for sheet, table in found:
        titles = head(sheet, table)
        assert [column.name for column in table.tableColumns] == titles
        assert len({title.casefold() for title in titles}) == len(titles)
        assert all(cell.data_type == "s" for cell in sheet[table.ref][0])
        _, first, _, last = range_boundaries(table.ref)
        assert last > first
        assert table.autoFilter.ref == table.ref and not sheet.auto_filter.ref
    for sheet in book:
        spans = sorted(range_boundaries(table.ref)[1::2] for table in sheet.tables.values())
        assert all(above[1] < below[0] for above, below in pairwise(spans))


@each_workbook
def test_heads_stay_in_sight_on_screen_and_on_paper(number, language):
    book = opened(stage(number, language=language))

    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    first = book.worksheets[0 if number != 1 else 1]
    top = range_boundaries(next(iter(first.tables.values())).ref)[1]
    assert first.freeze_panes[1:] == str(top + 1)
    assert first.print_title_rows == f"${top}:${top}"


@each_workbook
def test_the_same_deliverable_makes_the_same_bytes(number, language):
    made = stage(number, language=language)

    assert written(made) == written(made)


def test_another_process_makes_the_same_bytes():
    program = (
        "import django; django.setup()\n"
        "from hashlib import sha256\n"
        "from exports.tests.excel.factories import stage, written\n"
        "print(*(sha256(written(stage(number))).hexdigest() for number in (2, 7)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "DJANGO_SETTINGS_MODULE": "booms.settings.test"}

    found = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)

    assert found.stdout.split() == [sha256(written(stage(number))).hexdigest() for number in (2, 7)]


def test_nothing_in_the_file_comes_from_the_clock():
    made = replace(stage(7), made_at=datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2))))
    content = written(made)

    with zipfile.ZipFile(BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None
    properties = load_workbook(BytesIO(content)).properties
    assert properties.created == properties.modified == datetime(2026, 2, 28, 23, 30)


def test_properties_say_what_the_file_is():
    properties = opened(stage(7), client_name="Peña & Söhne / «Açaí»").properties

    assert properties.title == "Peña & Söhne / «Açaí» · Plan de medios"
    assert properties.creator == "Agencia Faro"
    assert properties.language == "es-ES"


def test_a_client_called_by_the_commands_of_a_footer_is_called_so():
    sheet = opened(stage(1), client_name="R&D &P &[File]").worksheets[0]

    assert sheet.oddFooter.left.text.strip() == "R&&D &&P && [File]"
    assert sheet["A2"].value.startswith("R&D &P &[File] · Etapa 1: Buyer persona · versión 2 · 23 de noviembre de 2026")


def test_every_formula_has_its_value_beside_it_and_is_calculated_when_opened():
    content = written(stage(7))
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        workbook = package.read("xl/workbook.xml").decode()

    assert 'fullCalcOnLoad="1"' in workbook
    assert sum(sheet.count("<f>") for sheet in sheets) == len(formula_cells(content))
    for sheet in sheets:
        for cell in sheet.split("<c ")[1:]:
            if "<f>" in cell:
                assert "<v>" in cell or 't="str"' in cell, cell


def test_media_plan_is_formulas_and_its_assumptions_are_not():
    made = stage(7)
    count = Counter(sheet for sheet, _ in formula_cells(written(made)))
    lines = len(made.output["lines"])

    assert count["Plan de medios"] >= 15 * lines
    assert count["Previsión"] >= 3 * 10
    # What is spent and what is left are its only sums.
    assert count["Supuestos"] == 2


def test_a_logo_is_shown_and_colours_no_one_could_read_are_not_used():
    logo = BytesIO()
    from PIL import Image

    Image.new("RGB", (400, 100), "#123456").save(logo, "PNG")
    brand = Brand(name="Faro", primary="#fffde7", accent="#ffffff", logo=logo.getvalue())
    content = written(stage(4), brand=brand)

    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.read("xl/media/image1.png") == logo.getvalue()
        chart = package.read("xl/charts/chart1.xml").decode()
    sheet = load_workbook(BytesIO(content))["Canales"]
    assert sheet["A1"].fill.start_color.rgb.endswith("FFFDE7") and sheet["A1"].font.color.rgb.endswith("000000")
    assert "FFFDE7" not in chart


def test_a_chart_holds_what_it_draws_for_programs_that_do_not_look_it_up():
    made = stage(7)
    with zipfile.ZipFile(BytesIO(written(made))) as package:
        chart = etree.fromstring(package.read("xl/charts/chart1.xml"))
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}

    names = chart.xpath("//c:cat//c:pt/c:v/text()", namespaces=space)
    budgets = chart.xpath("//c:val//c:pt/c:v/text()", namespaces=space)
    assert names == [line["channel"] for line in made.output["lines"]]
    assert [float(budget) for budget in budgets] == [float(line["budget"]) for line in made.output["lines"]]


def test_brand_colours_are_the_theme_of_the_file():
    with zipfile.ZipFile(BytesIO(written(stage(1), brand=BRAND))) as package:
        theme = package.read("xl/theme/theme1.xml").decode()

    assert '<a:accent1><a:srgbClr val="1F3A5F"/>' in "".join(part.strip() for part in theme.splitlines())


@pytest.mark.parametrize("number", WITH_WORKBOOK)
def test_a_deliverable_with_empty_lists_still_opens(number):
    made = stage(number)
    empty = {key: [] if isinstance(value, list) else value for key, value in made.output.items()}

    book = opened(replace(made, output=empty))

    assert book.sheetnames
    for sheet, table in tables(book):
        _, first, _, last = range_boundaries(table.ref)
        assert last > first, sheet.title
