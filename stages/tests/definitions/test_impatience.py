"""The offline interview on the real stages, with consultants in a hurry."""

from agents.interview.verdict import Decision
from agents.offline.interviewer import after_gate, opening, take_turn
from stages.definitions.catalogue import definition
from stages.definitions.gate import judge
from stages.tests.definitions.factories import context

ONE_WORD = (
    (
        "software|CRM|ventas|barato|contactos|50|semanas|crecer|pymes|Ana|35|ella|dinero|tiempo, "
        "control|estrés|tiempo y prisa|"
        "ahorrar|precio|compara|pregunta|lee|google|tamaño: xl | l | m | s | xs"
    )
    .replace(" | ", " / ")
    .split("|")
)


def talk(number, language, *messages):
    here, stage = context(number, language), definition(number)
    turn = opening(stage, here)
    for message in messages:
        turn = take_turn(stage, here, turn.state, message)
    return turn


def test_one_word_answers_reach_a_deliverable_that_warns_of_them():
    turn = talk(1, "es", *ONE_WORD, "sector: a|b|c|d|e\npaís: a|b|c|d|e\nweb: a|b|c|d|e", "no")
    assert turn.complete
    assert turn.state.answers["goals"] == ["dinero", "tiempo", "control"]
    judged = judge(definition(1), definition(1).draft(turn.state.answers, context(1)), context(1))
    assert judged.decision is Decision.APPROVED_WITH_WARNINGS
    assert after_gate(definition(1), context(1), turn.state, judged).complete


def test_two_answers_at_once_a_wrong_number_and_a_correction():
    turn = talk(
        1,
        "en",
        "Software. The ticket is 3,000 euros and the sales cycle: two months",
        "I don't know",
        "what do you mean?",
        "A CRM",
        "no, the ticket is 4,000 euros",
        "change the industry to retail",
    )
    answers = turn.state.answers
    assert answers["ticket"] == {"amount": "4000.00", "currency": "EUR"}
    assert (answers["industry"], answers["sales_cycle"], answers["offering"]) == ("retail", "two months", "A CRM")
    assert turn.state.current_question == "problem"


def test_a_figure_that_cannot_be_read_is_asked_again_with_what_is_needed():
    turn = talk(4, "es", "poco", "entre 3000 y 4000", "unos cuatro mil al mes")
    assert turn.state.answers["monthly_budget"] == {"amount": "4000.00", "currency": "EUR", "per": ["month"]}
    assert "importe" in talk(4, "es", "poco").message


def test_channels_given_one_by_one_are_gathered():
    turn = talk(
        4,
        "es",
        "4.000 €",
        "yo sola",
        "nada",
        "ya mismo",
        "no",
        "LinkedIn 9 6 5 45 lo leen",
        "Google 8 6 4 20 lo buscan",
        "Instagram | 20 | 6 | 4 | 20 | no cabe",
        "Instagram | 7 | 6 | 4 | 20 | encaja",
    )
    assert [row["name"] for row in turn.state.answers["channels"]] == ["LinkedIn", "Google", "Instagram"]
    assert "36 %" in turn.message
    assert turn.state.current_question == "budget_split"


def test_the_last_stage_can_be_confirmed_to_its_end():
    turn = talk(7, "es", "ninguno", "sí", "sí", "5", "ninguno", "sí")
    assert turn.complete
    made = definition(7).draft(turn.state.answers, context(7))
    judged = judge(definition(7), made, context(7))
    assert judged.decision is Decision.APPROVED
    assert {alert["kind"] for alert in made["alerts"]} == {"ramp_up", "bucket_off_target", "assumption"}


def test_a_rejected_calendar_asks_for_the_answer_that_would_mend_it():
    stage, here = definition(6), context(6)
    turn = talk(6, "es", "23/11/2026", "Artículo | 1", "ninguno", "Marketing", "Escribir | Marketing", "no", "uno; dos")
    assert turn.complete
    lacking = {
        **turn.state.answers,
        "excluded_days": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
    }
    judged = judge(stage, stage.draft(lacking, here), here)
    assert judged.decision is Decision.REJECTED
    told = after_gate(stage, here, turn.state, judged)
    assert told.state.current_question == "excluded_days"
    assert "semanas 13" in told.message
