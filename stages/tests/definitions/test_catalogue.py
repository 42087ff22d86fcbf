"""The seven definitions as a whole: well formed, and good from the first question to the last deliverable."""

from dataclasses import replace
from pathlib import Path

import pytest

import agents
from agents.interview.answers import example_for, question_of
from agents.interview.progress import progress
from agents.interview.state import Bilingual, Column, InterviewContext, QuestionKind
from agents.interview.verdict import Decision
from agents.offline.interviewer import after_gate, opening, take_turn
from agents.providers.schema import wire_schema
from stages.definitions.catalogue import CATALOGUE, TOTAL_STAGES, definition
from stages.definitions.gate import judge
from stages.definitions.validation import problems
from stages.tests.definitions.factories import TODAY, TOOLS, deliverable, played

PROMPTS = {path.stem for path in (Path(agents.__file__).parent / "prompts").glob("*.md")}
SLUGS = [
    "buyer_persona",
    "buyers_journey",
    "offer",
    "channels",
    "content_pillars",
    "editorial_calendar",
    "media_plan",
]


def found(*stages):
    return {problem.code for problem in problems(stages, prompts=PROMPTS, tools=TOOLS)}


def test_the_catalogue_has_the_seven_stages_and_no_fault():
    assert [stage.slug for stage in CATALOGUE] == SLUGS
    assert TOTAL_STAGES == 7
    assert problems(CATALOGUE, prompts=PROMPTS, tools=TOOLS) == []


def test_an_unknown_stage_number_is_a_key_error():
    with pytest.raises(KeyError):
        definition(8)


def test_each_fault_of_a_definition_is_found():
    first, second = CATALOGUE[0], CATALOGUE[1]
    asked = first.questions
    assert found(second, first) >= {"E001"}
    assert "E001" in found(first, replace(second, slug=first.slug))
    assert found(replace(first, slug="nowhere")) == {"E002"}
    assert found(replace(first, tools=("crystal_ball",))) == {"E003"}
    assert found(replace(first, questions=(*asked, asked[0]))) == {"E004"}
    assert found(replace(first, questions=(*asked[:-1], replace(asked[-1], required=False)))) == {"E004"}
    assert found(replace(first, questions=(replace(asked[0], phase="limbo"), *asked[1:]))) == {"E004"}
    assert found(replace(first, questions=(replace(asked[0], only_if=("goal", "x")), *asked[1:]))) == {"E004"}
    twice = Bilingual("¿Qué? ¿Cómo?", "What?")
    assert found(replace(first, questions=(replace(asked[0], text=twice), *asked[1:]))) == {"E004"}
    assert found(replace(first, sections=(replace(first.sections[0], path="nothing"),))) == {"E005"}
    assert found(replace(first, traces={"persona.*": "nobody"})) == {"E006"}


def test_an_example_that_is_not_read_and_an_answer_that_nobody_asks_are_found():
    first = CATALOGUE[0]
    asked = first.questions
    unread = replace(asked[5], example=Bilingual("caro", "dear"))
    assert found(replace(first, questions=(*asked[:5], unread, *asked[6:]))) == {"E007"}
    assert found(replace(first, questions=asked[1:])) == {"E007"}


def test_an_example_whose_deliverable_does_not_pass_is_found():
    first = CATALOGUE[0]
    asked = first.questions
    thin = replace(asked[2], example=Bilingual("paradas", "stops"))
    assert found(replace(first, questions=(*asked[:2], thin, *asked[3:]))) == {"E008"}


def test_a_table_needs_columns_and_a_choice_needs_choices():
    first = CATALOGUE[0]
    asked = first.questions[0]
    for kind in (QuestionKind.TABLE, QuestionKind.CHOICE):
        changed = replace(first, questions=(replace(asked, kind=kind), *first.questions[1:]))
        assert found(changed) == {"E004"}
    assert Column(key="x", label=Bilingual("x", "x")).kind is QuestionKind.TEXT


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("static", [True, False], ids=["as written", "as the account sees them"])
def test_a_consultant_who_answers_with_the_examples_completes_all_seven_stages(language, static):
    earlier = {}
    for stage in CATALOGUE:
        here = InterviewContext(
            language=language, today=TODAY, company="Peña & Söhne", consultant="Ana", earlier=dict(earlier)
        )
        turn = opening(stage, here)
        reached = [progress(stage, turn.state)]
        while not turn.complete:
            assert turn.message.count("?") == 1
            asked = question_of(stage, turn.state.current_question)
            fitted = example_for(asked, answers=turn.state.answers, context=here, language=language)
            turn = take_turn(stage, here, turn.state, asked.example.of(language) if static else fitted)
            assert turn.answered == (asked.key,)
            reached.append(progress(stage, turn.state))
        made = stage.draft(turn.state.answers, here)
        judged = judge(stage, made, here)
        assert judged.decision is Decision.APPROVED, [issue.message.en for issue in judged.issues]
        assert after_gate(stage, here, turn.state, judged).complete
        assert reached == sorted(reached)
        assert reached[0] == 0
        assert reached[-1] == 100
        earlier[stage.slug] = made


def test_spanish_and_english_examples_tell_the_same_figures():
    for number, key in ((4, "budget_split"), (7, "totals"), (7, "months")):
        spanish, english = deliverable(number)[key], deliverable(number, "en")[key]
        figures = [
            [value for row in (rows if isinstance(rows, list) else [rows]) for value in row.values() if value]
            for rows in (spanish, english)
        ]
        assert [v for v in figures[0] if str(v)[0].isdigit()] == [v for v in figures[1] if str(v)[0].isdigit()]


def test_a_finished_deliverable_finished_again_is_the_same():
    for stage in played():
        assert stage.definition.finish(stage.deliverable, stage.context) == stage.deliverable


@pytest.mark.parametrize("stage", CATALOGUE, ids=lambda stage: stage.slug)
@pytest.mark.parametrize("wire", ["openai", "anthropic", "google"])
def test_every_deliverable_can_be_asked_of_every_vendor(stage, wire):
    assert wire_schema(stage.output, wire)["type"] == "object"


def test_every_part_of_a_deliverable_that_a_person_reads_is_laid_out():
    for stage in played():
        shown = {section.path.partition(".")[0] for section in stage.definition.sections}
        assert shown == set(stage.deliverable)
