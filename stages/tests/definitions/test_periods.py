"""Money and the stretch of time it is for: kept where it is said, asked again where another is wanted."""

import pytest

from agents.interview.answers import settle
from agents.interview.state import InterviewState
from agents.offline.interviewer import take_turn
from stages.tests.definitions.factories import context, redraft, stage


@pytest.mark.parametrize(
    ("number", "key", "said", "told"),
    [
        (4, "monthly_budget", "48.000 € al año", "al mes son 4.000 €"),
        (4, "monthly_budget", "12.000 € en tres meses", "al mes son 4.000 €"),
        (4, "monthly_budget", "100 € al día", "escribe cuánto es al mes"),
        (7, "total", "4.000 € al mes", "en los tres meses son 12.000 €"),
        (7, "minimum_spend", "LinkedIn | 500 € al mes", "en los tres meses son 1.500 €"),
        (7, "minimum_spend", "LinkedIn | 500 US$", "El precio de la etapa 3 está en EUR"),
    ],
)
def test_money_for_another_stretch_of_time_is_asked_again_with_what_it_comes_to(number, key, said, told):
    played = stage(number)
    kept = {name: value for name, value in played.answers.items() if name != key}
    state = settle(played.definition, InterviewState(answers=kept, current_question=key))
    turn = take_turn(played.definition, context(number), state, said)
    assert key not in turn.state.answers
    assert told in turn.message


def test_the_deliverable_says_what_the_ticket_and_the_price_are_paid_for():
    assert stage(1).deliverable["business"]["ticket"].startswith("6.000 € al año;")
    yearly = {"amount": "6000.00", "currency": "EUR", "per": ["user", "year"]}
    assert redraft(3, price=yearly)["offer"]["billing"] == "por usuario al año"
    assert stage(3).deliverable["offer"]["billing"] == ""
    assert redraft(1, ticket={"amount": "450.00", "currency": "PEN", "per": ["treatment"]})["business"][
        "ticket"
    ].startswith("450 PEN por tratamiento;")
