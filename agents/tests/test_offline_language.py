"""The language a message is answered in."""

import pytest

from agents.customer_message.state import Language
from agents.offline.language import detect


@pytest.mark.parametrize(
    "text",
    [
        "¿Dónde está mi pedido?",
        "donde esta mi pedido",
        "reembolso pedido 8840 porfa",
        "MI PEDIDO NO LLEGA",
        "q onda con mi pedido",
        "vuestro soporte es lento",
        "nadie contesta",
        "Super disappointed con el servicio, tres semanas y el refund nada que llega",
    ],
)
def test_spanish_is_found_without_accents_in_capitals_and_with_english_words(text):
    language, confidence = detect(text)
    assert language is Language.SPANISH
    assert confidence >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order?",
        "refund pls order 7731",
        "cant log in",
        "money back. now.",
        "I ordered the paella, it was cold",
    ],
)
def test_english_is_found_with_abbreviations_and_spanish_words(text):
    language, confidence = detect(text)
    assert language is Language.ENGLISH
    assert confidence >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, ma commande n'est pas arrivée, pouvez-vous m'aider ?",
        "Olá, não recebi meu pedido ainda, podem me ajudar?",
        "Ciao, non ho ancora ricevuto il mio ordine",
        "Guten Tag, meine Bestellung ist noch nicht da",
        "Bon dia, encara no he rebut la comanda",
        "где мой заказ",
        "我想退款",
    ],
)
def test_other_languages_are_other(text):
    assert detect(text)[0] is Language.OTHER


@pytest.mark.parametrize("text", ["😡😡", "???", "12345", "", "https://example.com/a/b"])
def test_a_text_without_words_has_a_low_confidence(text):
    assert detect(text)[1] < 0.5
