"""What a consultant may do besides answering, by rules: evade, correct, say two things at once, look back."""

import time

import pytest

from agents.interview.answers import settle
from agents.interview.state import InterviewState
from agents.offline.interviewer import take_turn
from agents.offline.interviewer_orders import says_done
from stages.tests.definitions.factories import context, stage

PLAYED = stage(1)
GIVEN = {
    "industry": "panadería", "offering": "pan", "problem": "no hay pan bueno", "differentiator": "masa madre",
    "acquisition": "boca a boca", "ticket": {"amount": "4000.00", "currency": "EUR"}, "sales_cycle": "un mes",
    "goal": "crecer", "ideal_customer": "dueña de bar", "persona_name": "Laura", "demographics": "40 años",
    "decision_makers": "ella", "goals": ["vender más", "ganar tiempo", "crecer"], "pains": ["colas", "estrés", "prisa"],
}  # fmt: skip


def say_at(key, message):
    """What a message changes while `key` is asked, everything before it being answered; and the turn."""
    order = [question.key for question in PLAYED.definition.questions]
    before = {name: value for name, value in GIVEN.items() if order.index(name) < order.index(key)}
    last = list(before)[-1] if before else None
    state = settle(PLAYED.definition, InterviewState(answers=before, current_question=key, last_answered=last))
    turn = take_turn(PLAYED.definition, context(1), state, message)
    changed = {name: value for name, value in turn.state.answers.items() if before.get(name) != value}
    return changed, turn


def reopened():
    return settle(PLAYED.definition, InterviewState(answers=PLAYED.answers))


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("persona_name", "yo que sé"), ("persona_name", "hablemos mañana"), ("persona_name", "let us talk tomorrow"),
        ("demographics", "ya te lo dije"), ("demographics", "I already told you"), ("demographics", "eres un inútil"),
        ("demographics", "you are useless"), ("decision_makers", "da igual"), ("decision_makers", "whatever"),
        ("pains", "prefiero no contestar"), ("pains", "rather not say; rather not say; rather not say"),
        ("goal", "El objetivo no lo tengo claro todavía"), ("goal", "I am not sure about the goal yet"),
        ("persona_name", "Nombre: yo que sé"), ("information_sources", "no quiero decirlo"),
        ("pains", "I said 20 euros not 15"), ("goals", "delete my answer"), ("ticket", "somos tres"), ("ticket", "0"),
    ],
)  # fmt: skip
def test_what_answers_nothing_changes_nothing(key, message):
    changed, turn = say_at(key, message)
    assert changed == {}
    assert turn.state.current_question == key
    assert turn.state.pending == {}


@pytest.mark.parametrize(
    ("message", "key", "value"),
    [
        ("the industry is hospitality, not bakery", "industry", "hospitality"),
        ("la industria es hostelería, no panadería", "industry", "hostelería"),
        ("no es panadería sino hostelería", "industry", "hostelería"),
        ("no, not panadería, hostelería", "industry", "hostelería"),
        ("the ticket is 5000, not 4000, sorry", "ticket", "5000.00"),
        ("I was wrong about acquisition, it is only Google", "acquisition", "only Google"),
        ("me equivoqué con la captación, es solo Google", "acquisition", "solo Google"),
        ("No es 4000 sino 5000", "ticket", "5000.00"),
        ("it is not 4000 but 5000", "ticket", "5000.00"),
        ("it's 5000, not 4000", "ticket", "5000.00"),
        ("the ticket isn't 4000 but 5000", "ticket", "5000.00"),
        ("I said 5000, not 4000", "ticket", "5000.00"),
        ("I made a mistake with the ticket: it is 5000", "ticket", "5000.00"),
    ],
)
def test_a_contrast_corrects_the_answer_it_names_or_quotes(message, key, value):
    changed, turn = say_at("persona_name", message)
    assert list(changed) == [key]
    assert (changed[key]["amount"] if key == "ticket" else changed[key]) == value
    assert turn.state.current_question == "persona_name"


def test_a_contrast_that_quotes_no_earlier_answer_is_an_answer():
    assert say_at("differentiator", "It is fast, not slow")[0] == {"differentiator": "It is fast, not slow"}


def test_one_item_of_a_list_is_put_right():
    assert say_at("motivations", "no es prisa sino ruido")[0] == {"pains": ["colas", "estrés", "ruido"]}


@pytest.mark.parametrize(
    ("key", "message", "taken"),
    [
        (
            "industry",
            "Somos una clínica dental. Vendemos implantes.",
            ("Clínica dental", "Implantes"),
        ),
        ("industry", "We are a dental clinic. We sell braces.", ("Dental clinic", "Braces")),
        ("offering", "pan y bollos, el problema es que no hay pan bueno", ("pan y bollos", "no hay pan bueno")),
        ("offering", "bread, and the problem is that time is short", ("bread", "time is short")),
        ("problem", "El problema: da miedo. Nos diferencia la sedación", ("da miedo", "Nos diferencia la sedación")),
        ("differentiator", "Trato cercano. Captamos por Google", ("Trato cercano", "Captamos por Google")),
    ],
)
def test_two_answers_in_one_message_go_to_their_questions(key, message, taken):
    order = [question.key for question in PLAYED.definition.questions]
    assert say_at(key, message)[0] == dict(zip(order[order.index(key) :], taken, strict=False))


