"""What is open, what comes next, how far it is."""

from agents.interview.answers import settle, started, with_answer, with_reopened, with_skipped
from agents.interview.progress import is_complete, next_question, phase, progress
from agents.tests.interview.factories import CAFE

TEXTS = {"business": "bar", "city": "Lugo", "terrace": "no", "opening": "2027-01-04"}
MONEY = {"amount": "2.00", "currency": "EUR"}
REST = {"price": MONEY, "anchor": MONEY, "blends": [{"blend": "a", "share": "100"}]}


def answered(**answers):
    state = started(CAFE)
    for key, value in answers.items():
        state = with_answer(CAFE, state, key, value)
    return state


def test_questions_come_in_order_and_the_phase_follows():
    state = answered(business="bar")
    assert next_question(CAFE, state).key == state.current_question == "city"
    assert state.phase == phase(CAFE, state) == "first"


def test_progress_counts_required_questions_only_and_never_falls():
    seen = [progress(CAFE, started(CAFE))]
    state = started(CAFE)
    for key, value in {**TEXTS, **REST}.items():
        state = with_answer(CAFE, state, key, value)
        seen.append(progress(CAFE, state))
    assert seen[0] == 0
    assert seen[-1] == 100
    assert seen == sorted(seen)


def test_a_conditional_question_is_dropped_when_its_condition_fails():
    without = answered(**TEXTS, **REST)
    assert is_complete(CAFE, without)
    assert next_question(CAFE, without) is None
    assert not is_complete(CAFE, with_answer(CAFE, without, "terrace", "yes"))


def test_an_optional_question_is_asked_once_and_can_be_skipped():
    state = answered(business="bar", city="Lugo", price=MONEY, anchor=MONEY)
    assert state.current_question == "motto"
    assert with_skipped(CAFE, state, "motto").current_question == "terrace"


def test_nothing_optional_is_asked_once_all_that_is_required_is_there():
    assert is_complete(CAFE, answered(**TEXTS, **REST))


def test_a_reopened_answer_is_open_again_and_keeps_its_value():
    state = with_reopened(CAFE, answered(**TEXTS, **REST), ["price", "unknown"])
    assert state.current_question == "price"
    assert state.answers["price"] == MONEY
    assert progress(CAFE, state) < 100
    assert is_complete(CAFE, with_answer(CAFE, state, "price", MONEY))


def test_the_question_being_asked_stays_while_others_are_answered():
    state = with_answer(CAFE, answered(business="bar"), "opening", "2027-01-04")
    assert state.current_question == "city"


def test_a_state_survives_json():
    state = answered(**TEXTS)
    assert settle(CAFE, type(state).model_validate_json(state.model_dump_json())) == state
