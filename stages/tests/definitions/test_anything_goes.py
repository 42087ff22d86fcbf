"""Whatever is said or handed in, every stage answers with a turn, a verdict or a validation error."""

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.interview.answers import settle
from agents.interview.state import InterviewState
from agents.offline.interviewer import take_turn
from stages.definitions.catalogue import CATALOGUE
from stages.definitions.gate import judge
from stages.definitions.provenance import trace
from stages.tests.definitions.factories import stage

PIECES = st.sampled_from(
    [question.example.es for definition in CATALOGUE for question in definition.questions]
    + ["no, ", "cambia ", " es ", "|", ";", "\n", ":", "sí", "no sé", "1. ", "- ", "4.000 €", "50%", "lunes", "ninguno"]
    + ["0", "-1", "9" * 30, " a ", "?", "💥", "\u202e", "\t", "½", "²", "٣", "null", "{}"]
)
MESSAGES = st.lists(PIECES | st.text(max_size=30), min_size=1, max_size=6).map("".join)
VALUES = st.sampled_from(
    [
        None,
        "",
        "x",
        0,
        -1,
        1,
        10**14,
        "1e14",
        "1e-30",
        1.5,
        "NaN",
        [],
        {},
        ["a"],
        "2027-02-29",
        "2028-02-29",
        True,
        "awareness",
        "primary",
        "experimental",
        "x" * 9000,
        "\x00",
        "100",
        "99.99",
        "LinkedIn",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 7), st.data())
def test_any_message_leads_to_a_turn(number, data):
    played = stage(number)
    keys = [question.key for question in played.definition.questions]
    asked = data.draw(st.sampled_from(keys))
    kept = data.draw(st.sets(st.sampled_from(keys)))
    answers = {key: value for key, value in played.answers.items() if key in kept - {asked}}
    state = settle(played.definition, InterviewState(answers=answers, current_question=asked))
    turn = take_turn(played.definition, played.context, state, data.draw(MESSAGES))
    assert InterviewState.model_validate_json(turn.state.model_dump_json()) == turn.state
    if turn.complete:
        judge(played.definition, played.definition.draft(turn.state.answers, played.context), played.context)


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 7), st.data())
def test_any_deliverable_is_judged_or_does_not_validate(number, data):
    played = stage(number)
    changed = copy.deepcopy(played.deliverable)
    for _ in range(data.draw(st.integers(1, 3))):
        part, key = data.draw(st.sampled_from(places(changed)))
        part[key] = copy.deepcopy(data.draw(VALUES))
    try:
        made = played.definition.finish(changed, played.context)
    except ValidationError:
        return
    assert json.loads(json.dumps(made)) == made
    assert played.definition.finish(made, played.context) == made
    judge(played.definition, made, played.context).as_json("en")
    trace(played.definition, made, InterviewState(answers=played.answers), played.context, by_model=True)


def places(value):
    """Every place of a deliverable that can be written to, of long lists only the first rows."""
    keys = list(value) if isinstance(value, dict) else range(min(len(value), 4)) if isinstance(value, list) else ()
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]