@pytest.mark.parametrize("message", ["Captamos por Google y ferias", "We get customers through Google"])
def test_an_answer_to_another_question_is_not_taken_for_the_one_asked(message):
    changed, turn = say_at("problem", message)
    assert changed == {"acquisition": message}
    assert turn.state.current_question == "problem"


@pytest.mark.parametrize(
    "message", ["Pan, bollos y café, todo hecho a mano", "Dulces; salados; bebidas", "Tartas. También por encargo"]
)
def test_an_answer_of_several_parts_stays_whole(message):
    assert say_at("offering", message)[0] == {"offering": message}


@pytest.mark.parametrize("message", ["go back", "vuelve atrás", "la anterior"])
def test_going_back_asks_the_last_answer_again(message):
    changed, turn = say_at("problem", message)
    assert changed == {}
    assert turn.state.current_question == "offering"
    assert "pan" in turn.message


@pytest.mark.parametrize("message", ["I want to change the industry", "quiero cambiar la industria"])
def test_wanting_to_change_an_answer_asks_for_it(message):
    assert say_at("goal", message)[1].state.current_question == "industry"


@pytest.mark.parametrize("message", ["delete my answer about problem", "borra mi respuesta sobre el problema"])
def test_deleting_an_answer_asks_for_it_again(message):
    _, turn = say_at("goal", message)
    assert "problem" not in turn.state.answers
    assert turn.state.current_question == "problem"


@pytest.mark.parametrize("message", ["Eliminar el problema de las colas", "remove stress"])
def test_an_answer_that_begins_with_a_verb_of_deleting_deletes_nothing(message):
    _, turn = say_at("motivations", message)
    assert turn.state.answers["problem"] == "no hay pan bueno"
    assert turn.state.answers["motivations"] == [message]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("¿qué tengo apuntado en ticket?", "4.000 €"),
        ("¿qué has apuntado hasta ahora?", "masa madre"),
        ("what have you noted so far?", "masa madre"),
        ("what did I say about the industry?", "panadería"),
        ("resumen", "boca a boca"),
    ],
)
def test_what_is_noted_is_told(message, shown):
    changed, turn = say_at("goals", message)
    assert changed == {}
    assert shown in turn.message.replace("€4,000", "4.000 €")
    assert turn.state.current_question == "goals"


@pytest.mark.parametrize(
    "message",
    [
        "el ticket es de 9.000 €",
        "the ticket is €9,000",
        "no es 6000 sino 9000",
        "cambia el ticket a 9000",
        "Ticket: 9000",
    ],
)
def test_with_nothing_open_a_correction_is_taken_and_done_awaited(message):
    turn = take_turn(PLAYED.definition, context(1), reopened(), message)
    assert turn.state.answers["ticket"]["amount"] == "9000.00"
    assert turn.state.current_question is None
    assert "listo" in turn.message or "done" in turn.message


@pytest.mark.parametrize(
    "message", ["listo", "done", "sí, así está bien", "yes, that is right", "eso es todo, gracias"]
)
def test_done_is_understood(message):
    assert says_done(message)


@pytest.mark.parametrize("message", ["un bar", "no, el ticket es 5000", "¿qué tengo apuntado?", "todavía no", "hola"])
def test_what_is_not_done_is_not(message):
    assert not says_done(message)


@pytest.mark.parametrize(
    "piece", ["no es ", "eso ", "no ", "a, ", "we sell ", "delete my ", "y el ", "not ", "it is ", ". "]
)
def test_a_long_message_is_read_in_little_time(piece):
    begun = time.perf_counter()
    say_at("problem", (piece * 4000)[:8000])
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "message", ["hola, qué tal", "hi, how are you", "jajaja que somos los más guapos", "haha we are the best", "lol"]
)
def test_greetings_and_jokes_are_no_answers(message):
    changed, turn = say_at("differentiator", message)
    assert changed == {}
    assert turn.state.current_question == "differentiator"


def test_what_is_said_in_earnest_after_a_joke_is_the_answer():
    changed, _turn = say_at("differentiator", "En serio: sedación consciente y precio cerrado")
    assert changed == {"differentiator": "sedación consciente y precio cerrado"}


@pytest.mark.parametrize(
    "message", ["mejor Carmen Salas, que Laura es broma", "no, Carmen Salas, porque Laura ya hay una"]
)
def test_a_better_answer_may_come_with_its_reason(message):
    changed, turn = say_at("demographics", message)
    assert changed == {"persona_name": "Carmen Salas"}
    assert turn.state.current_question == "demographics"


def test_an_answer_of_figures_does_not_change_the_language():
    _changed, turn = say_at("ideal_customer", "Edad: 40 a 50, 35 a 39, 51 a 60, 25 a 34, menor de 18")
    assert turn.state.spoken == ""


@pytest.mark.parametrize("message", ["you're useless lol", "eres un inútil jajaja"])
def test_an_insult_with_a_laugh_is_no_answer(message):
    changed, _turn = say_at("differentiator", message)
    assert changed == {}
