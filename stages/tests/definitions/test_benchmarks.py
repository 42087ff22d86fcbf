"""Default figures by channel: offered, and marked as assumptions wherever they appear."""

from decimal import Decimal

import pytest

from agents.interview.answers import offer_for, question_of
from agents.interview.state import Origin
from stages.definitions.benchmarks import RATES, is_assumption, is_priced, ranges
from stages.definitions.catalogue import definition
from stages.tests.definitions.factories import context, deliverable, redraft

CHANNELS = [row["name"] for row in deliverable(4)["channels"] if row["tier"] != "avoid"]


def test_default_figures_are_offered_as_assumptions_and_marked_so_to_the_end():
    known = context(7)
    asked = question_of(definition(7), "benchmarks")
    offered = offer_for(asked, {"experiment": []}, known)
    assert offered.origin is Origin.ASSUMPTION
    assert [row["channel"] for row in offered.value] == CHANNELS
    made = redraft(7, benchmarks=offered.value, experiment=[])
    assert all(line["assumption"] and line["source"].startswith("supuesto (CPM ") for line in made["lines"])


def test_no_default_cost_is_offered_in_a_currency_it_makes_no_sense_in():
    stage4 = {**deliverable(4), "constraints": {**deliverable(4)["constraints"], "currency": "COP"}}
    known = context(7, channels=stage4)
    assert offer_for(question_of(definition(7), "benchmarks"), {}, known) is None
    assert is_priced("EUR")
    assert not is_priced("COP")


@pytest.mark.parametrize(
    "name", ["LinkedIn Ads", "Búsqueda en Google", "Trade fairs", "WhatsApp", "Circo ambulante", "X"]
)
def test_every_channel_has_ranges_in_order(name):
    for figure in ranges(name).values():
        assert Decimal(figure.low) <= Decimal(figure.typical) <= Decimal(figure.high)
    assert set(ranges(name)) == {"cpm", *RATES}


@pytest.mark.parametrize(
    ("source", "assumed"), [("", True), ("Supuesto", True), ("an estimate", True), ("https://a.example", False)]
)
def test_a_figure_without_a_source_is_an_assumption(source, assumed):
    assert is_assumption(source) is assumed
