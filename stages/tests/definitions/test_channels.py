"""Stage 4: scores, tiers, split and what the gate says of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.interview.answers import offer_for, question_of, read_answer
from agents.interview.state import Parsed
from stages.definitions.catalogue import definition
from stages.definitions.scoring import propose_split, ranked, score
from stages.tests.definitions.factories import context, deliverable, faults, redraft, stage

GRADE = st.integers(1, 10)
ROWS = st.lists(
    st.fixed_dictionaries({"audience_fit": GRADE, "cost_efficiency": GRADE, "effort": GRADE}), min_size=1, max_size=40
).map(lambda rows: [{**row, "name": f"Channel {number}"} for number, row in enumerate(rows)])


def channel(name, fit, cost=5, effort=5):
    return {
        "name": name,
        "audience_fit": str(fit),
        "cost_efficiency": str(cost),
        "effort": str(effort),
        "days_to_result": "30",
        "rationale": "razón",
    }


@pytest.mark.parametrize(
    ("grades", "value"), [((10, 10, 1), "10.0"), ((1, 1, 10), "1.0"), ((9, 6, 5), "7.5"), ((7, 3, 8), "5.0")]
)
def test_the_score_is_the_weighted_sum(grades, value):
    assert str(score(*grades)) == value


@given(ROWS)
def test_every_set_of_channels_has_tiers_as_the_method_says(rows):
    found = ranked(rows)
    tiers = [row["tier"] for row in found]
    assert tiers[0] == "primary"
    assert tiers.count("primary") <= 2
    assert tiers.count("secondary") <= 3
    assert all(1 <= row["score"] <= 10 and row["score"] == round(row["score"], 1) for row in found)
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert all(row["score"] >= Decimal("6.0") for row in found[1:] if row["tier"] == "primary")
    assert all(row["score"] >= Decimal("4.5") for row in found if row["tier"] == "secondary")
    assert tiers == sorted(tiers, key=("primary", "secondary", "avoid").index)


def test_ties_go_to_the_higher_fit_and_then_the_name():
    rows = [
        {"name": "b", "audience_fit": 6, "cost_efficiency": 5, "effort": 5},
        {"name": "a", "audience_fit": 6, "cost_efficiency": 5, "effort": 5},
        {"name": "c", "audience_fit": 9, "cost_efficiency": 2, "effort": 8},
    ]
    assert [row["name"] for row in ranked(rows)] == ["c", "a", "b"]


def test_the_best_channel_is_primary_however_poor():
    assert [row["tier"] for row in ranked([{"name": "a", "audience_fit": 1, "cost_efficiency": 1, "effort": 10}])] == [
        "primary"
    ]


@given(ROWS)
def test_the_proposed_split_covers_the_chosen_channels_and_sums_to_a_hundred(rows):
    split = propose_split(rows)
    assert sum(share for _, share in split) == 100
    assert [name for name, _ in split] == [row["name"] for row in ranked(rows) if row["tier"] != "avoid"]


@given(ROWS, st.decimals(min_value="0.01", max_value=10**12, places=2))
def test_amounts_sum_to_the_budget_to_the_cent(rows, budget):
    channels = [{**row, "days_to_result": 1, "rationale": "r"} for row in rows]
    split = [{"channel": name, "percent": str(share)} for name, share in propose_split(rows)]
    made = definition(4).finish(
        {
            **deliverable(4),
            "channels": channels,
            "budget_split": split,
            "constraints": {**deliverable(4)["constraints"], "monthly_budget": str(budget)},
        },
        context(4),
    )
    assert sum(Decimal(part["amount"]) for part in made["budget_split"]) == budget
    assert faults(4, made) <= {"channels"}


def test_what_was_written_in_computed_fields_is_replaced():
    wrong = {
        **deliverable(4),
        "channels": [{**row, "score": "99", "tier": "avoid"} for row in reversed(deliverable(4)["channels"])],
        "budget_split": [{**part, "amount": "1"} for part in deliverable(4)["budget_split"]],
    }
    assert definition(4).finish(wrong, context(4)) == deliverable(4)


def test_forty_channels_end_in_five_at_most():
    rows = [channel(f"Canal {number}", 10 - number % 5) for number in range(40)]
    split = [{"channel": name, "percent": str(share)} for name, share in propose_split(rows)]
    made = redraft(4, channels=rows, budget_split=split)
    assert len(made["budget_split"]) == 5
    assert faults(4, made) == set()


def test_the_split_offered_follows_the_grades_given_in_the_same_stage():
    rows = [channel("Radio", 9), channel("Prensa", 2), channel("Cine", 1)]
    offered = offer_for(question_of(definition(4), "budget_split"), {"channels": rows}, context(4))
    assert offered.value == [{"channel": "Radio", "percent": "100"}]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("LinkedIn 50, Google Ads 50", "Falta una fila"),
        ("LinkedIn 36, Google Ads 34, Newsletter 11, Webinars 11, Ferias 9", "suman 101"),
        ("LinkedIn 36, Google Ads 34, Newsletter 11, Webinars 11, TikTok 8", "TikTok"),
    ],
)
def test_a_split_that_cannot_be_is_refused_when_it_is_given(answer, said):
    read = read_answer(question_of(definition(4), "budget_split"), answer, answers=stage(4).answers, context=context(4))
    assert not isinstance(read, Parsed)
    assert said in read.needs.es


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"channels": deliverable(4)["channels"][:2]}, "channels"),
        ({"channels": [*deliverable(4)["channels"], deliverable(4)["channels"][0]]}, "channels.1"),
        ({"budget_split": deliverable(4)["budget_split"][1:]}, "budget_split"),
        ({"budget_split": []}, "budget_split"),
        ({"roadmap": []}, "roadmap"),
        ({"constraints": {**deliverable(4)["constraints"], "monthly_budget": "0"}}, "constraints.monthly_budget"),
        ({"constraints": {**deliverable(4)["constraints"], "currency": "USD"}}, "constraints.currency"),
    ],
)
def test_each_check_names_what_is_wrong(change, field):
    made = definition(4).finish({**deliverable(4), **change}, context(4))
    assert field in faults(4, made)


def test_a_primary_channel_needs_the_journey_or_a_reason():
    first, *rest = deliverable(4)["channels"]
    without = [{**first, "name": "Radio", "rationale": ""}, *rest]
    split = [
        {**part, "channel": "Radio"} if part["channel"] == "LinkedIn" else part
        for part in deliverable(4)["budget_split"]
    ]
    made = definition(4).finish({**deliverable(4), "channels": without, "budget_split": split}, context(4))
    assert faults(4, made) == {"channels.0.rationale"}


@pytest.mark.parametrize(
    "grades", [{"audience_fit": 0}, {"effort": 11}, {"cost_efficiency": "mucho"}, {"score": "NaN"}]
)
def test_grades_outside_one_to_ten_do_not_validate(grades):
    broken = {**deliverable(4), "channels": [{**deliverable(4)["channels"][0], **grades}]}
    with pytest.raises(ValidationError):
        definition(4).finish(broken, context(4))
