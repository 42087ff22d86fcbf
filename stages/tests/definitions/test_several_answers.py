"""Two answers and more in one message, in the stages after the first."""

import pytest

from agents.interview.answers import settle
from agents.interview.state import InterviewState
from agents.offline.interviewer import take_turn
from stages.tests.definitions.factories import context, redraft, stage

EUROS = {"amount": "4000.00", "currency": "EUR", "per": ["month"]}


def say_at(number, language, asked, message):
    """What a message changes while `asked` is asked and all before it is answered."""
    played = stage(number, language)
    order = [question.key for question in played.definition.questions]
    before = {key: value for key, value in played.answers.items() if order.index(key) < order.index(asked)}
    state = settle(played.definition, InterviewState(answers=before, current_question=asked))
    after = take_turn(played.definition, context(number, language), state, message).state.answers
    return {key: value for key, value in after.items() if before.get(key) != value}


@pytest.mark.parametrize(
    ("number", "language", "asked", "message", "expected"),
    [
        (4, "es", "monthly_budget", "4.000 € al mes, somos dos personas y queremos resultados en tres meses",
         {"monthly_budget": EUROS, "team": "somos dos personas", "horizon": "queremos resultados en tres meses"}),
        (4, "en", "monthly_budget", "We can spend about €4k a month, there are two of us, results within 90 days",
         {"monthly_budget": EUROS, "team": "there are two of us", "horizon": "results within 90 days"}),
        (4, "en", "team", "Two people; we have a website and a blog; we expect results in six months",
         {"team": "Two people", "assets": ["A website", "a blog"], "horizon": "we expect results in six months"}),
        (4, "es", "team", "Somos tres, el presupuesto es de 5.000 € al mes",
         {"team": "Somos tres", "monthly_budget": EUROS | {"amount": "5000.00"}}),
        (6, "es", "start_date", "Empezamos el lunes que viene y no publicamos los fines de semana",
         {"start_date": "2026-11-23", "excluded_days": ["weekend"]}),
        (6, "es", "excluded_days", "No publicamos ni sábados ni domingos. Lo escriben Marta y Luis",
         {"excluded_days": ["weekend"], "people": ["Marta", "Luis"]}),
        (7, "es", "total", "12.000 € en total, reserva del 5 % y empezamos el lunes",
         {"total": {"amount": "12000.00", "currency": "EUR"}, "contingency": "5", "start": "2026-11-23"}),
        (7, "en", "total", "€12,000, keep 5% and start next Monday",
         {"total": {"amount": "12000.00", "currency": "EUR"}, "contingency": "5", "start": "2026-11-23"}),
        (3, "es", "price", "Cuesta 450 € y por separado 700 €",
         {"price": {"amount": "450.00", "currency": "EUR"}, "anchor_price": {"amount": "700.00", "currency": "EUR"}}),
    ],
)  # fmt: skip
def test_each_part_answers_what_it_speaks_of(number, language, asked, message, expected):
    assert say_at(number, language, asked, message) == expected


@pytest.mark.parametrize(
    ("number", "asked", "message"),
    [
        (4, "horizon", "Queremos ver ventas en seis meses, el equipo es pequeño"),
        (4, "team", "Tenemos 3 personas en marketing y una en ventas"),
        (6, "people", "Marta y Luis, con la ayuda de una agencia"),
        (3, "guarantee", "Si no baja el dolor en dos semanas, devolvemos el dinero"),
    ],
)
def test_one_answer_stays_one(number, asked, message):
    assert set(say_at(number, "es", asked, message)) == {asked}


def test_pieces_in_a_sentence_are_rows_and_go_to_the_channel_they_name():
    said = say_at(6, "es", "pieces", "un vídeo en LinkedIn y dos correos en Newsletter a la semana")
    assert [(row["format"], row["pieces_a_week"]) for row in said["pieces"]] == [
        ("vídeo en LinkedIn", "1"),
        ("correos en Newsletter", "2"),
    ]
    entries = redraft(6, pieces=said["pieces"])["entries"]
    assert {(entry["format"], entry["channel"]) for entry in entries} == {
        ("vídeo en LinkedIn", "LinkedIn"),
        ("correos en Newsletter", "Newsletter"),
    }


@pytest.mark.parametrize(
    "message", ["use your assumptions", "usa tus supuestos", "ok, take the defaults", "la propuesta"]
)
def test_an_offer_is_taken_in_other_words_than_yes(message):
    assert set(say_at(7, "en", "benchmarks", message)) == {"benchmarks"}


@pytest.mark.parametrize("message", ["none", "ninguna", "0", "0 %"])
def test_no_contingency_is_nought(message):
    assert say_at(7, "en", "contingency", message) == {"contingency": "0"}
