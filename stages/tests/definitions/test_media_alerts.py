"""What the plan warns of, as the client reads it."""

from decimal import Decimal

import pytest

from agents.interview.rendering import render_decimal, render_money
from stages.definitions.media_alerts import alerts
from stages.definitions.media_schema import Line, Totals
from stages.definitions.rounding import to_cent
from stages.definitions.texts import listed
from stages.tests.definitions.factories import deliverable, faults, redraft, stage


def said(made, kind):
    return [alert["message"] for alert in made["alerts"] if alert["kind"] == kind]


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_client_who_adds_up_the_months_is_told_why_they_differ_from_the_totals(language):
    made = deliverable(7, language)
    (told,) = said(made, "ramp_up")
    months = sum(Decimal(month["revenue"]) for month in made["months"])
    assert months < Decimal(made["totals"]["revenue"])
    assert render_money(months, "EUR", language) in told
    assert render_money(Decimal(made["totals"]["revenue"]), "EUR", language) in told
    sales = sum(Decimal(month["sales"]) for month in made["months"])
    assert f" {render_decimal(to_cent(sales), language)} " in told
    assert {"es": "60, 85 y 100 %", "en": "60, 85 and 100%"}[language] in told


def test_alerts_tell_of_minimums_missed_and_sales_not_reached():
    made = redraft(7, total={"amount": "300.00", "currency": "EUR"})
    assert {alert["kind"] for alert in made["alerts"]} == {
        "ramp_up",
        "minimum_missed",
        "no_sale_reached",
        "assumption",
    }


@pytest.mark.parametrize(
    ("sales", "written"),
    [("0.649728", "0,64"), ("0.999999", "0,99"), ("0.5", "0,50"), ("0.004", "menos de 0,01"), ("0", "0,00")],
)
def test_sales_not_reached_are_written_to_two_places_and_never_rounded_up_to_one(sales, written):
    line = Line(channel="Ferias", bucket="proven", budget="10", sales=sales, source="dato propio")
    (alert,) = [one for one in alerts([line], Totals(), [], "es") if one.kind == "no_sale_reached"]
    assert f"(previsión: {written})" in alert.message


def test_channels_in_an_alert_are_listed_as_people_list_them():
    (told,) = said(deliverable(7), "assumption")
    assert "Ferias y YouTube son supuestos" in told
    assert ";" not in told


@pytest.mark.parametrize(
    ("items", "es", "en"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a y b", "a and b"),
        (["a", "b", "c"], "a, b y c", "a, b and c"),
        (["Pinterest", "Instagram"], "Pinterest e Instagram", "Pinterest and Instagram"),
        (["agua", "hierro"], "agua y hierro", "agua and hierro"),
    ],
)
def test_several_names_in_a_sentence(items, es, en):
    assert (listed(items, "es"), listed(items, "en")) == (es, en)


def test_a_return_too_good_to_be_true_is_an_alert():
    rows = [row | {"cpm": "8", "ctr": "10", "conversion_rate": "30"} for row in stage(7).answers["benchmarks"]]
    plan = redraft(7, benchmarks=rows)
    warned = {alert["channel"] for alert in plan["alerts"] if alert["kind"] == "implausible"}
    assert warned == {line["channel"] for line in plan["lines"]}
    assert not [alert for alert in stage(7).deliverable["alerts"] if alert["kind"] == "implausible"]


def test_spending_before_anything_is_published_is_a_warning():
    assert "lines.*.start" in faults(7, redraft(7, start="2026-11-22"))
    assert "lines.*.start" not in faults(7, stage(7).deliverable)
