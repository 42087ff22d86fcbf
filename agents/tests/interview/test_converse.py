"""When a message completes a stage: by answering what was open, or by saying that all is right."""

import pytest

from agents.interview.answers import settle
from agents.interview.converse import Hearing, Understood, _compose, by_rules
from agents.interview.state import InterviewState
from agents.interview.turn import Spent, TurnInput
from agents.tests.interview.factories import CAFE, context

ANSWERS = {
    "business": "bar", "city": "Lugo", "price": {"amount": "2.00", "currency": "EUR"},
    "anchor": {"amount": "3.00", "currency": "EUR"}, "terrace": "no",
    "blends": [{"blend": "Suave", "share": "100"}], "opening": "2026-11-23",
}  # fmt: skip


def heard(message, hearing=None, **without):
    answers = {key: value for key, value in ANSWERS.items() if key not in without}
    turn = TurnInput(
        definition=CAFE, context=context(), message=message,
        state=settle(CAFE, InterviewState(answers=answers, skipped=("motto",))),
        judge=lambda *_args, **_kwargs: None,
    )  # fmt: skip
    return _compose(turn, hearing, Spent()) if hearing else by_rules(turn, Spent())


def test_two_corrections_of_a_complete_stage_leave_it_open():
    first = heard("el precio es 2,50 €")
    assert not first.complete
    assert first.state.answers["price"]["amount"] == "2.50"
    assert "listo" in first.message


@pytest.mark.parametrize("message", ["listo", "done", "sí", "sí, así está bien", "yes, that is right", "all good"])
def test_done_completes_what_is_complete(message):
    assert heard(message).complete


@pytest.mark.parametrize(
    "message", ["¿qué tengo apuntado en precio?", "what have you noted so far?", "hola", "y ahora"]
)
def test_a_question_about_what_is_noted_completes_nothing(message):
    assert not heard(message).complete


def test_the_answer_that_was_missing_completes_the_stage():
    assert heard("mañana", opening=True).complete
    assert not heard("listo", opening=True).complete


def test_a_model_that_hears_a_correction_of_a_complete_stage_leaves_it_open():
    words = Understood(key="price", words="2,50 €")
    corrected = heard("ponme 2,50 €", Hearing(kind="correction", answers=[words], remark="Hecho."))
    assert not corrected.complete
    assert corrected.state.answers["price"]["amount"] == "2.50"
    assert heard("así vale", Hearing(kind="finished", answers=[], remark="")).complete
