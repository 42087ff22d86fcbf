"""Each part of a deliverable says where it comes from."""

from agents.interview.state import InterviewState, Origin
from stages.definitions.catalogue import CATALOGUE
from stages.definitions.provenance import trace
from stages.tests.definitions.factories import stage


def traced(number, *, origins=None, changes=None, **options):
    played = stage(number)
    state = InterviewState(answers=played.answers, origins=origins or {})
    return trace(played.definition, {**played.deliverable, **(changes or {})}, state, played.context, **options)


def test_what_the_client_said_is_the_clients_and_what_was_confirmed_is_the_earlier_stages():
    assert traced(1)["persona.challenges.*"] == ["client"]
    assert traced(1)["business.ticket"] == ["client"]
    confirmed = traced(2, origins={"awareness_information": Origin.EARLIER_STAGE})
    assert confirmed["rows.*.information_sought"] == ["client", "earlier_stage"]
    assert traced(2)["rows.*.information_sought"] == ["client"]


def test_what_code_computes_is_computed():
    assert traced(1)["consultant.date"] == ["computed"]
    assert traced(1)["persona.narrative"] == ["computed"]
    assert traced(4)["channels.*.score"] == ["computed"]
    assert traced(7)["lines.*.roas"] == ["computed"]
    assert traced(6)["entries.*.date"] == ["computed"]


def test_common_practice_and_unsourced_benchmarks_are_assumptions():
    assert traced(2)["rows.*.kpis"] == ["assumption"]
    assert traced(7, origins={"benchmarks": Origin.ASSUMPTION})["lines.*.cpm"] == ["assumption"]


def test_a_rate_that_the_consultant_calls_an_assumption_is_one_and_a_sourced_one_is_the_clients():
    found = traced(7)
    for key in ("cpm", "ctr", "conversion_rate", "close_rate", "source"):
        assert found[f"lines.*.{key}"] == ["assumption", "client"]
    lines = stage(7).deliverable["lines"]
    sourced = [line for line in lines if not line["assumption"]]
    assert traced(7, changes={"lines": sourced})["lines.*.close_rate"] == ["client"]
    assumed = [line for line in lines if line["assumption"]]
    assert traced(7, changes={"lines": assumed})["lines.*.close_rate"] == ["assumption"]
    assert traced(7, changes={"lines": assumed})["lines.*.roas"] == ["computed"]


def test_what_is_taken_from_earlier_stages_says_so():
    assert traced(6)["entries.*.pillar"] == ["earlier_stage"]
    assert traced(7)["totals.price"] == ["earlier_stage"]


def test_a_web_source_is_a_web_source_and_a_models_own_words_are_an_assumption():
    found = traced(
        1,
        changes={"business": {"industry": "Dato de https://a.example/x", "offering": "Inventado por el modelo"}},
        sources=["https://a.example/x"],
        by_model=True,
    )
    assert found["business.industry"] == ["web_source"]
    assert found["business.offering"] == ["assumption"]


def test_every_filled_part_of_every_stage_has_an_origin():
    for played in CATALOGUE:
        found = traced(played.number)
        assert found
        assert all(set(origins) <= set(Origin) for origins in found.values())
