"""What the rules make of a customer's message."""

import time

import pytest

from agents.customer_message.evaluation import held
from agents.offline.analyst import analyse


@pytest.mark.parametrize(
    "text",
    [
        "This is the third time I write and nobody answers.",
        "Llevo dos semanas esperando y nadie me contesta",
        "Great product BUT the support ignored me for a month",
        "Me encanta la app, pero llevo una semana sin poder entrar y no responden",
        "Thanks for nothing.",
        "Genial, otra semana sin respuesta.",
        "I would have expected better, to be honest.",
        "Sinceramente esperaba más de ustedes.",
        "If this isn't fixed by Friday we'll move to another provider.",
        "Voy a denunciarlos a Profeco",
        "is this a joke??",
        "You charged me twice without telling me!!!",
        "son unos ladrones",
        "no estoy nada contento",
        "Prometieron llamarme el lunes y hoy es viernes",
        "The technician never showed up, I lost a whole day.",
        "I AM SO TIRED OF YOUR EXCUSES",
        "😡😡😡",
        "Where's my order? Paid three weeks ago.",
        "¿Dónde están mis entradas? Las compré en junio.",
        "Do I really have to upload everything again?",
        "¿De verdad tengo que volver a mandar los papeles?",
        "This is no way to treat a customer.",
        "Así no se puede trabajar, de verdad.",
        "When I pay for something I expect it to work. Maybe that's just me.",
        "Cuando compro algo espero que funcione. Igual soy yo el raro.",
        "¿Sus técnicos tienen calendario?",
        "Will this ever be fixed?",
        "¿Quién me paga el día perdido?",
    ],
)
def test_a_dissatisfied_customer_is_never_answered_automatically(text):
    analysis = analyse(text)
    assert analysis.sentiment == "negative"
    assert held(analysis)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What are your opening hours?", "general_inquiry"),
        ("¿Cuánto cuesta el plan anual?", "general_inquiry"),
        ("What is your refund policy?", "general_inquiry"),
        ("¿Cuál es su política de devoluciones?", "general_inquiry"),
        ("Please change the billing address on our account.", "support_request"),
        ("¿Me pueden reenviar la factura de abril?", "support_request"),
        ("I don't want a refund, please just fix the app.", "support_request"),
        ("Could you refund order 7731? I bought it twice by mistake.", "refund_request"),
        ("hola, me equivoque y pague dos veces, me devuelven una?", "refund_request"),
        ("Do you accept Apple Pay?", "general_inquiry"),
        ("Do you offer student discounts?", "general_inquiry"),
        ("¿Hacen descuento a familias numerosas?", "general_inquiry"),
        ("I'd like a refund for my ticket, I can't make it on Friday.", "refund_request"),
        ("Payment shows as pending", "support_request"),
        ("Password reset link expired", "support_request"),
        ("Gift card shows no balance", "support_request"),
        ("El mapa muestra otra entrada", "support_request"),
        ("La página muestra el error 404", "support_request"),
        ("¿Tengo que rellenar todo el formulario?", "general_inquiry"),
    ],
)
def test_a_calm_message_is_neutral_and_its_intent_is_found(text, intent):
    analysis = analyse(text)
    assert (analysis.sentiment, analysis.intent) == ("neutral", intent)
    assert not held(analysis)


@pytest.mark.parametrize(
    "text",
    [
        "not bad at all, honestly better than I expected",
        "nada mal, mejor de lo que esperaba",
        "The refund arrived, thank you so much!",
        "Ya me llegó el reembolso, muchísimas gracias",
        "10/10, would recommend",
        "Da gusto tratar con vosotros",
        "I have no complaints, wonderful service",
        "No tengo ninguna queja, excelente servicio",
    ],
)
def test_praise_is_positive(text):
    assert analyse(text).sentiment == "positive"


@pytest.mark.parametrize(
    "text", ["The refund arrived, thank you so much!", "Hoy me llegó el reembolso, muchas gracias"]
)
def test_a_refund_that_arrived_is_no_refund_request(text):
    assert analyse(text).intent == "general_inquiry"


@pytest.mark.parametrize("text", ["Could you send me the invoice? Thanks", "¿Me mandan la factura? Gracias"])
def test_courtesy_is_not_praise(text):
    assert analyse(text).sentiment == "neutral"


@pytest.mark.parametrize(
    "text", ["Perfecto, quedo a la espera. Un saludo.", "Perfect, I'll wait to hear from you. Best regards."]
)
def test_a_courteous_close_is_no_sarcasm(text):
    assert not held(analyse(text))


@pytest.mark.parametrize(
    "text", ["Perfecto, espero su respuesta desde marzo.", "The page says delivered. It is a lie."]
)
def test_a_courteous_beginning_hides_no_complaint(text):
    assert held(analyse(text))


def test_a_text_in_another_language_is_left_to_a_human():
    analysis = analyse("Bonjour, je voudrais savoir quand ma commande arrive, merci")
    assert analysis.language == "other"
    assert max(analysis.sentiment_confidence, analysis.intent_confidence) < 0.5


HOSTILE = {
    "one letter": "a" * 10_000,
    "one word": "no " * 3_333,
    "beginnings of patterns": "i have been waiting for " * 400,
    "brackets": "([{<" * 2_500,
    "emoji": "😡" * 10_000,
    "accents": "a" + "\u0301" * 9_999,
    "line breaks": "\n" * 10_000,
    "question marks": "?!" * 5_000,
    "nothing": " ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_takes_no_long_time(text):
    analyse("warm")
    started = time.process_time()
    analyse(text)
    assert time.process_time() - started < 0.25


def test_ordinary_messages_take_few_milliseconds():
    texts = [f"Hola, mi pedido {number} no llega y nadie me contesta desde el lunes" for number in range(200)]
    analyse("warm")
    started = time.process_time()
    for text in texts:
        analyse(text)
    assert (time.process_time() - started) / len(texts) < 0.01
