"""The spreadsheets calculate: a formula comes to what is stored beside it, and a changed input changes it."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from exports.tests.excel.calculating import calculated, changed, stored, unlike
from exports.tests.excel.factories import deliverable, interviewed, planned, stage, written
from stages.definitions.catalogue import definition


@pytest.mark.parametrize(
    ("number", "slug", "language"), [(4, "consultancy", "en"), (6, "fashion", "es"), (7, "fashion", "en")]
)
def test_what_is_stored_beside_a_formula_is_what_it_comes_to(number, slug, language, tmp_path):
    content = written(stage(number, slug, language))

    found = stored(content)

    assert len(found) > 20
    assert unlike(calculated(content, tmp_path), found) == {}


# Revenue of 1871.865 and 1871.875 lies half-way between two cents; thirds leave remainders that are shared out.
UNUSUAL = [
    {
        "budget": "1000",
        "cpm": "10",
        "ctr": "0.01",
        "conversion_rate": "0.05",
        "close_rate": "0.0250",
        "bucket": "proven",
    },
    {
        "budget": "100",
        "cpm": "8",
        "ctr": "0.02",
        "conversion_rate": "0.02",
        "close_rate": "0.25",
        "minimum_spend": "500",
    },
    {"budget": "33.33", "cpm": "0", "ctr": "0.01", "conversion_rate": "0.05", "close_rate": "0.1"},
    {"budget": "33.33", "cpm": None, "ctr": "0.01", "conversion_rate": "0.05", "close_rate": "0.1"},
    {"budget": "33.34", "cpm": "7", "ctr": "0", "conversion_rate": "0.05", "close_rate": "0.1"},
    {"budget": "0", "cpm": "7", "ctr": "0.01", "conversion_rate": "0.05", "close_rate": "0.1"},
    {"budget": "99999999.99", "cpm": "7.125", "ctr": "0.013", "conversion_rate": None, "close_rate": "0.1"},
]


def test_halves_unknown_figures_and_noughts_come_out_as_the_product_has_them(tmp_path):
    content = written(planned(UNUSUAL, price="1497.492", contingency="10.50"))

    assert unlike(calculated(content, tmp_path), stored(content)) == {}


def test_an_exact_half_goes_to_the_even_cent(tmp_path):
    half = {"budget": "1000", "cpm": "10", "ctr": "0.01", "conversion_rate": "0.05", "close_rate": "0.025"}
    plan = planned([half], price="1.0040")
    content = written(plan)

    assert plan.output["lines"][0]["sales"] == "1.250000"
    # 1.25 × 1.004 = 1.255, and five hundredths are odd.
    assert plan.output["lines"][0]["revenue"] == "1.26"
    assert calculated(content, tmp_path)["Plan de medios", "K9"] == 1.26
    lower = planned([half], price="1.0120")
    # 1.25 × 1.012 = 1.265, and six are even: Excel's own ROUND would make it 1.27.
    assert lower.output["lines"][0]["revenue"] == "1.26"
    assert calculated(written(lower), tmp_path)["Plan de medios", "K9"] == 1.26


def test_a_changed_cpm_changes_the_plan_as_the_product_would(tmp_path):
    before = stage(7)
    lines = [dict(line) for line in before.output["lines"]]
    lines[0]["cpm"], lines[1]["ctr"], lines[2]["budget"] = "21.5", "0.0123", "777.77"
    _, context = interviewed()
    output = definition(7).finish({**before.output, "lines": lines}, context)
    expected = written(deliverable(7, output))

    typed = changed(written(before), "Supuestos", D7=21.5, E8=0.0123, C9=777.77)

    found = calculated(typed, tmp_path)
    assert found != stored(written(before))
    assert unlike(found, stored(expected)) == {}
    assert found["Plan de medios", "K6"] == pytest.approx(float(output["totals"]["revenue"]))
    sheet = load_workbook(BytesIO(typed))["Supuestos"]
    left = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Por repartir")
    assert found["Supuestos", f"B{left}"] == float(Decimal(before.output["lines"][2]["budget"]) - Decimal("777.77"))


def test_a_changed_price_and_pace_change_the_forecast(tmp_path):
    before = stage(7, language="en")
    content = written(before)
    sheet = load_workbook(BytesIO(content))["Assumptions"]
    rows = {row[0].value: row[0].row for row in sheet.iter_rows() if row[0].value}
    price, first_month = f"B{rows['Sales price']}", f"D{rows['Month'] + 1}"

    found = calculated(changed(content, "Assumptions", **{price: 7200, first_month: 1}), tmp_path)

    months = before.output["months"]
    assert found["Forecast", "K6"] == pytest.approx(float(months[0]["revenue"]) * 2 / 0.6, abs=0.02)
    assert found["Forecast", "K7"] == pytest.approx(float(months[1]["revenue"]) * 2, abs=0.02)
    assert found["Forecast", "C6"] == float(months[0]["budget"])


def test_a_changed_grade_changes_score_place_and_tier(tmp_path):
    found = calculated(changed(written(stage(4)), "Canales", D12=10, E12=10, F12=1), tmp_path)

    assert found["Canales", "B12"] == 10.0
    assert [found["Canales", f"J{row}"] for row in range(6, 13)] == [2, 3, 4, 5, 6, 7, 1]
    assert [found["Canales", f"C{row}"] for row in range(6, 13)] == [
        "Principal",
        "Secundario",
        "Secundario",
        "Secundario",
        "Descartado",
        "Descartado",
        "Principal",
    ]


def test_amounts_of_a_changed_split_sum_to_the_budget(tmp_path):
    content = written(stage(4))
    thirds = {f"B{row}": 1 / 3 for row in (6, 7, 8)} | {f"B{row}": 0 for row in (9, 10)}

    found = calculated(changed(content, "Reparto del presupuesto", C13=100, **thirds), tmp_path)

    assert [found["Reparto del presupuesto", f"C{row}"] for row in range(6, 12)] == [33.34, 33.33, 33.33, 0, 0, 100]


def test_a_piece_that_is_published_is_counted(tmp_path):
    before = stage(6)
    found = calculated(changed(written(before), "Calendario", K6="Publicado"), tmp_path)
    book = load_workbook(BytesIO(written(before)))
    rows = {row[0].value: row[0].row for row in book["Resumen"].iter_rows(min_col=1, max_col=1) if row[0].value}

    assert found["Resumen", f"B{rows['Publicado']}"] == 1
    assert found["Resumen", f"B{rows['Planificado']}"] == len(before.output["entries"]) - 1


def test_a_deliverable_of_another_currency_keeps_its_own():
    made = stage(7)
    totals = {**made.output["totals"], "currency": "COP"}

    sheet = load_workbook(BytesIO(written(replace(made, output={**made.output, "totals": totals}))))["Plan de medios"]

    assert sheet["C9"].number_format == '#,##0.00\\ "COP"'
