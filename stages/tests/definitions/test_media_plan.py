"""Stage 7: the plan in money, recomputed from its own assumptions."""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.interview.answers import offer_for, question_of, read_answer
from agents.interview.state import Parsed
from stages.definitions.catalogue import definition
from stages.definitions.forecasting import MONTHS, Rates, allocate, forecast, month_budgets
from stages.definitions.scoring import ranked
from stages.tests.definitions.factories import context, deliverable, faults, redraft, stage

MONEY = st.decimals(min_value="0.01", max_value=10**12, places=2)
RATE = st.decimals(min_value=0, max_value=1, places=6)
COST = st.decimals(min_value=0, max_value=10**6, places=4)
CHANNELS = [row["name"] for row in deliverable(4)["channels"] if row["tier"] != "avoid"]
LINE = {
    "channel": "LinkedIn",
    "bucket": "proven",
    "cpm": "35",
    "ctr": "0.009",
    "conversion_rate": "0.05",
    "close_rate": "0.12",
}


def cents(value: Fraction) -> Decimal:
    """Half-even to the cent, from an exact fraction."""
    scaled = value * 100
    floor = scaled.numerator // scaled.denominator
    rest = scaled - floor
    up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and floor % 2 == 1)
    return (Decimal(floor + up) / 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def finish(lines, totals=None, known=None):
    made = {"lines": lines, **({"totals": totals} if totals else {})}
    return definition(7).finish(made, known or context(7))


def test_every_figure_of_a_line_follows_from_its_own_assumptions():
    price = Fraction(deliverable(3)["offer"]["price"])
    for line in deliverable(7)["lines"]:
        budget = Fraction(line["budget"])
        impressions = budget / Fraction(line["cpm"]) * 1000
        clicks = impressions * Fraction(line["ctr"])
        leads = clicks * Fraction(line["conversion_rate"])
        sales = leads * Fraction(line["close_rate"])
        counts = {"impressions": impressions, "clicks": clicks, "leads": leads, "sales": sales}
        assert all(abs(Fraction(line[key]) - exact) <= Fraction(1, 10**6) for key, exact in counts.items())
        money = {"cpl": budget / leads, "cac": budget / sales, "revenue": sales * price, "roas": sales * price / budget}
        assert {key: Decimal(line[key]) for key in money} == {key: cents(exact) for key, exact in money.items()}


def test_the_months_spend_and_convert_as_the_method_says():
    lines, price = deliverable(7)["lines"], Fraction(deliverable(3)["offer"]["price"])
    months = deliverable(7)["months"]
    assert [(month["month"], month["spending"], month["conversion"]) for month in months] == [
        (1, "20", "60"),
        (2, "35", "85"),
        (3, "45", "100"),
    ]
    for month in months:
        exact = sum(
            Fraction(line["budget"]) * Fraction(month["spending"]) / 100 / Fraction(line["cpm"]) * 1000
            * Fraction(line["ctr"]) * Fraction(line["conversion_rate"]) * Fraction(month["conversion"]) / 100
            * Fraction(line["close_rate"]) * price
            for line in lines
        )  # fmt: skip
        assert Decimal(month["revenue"]) == cents(exact)
    assert sum(Decimal(month["budget"]) for month in months) == Decimal(deliverable(7)["totals"]["budget"])


def test_the_examples_are_split_seventy_twenty_ten():
    shares = {"proven": Decimal(0), "supporting": Decimal(0), "experimental": Decimal(0)}
    for line in deliverable(7)["lines"]:
        shares[line["bucket"]] += Decimal(line["share"])
    assert shares == {"proven": 70, "supporting": 20, "experimental": 10}
    assert {alert["kind"] for alert in deliverable(7)["alerts"]} == {"ramp_up", "assumption"}
    totals = deliverable(7)["totals"]
    assert (totals["total"], totals["contingency"], totals["budget"]) == ("12000.00", "600.00", "11400.00")


@given(MONEY, st.lists(st.tuples(COST, RATE, RATE, RATE), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_totals_are_the_sums_of_the_lines_whatever_the_figures(budget, figures):
    lines = [
        {
            **LINE,
            "channel": f"Experimento {n}",
            "bucket": "experimental",
            "reason": "prueba",
            "budget": str(budget),
            "cpm": str(cpm),
            "ctr": str(ctr),
            "conversion_rate": str(conversion),
            "close_rate": str(close),
        }
        for n, (cpm, ctr, conversion, close) in enumerate(figures)
    ]
    made = finish(lines)
    for key in ("budget", "impressions", "clicks", "leads", "sales", "revenue"):
        known = [Decimal(line[key]) for line in made["lines"] if line[key] is not None]
        assert (made["totals"][key] is None and not known) or Decimal(made["totals"][key]) == sum(known)
    assert sum(Decimal(line["share"]) for line in made["lines"]) == 100
    assert sum(Decimal(month["budget"]) for month in made["months"]) == Decimal(made["totals"]["budget"])
    assert faults(7, made) <= {"lines.*.bucket"}


@given(MONEY, COST, RATE, RATE, RATE, MONEY)
@settings(max_examples=60, deadline=None)
def test_a_division_by_nought_leaves_an_empty_cell(budget, cpm, ctr, conversion, close, price):
    result = forecast(budget, Rates(cpm=cpm, ctr=ctr, conversion_rate=conversion, close_rate=close), price).shown()
    assert (result["impressions"] is None) == (cpm == 0)
    if cpm == 0 or ctr == 0 or conversion == 0:
        assert result["cpl"] is None
    if None not in (result["cpl"], result["cac"]):
        assert Decimal(result["cac"]) >= Decimal(result["cpl"]) - Decimal("0.01")


@given(MONEY)
def test_the_months_of_a_line_sum_to_its_budget(budget):
    assert sum(month_budgets(budget)) == budget
    assert len(MONTHS) == 3


@given(MONEY, st.dictionaries(st.sampled_from(("proven", "supporting", "experimental")), st.lists(COST, max_size=8)))
def test_what_is_allocated_sums_to_what_is_spent(spend, weights):
    parts = allocate(spend, weights)
    assert set(parts) == {bucket for bucket, found in weights.items() if found}
    assert sum(sum(found) for found in parts.values()) == (spend if parts else 0)


@pytest.mark.parametrize("total", ["0.01", "0.07", "100", "999999999999.99"])
def test_tiny_and_huge_budgets_make_a_plan_that_passes(total):
    made = redraft(7, total={"amount": total, "currency": "EUR"})
    assert faults(7, made) == set()
    spent = sum(Decimal(line["budget"]) for line in made["lines"])
    assert spent + Decimal(made["totals"]["contingency"]) == Decimal(total)


def test_one_channel_alone_takes_it_all_and_the_plan_says_why():
    only = ranked(
        [{"name": "Radio", "audience_fit": 9, "cost_efficiency": 5, "effort": 5, "days_to_result": 1, "rationale": "r"}]
    )
    stage4 = definition(4).finish(
        {
            **deliverable(4),
            "channels": [{**only[0], "score": None, "tier": None}],
            "budget_split": [{"channel": "Radio", "percent": "100"}],
        },
        context(4),
    )
    known = context(7, channels=stage4)
    benchmarks = [
        {"channel": "Radio", "cpm": "10", "ctr": "1", "conversion_rate": "2", "close_rate": "10", "source": None}
    ]
    made = redraft(7, known, experiment=[], benchmarks=benchmarks, minimum_spend=[])
    assert [line["share"] for line in made["lines"]] == ["100.00"]
    assert faults(7, made, known) == set()
    assert [alert["kind"] for alert in made["alerts"]].count("bucket_off_target") == 3


def test_forty_channels_in_stage_four_leave_five_and_the_experiment():
    rows = [
        {
            "name": f"Canal {n}",
            "audience_fit": 9,
            "cost_efficiency": 5,
            "effort": 5,
            "days_to_result": 1,
            "rationale": "r",
        }
        for n in range(40)
    ]
    split = [{"channel": f"Canal {n}", "percent": "20"} for n in (0, 1, 10, 11, 12)]
    stage4 = definition(4).finish({**deliverable(4), "channels": rows, "budget_split": split}, context(4))
    known = context(7, channels=stage4)
    offered = offer_for(
        question_of(definition(7), "benchmarks"), {"experiment": [{"channel": "Cine", "reason": "r"}]}, known
    )
    made = redraft(
        7, known, experiment=[{"channel": "Cine", "reason": "r"}], benchmarks=offered.value, minimum_spend=[]
    )
    assert len(made["lines"]) == 6
    assert faults(7, made, known) == set()


def test_an_experiment_from_the_list_leaves_its_tier():
    made = redraft(7, experiment=[{"channel": "webinars", "reason": None}])
    buckets = {line["channel"]: line["bucket"] for line in made["lines"]}
    assert buckets["Webinars"] == "experimental"
    assert "YouTube" not in buckets
    assert faults(7, made) == set()


def test_a_new_experiment_needs_its_reason():
    asked = question_of(definition(7), "experiment")
    assert isinstance(read_answer(asked, "TikTok", answers={}, context=context(7)), Parsed)
    refused = read_answer(asked, "Cine", answers={}, context=context(7))
    assert not isinstance(refused, Parsed)
    assert "razón" in refused.needs.es


def test_a_line_without_a_cost_is_told_and_leaves_empty_cells():
    made = finish([{**LINE, "budget": "100", "cpm": "0"}, {**LINE, "channel": "Google Ads", "budget": "100"}])
    assert made["lines"][0]["roas"] is None
    assert made["totals"]["impressions"] == made["lines"][1]["impressions"]
    assert "unpriced" in {alert["kind"] for alert in made["alerts"]}
    empty = finish([{**LINE, "budget": "100", "cpm": None}])
    assert empty["totals"]["revenue"] is None
    assert empty["months"][0]["roas"] is None


def test_what_was_written_in_computed_fields_is_replaced():
    wrong = [
        {**line, "share": "1", "roas": "9999", "bucket": "proven" if line["bucket"] == "supporting" else line["bucket"]}
        for line in deliverable(7)["lines"]
    ]
    made = finish(wrong, {**deliverable(7)["totals"], "revenue": "1", "price": "1"})
    assert made == deliverable(7)


@pytest.mark.parametrize(
    ("change", "totals", "field"),
    [
        ({"budget": "5000.00"}, {}, "lines.*.budget"),
        ({"channel": "TikTok"}, {}, "lines.0.channel"),
        ({"channel": "Cine"}, {}, "lines.0.channel"),
        ({"channel": "Google Ads"}, {}, "lines.1.channel"),
        ({"channel": "Cine", "bucket": "experimental"}, {}, "lines.0.reason"),
        ({"bucket": "experimental"}, {}, "lines.*.bucket"),
        ({}, {"currency": "USD"}, "totals.currency"),
        ({}, {"total": "1.00"}, "lines.*.budget"),
    ],
)
def test_each_check_names_what_is_wrong(change, totals, field):
    first, *rest = deliverable(7)["lines"]
    made = finish([{**first, **change}, *rest], {**deliverable(7)["totals"], **totals})
    assert field in faults(7, made)


def test_a_plan_that_spends_nothing_is_refused():
    assert "lines.*.share" in faults(7, finish([{**LINE, "budget": "0"}]))
    assert faults(7, finish([])) >= {"lines.*.share"}


@pytest.mark.parametrize(
    "wrong", [{"ctr": "3.1"}, {"budget": "-1"}, {"cpm": "1e400"}, {"close_rate": "NaN"}, {"budget": "caro"}]
)
def test_rates_over_one_and_impossible_amounts_do_not_validate(wrong):
    with pytest.raises(ValidationError):
        finish([{**LINE, "budget": "100", **wrong}])


def test_the_total_is_refused_in_another_currency_than_the_price():
    refused = read_answer(question_of(definition(7), "total"), "12.000 USD", answers={}, context=context(7))
    assert not isinstance(refused, Parsed)
    assert "EUR" in refused.needs.es


def test_the_answers_of_the_stage_are_those_of_the_definition():
    assert set(stage(7).answers) == {question.key for question in definition(7).questions}
