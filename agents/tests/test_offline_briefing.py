"""The supervisor's briefing by rules."""

import re

import pytest

from agents.customer_message.state import Rule
from agents.offline.briefing import brief


def note(**changes):
    case = {
        "text": "Third time I write about invoice 4451 and nobody answers",
        "client_id": "client-7",
        "sentiment": "negative",
        "intent": "support_request",
        "rule": Rule.NEGATIVE_SENTIMENT,
        "sla_breached": False,
        "supervisor_language": "en",
    }
    return brief(**{**case, **changes})


def test_it_says_who_wants_what_and_what_calls_for_care():
    assert note() == (
        "Client client-7, upset, asks for something to be fixed or done regarding the invoice (reference 4451); "
        "the client says this is not the first time and complains of getting no answer. "
        "It is before a person because the client is dissatisfied and the reply should be decided with care."
    )


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("late", [True, False])
def test_it_has_two_sentences_whatever_the_rule(language, rule, late):
    written = note(supervisor_language=language, rule=rule, sla_breached=late)
    assert len(re.findall(r"\.(?=\s|$)", written)) == 2


def test_it_is_in_the_supervisors_language():
    assert note(supervisor_language="es").startswith("El cliente client-7, molesto,")


def test_a_missed_deadline_is_told_beside_the_reason():
    assert "time allowed" in note(sla_breached=True)


def test_a_failed_analysis_still_has_a_briefing():
    assert "failed" in note(sentiment="", intent="", rule=Rule.ANALYSIS_FAILED)
