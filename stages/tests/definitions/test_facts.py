"""A model may word a deliverable; the figures and choices in it stay the consultant's."""

import pytest

from stages.definitions.catalogue import CATALOGUE, definition
from stages.tests.definitions.factories import context, deliverable


def test_a_models_plan_with_other_figures_becomes_the_consultants_again():
    proposed = {
        **deliverable(7),
        "lines": [{**line, "cpm": "1", "ctr": "0.9", "channel": "TikTok"} for line in deliverable(7)["lines"]],
        "totals": {**deliverable(7)["totals"], "total": "1", "revenue": "1000000"},
    }
    restored = definition(7).restore(proposed, deliverable(7))
    assert definition(7).finish(restored, context(7)) == deliverable(7)


def test_rows_that_a_model_adds_go_and_those_it_drops_come_back_and_its_words_stay():
    first, second, *_ = deliverable(4)["channels"]
    proposed = {
        **deliverable(4),
        "channels": [
            {**second, "effort": 1, "rationale": "Mejor dicho"},
            {**first, "name": "Radio", "audience_fit": 10},
        ],
    }
    made = definition(4).finish(definition(4).restore(proposed, deliverable(4)), context(4))
    assert [row["name"] for row in made["channels"]] == [row["name"] for row in deliverable(4)["channels"]]
    assert made["channels"][1] == {**second, "rationale": "Mejor dicho"}


def test_wording_is_left_to_the_model():
    proposed = {**deliverable(1), "business": {**deliverable(1)["business"], "goal": "Otra frase", "ticket": "1 €"}}
    restored = definition(1).restore(proposed, deliverable(1))
    assert restored["business"] == {**deliverable(1)["business"], "goal": "Otra frase"}


@pytest.mark.parametrize("stage", CATALOGUE, ids=lambda stage: stage.slug)
def test_the_facts_of_a_stage_are_in_its_deliverable(stage):
    assert stage.restore(deliverable(stage.number), deliverable(stage.number)) == deliverable(stage.number)
