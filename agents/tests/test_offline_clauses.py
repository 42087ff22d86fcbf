"""What follows praise decides: a complaint is one, more praise or a request is none, and the rest nobody understood."""

import pytest

from agents.customer_message.evaluation import held
from agents.offline.analyst import analyse


@pytest.mark.parametrize(
    "text",
    [
        "Gracias por la rapidez, pero el producto llegó roto.",
        "Thanks for the quick delivery, but the vase arrived in pieces.",
        "Love the colour but the sole is coming off.",
        "Me encanta el color pero se despega la suela.",
        "Great website, pity the payment doesn't work.",
        "Encantado con el trato; eso sí, la puerta ha quedado torcida.",
        "Precioso el sofá, se hundió al segundo día.",
        "Beautiful cake, it collapsed before the party.",
        "El personal encantador, sin embargo la habitación olía a humedad.",
    ],
)
def test_praise_before_a_damage_is_a_complaint(text):
    assert analyse(text).sentiment == "negative"


@pytest.mark.parametrize(
    "text",
    [
        "Great product. Shame about the service.",
        "Gracias por las flores, por la noche ya estaban muertas.",
        "Nice touch, sending the bill before the product.",
        "Great app until the last update.",
        "Very friendly nurse. Results went to my neighbour.",
        "Superb tent; first rain, we slept in a puddle.",
        "Todo perfecto hasta que actualizaron la aplicación.",
        "Estupenda la app, ahora bien, se come la batería.",
        "La enfermera encantadora. Los resultados se los dieron al vecino.",
    ],
)
def test_praise_before_something_unread_is_left_to_a_human(text):
    assert held(analyse(text))


@pytest.mark.parametrize(
    "text",
    [
        "I love it but I bought it twice, could you refund one?",
        "Great, but can you also turn on the beta?",
        "Thank you for the flowers, my mother loved them.",
        "A bit pricey but absolutely worth it.",
        "Fantastic course, I learned a lot.",
        "Great service. The broken screen was replaced in a day, wonderful people.",
        "Me encanta el curso, aprendí muchísimo.",
        "Genial, pero ¿pueden activarme también el modo oscuro?",
        "Tenía mis dudas, pero quedé encantada.",
    ],
)
def test_praise_before_more_praise_or_a_request_stays_positive(text):
    analysis = analyse(text)
    assert analysis.sentiment == "positive"
    assert not held(analysis)
