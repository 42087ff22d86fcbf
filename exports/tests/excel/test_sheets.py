"""What stands on the sheets of each stage."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest

from exports.tests.excel.factories import deliverable, opened, stage, written
from exports.tests.excel.reading import head, records
from stages.definitions.catalogue import definition


def test_the_journey_has_its_fifteen_columns():
    sheet = opened(stage(2, language="en"))["Journey"]
    (table,) = sheet.tables.values()

    assert head(sheet, table)[:3] == ["Persona", "Phase", "Trigger"]
    assert len(head(sheet, table)) == 15
    assert [row["Phase"] for row in records(sheet, table)] == ["Awareness", "Consideration", "Decision", "Delight"]


def test_the_calendar_holds_days_as_days_and_offers_its_states():
    made = stage(6)
    sheet = opened(made)["Calendario"]
    (table,) = sheet.tables.values()
    rows = records(sheet, table)

    assert [row["Fecha"].date().isoformat() for row in rows] == [entry["date"] for entry in made.output["entries"]]
    assert all(isinstance(row["Semana"], int) for row in rows)
    assert sheet["B6"].number_format == "[$-C0A]ddd d mmm yyyy"
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    last = 5 + len(rows)
    assert lists[f"K6:K{last}"] == '"Planificado,En curso,En revisión,Publicado"'
    assert lists[f"G6:G{last}"] == '"Descubrimiento,Consideración,Decisión,Fidelización"'
    coloured = {str(formats.sqref): len(formats.rules) for formats in sheet.conditional_formatting}
    assert coloured[f"K6:K{last}"] == 4


def test_the_five_grades_have_their_colours_and_a_column_to_grade_with():
    made = stage(1, language="en")
    sheet = opened(made)["Scaling Up"]
    (table,) = sheet.tables.values()
    rows = made.output["scaling_up"]

    assert head(sheet, table) == [
        "Criterion",
        "Super green",
        "Green",
        "Yellow",
        "Red",
        "Not eligible",
        "Your customer",
    ]
    assert [row["Criterion"] for row in records(sheet, table)] == [row["criterion"] for row in rows]
    rules = {str(formats.sqref): formats.rules for formats in sheet.conditional_formatting}
    fills = [rules[f"{letter}6:{letter}{5 + len(rows)}"][0].dxf.fill.bgColor.rgb for letter in "BCDEF"]
    assert len(set(fills)) == 5
    assert [rule.dxf.fill.bgColor.rgb for rule in rules[f"G6:G{5 + len(rows)}"]] == fills


def test_money_and_percentages_are_numbers_in_the_currency_of_the_account():
    book = opened(stage(4, language="en"), values=True)
    sheet = book["Budget split"]

    assert [sheet[f"B{row}"].value for row in (6, 7)] == [0.36, 0.34]
    assert sheet["C6"].value == 1800 and sheet["C6"].number_format == '"€"#,##0.00'
    assert sheet["B6"].number_format == "0%"


@pytest.mark.parametrize(("number", "charts"), [(1, 0), (2, 0), (4, 2), (5, 1), (6, 1), (7, 3)])
def test_charts_stand_where_there_are_figures(number, charts):
    with zipfile.ZipFile(BytesIO(written(stage(number)))) as package:
        drawn = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]

    assert len(drawn) == charts
    for chart in drawn:
        # Every value is written, the bars begin at nought, and the axis is not hidden.
        assert '<c:showVal val="1"' in chart.replace("<showVal", "<c:showVal")
        assert 'min val="0"' in chart


def test_sources_and_origins_are_told_and_no_address_is_a_link():
    sheet = opened(stage(7))["Acerca de"]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}

    assert {"https://example.com/benchmarks", "Benchmarks 2026", "Calculado"} <= texts
    assert sheet._hyperlinks == []


def test_a_stage_without_a_layout_of_its_own_gets_a_sheet_a_section(monkeypatch):
    made = deliverable(3, stage(3).output)

    book = opened(made)

    assert book.sheetnames == [*(section.title.es for section in definition(3).sections), "Acerca de"]
    assert book["Oferta"]["B6"].value == made.output["offer"]["name"]


def test_days_that_excel_cannot_count_stay_texts():
    made = stage(6)
    entries = [{**made.output["entries"][0], "date": "1066-10-14"}, {**made.output["entries"][1], "date": None}]
    sheet = opened(replace(made, output={**made.output, "entries": entries}))["Calendario"]

    assert sheet["B6"].value == "1066-10-14"
    assert sheet["B7"].value is None


def test_the_day_is_that_of_the_client():
    made = replace(stage(1), made_at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC))

    assert opened(made, timezone="America/Bogota")["Acerca de"]["B9"].value == datetime(2026, 11, 22)
    assert opened(made)["Acerca de"]["B9"].value.date() == date(2026, 11, 23)
