"""Stage 3 on paper: the offer on one page and its story."""

from __future__ import annotations

from agents.interview.state import Bilingual
from stages.definitions.layout import Form, Format, Label, Section

OFFER_LABELS = {
    "name": Bilingual("Nombre", "Name"),
    "headline": Bilingual("Titular", "Headline"),
    "value_proposition": Bilingual("Propuesta de valor", "Value proposition"),
    "core": Bilingual("Núcleo", "Core"),
    "guarantee": Bilingual("Garantía", "Guarantee"),
    "urgency": Bilingual("Urgencia", "Urgency"),
    "price": Bilingual("Precio", "Price"),
    "anchor_price": Bilingual("Precio de referencia", "Anchor price"),
    "currency": Bilingual("Moneda", "Currency"),
}
EQUATION_LABELS = {
    "dream_outcome": Bilingual("Resultado soñado", "Dream outcome"),
    "perceived_likelihood": Bilingual("Probabilidad percibida", "Perceived likelihood"),
    "time_delay": Bilingual("Tiempo hasta el resultado", "Time delay"),
    "effort_and_sacrifice": Bilingual("Esfuerzo y sacrificio", "Effort and sacrifice"),
}
STORY_LABELS = {
    "character": Bilingual("Personaje", "Character"),
    "external_problem": Bilingual("Problema externo", "External problem"),
    "internal_problem": Bilingual("Problema interno", "Internal problem"),
    "philosophical_problem": Bilingual("Problema filosófico", "Philosophical problem"),
    "empathy": Bilingual("Empatía", "Empathy"),
    "authority": Bilingual("Autoridad", "Authority"),
    "plan": Bilingual("Plan", "Plan"),
    "call_to_action": Bilingual("Llamada a la acción", "Call to action"),
    "success": Bilingual("Éxito", "Success"),
    "failure": Bilingual("Fracaso", "Failure"),
}
_MONEY = ("price", "anchor_price")

SECTIONS = (
    Section(
        key="offer",
        title=Bilingual("Oferta", "Offer"),
        path="offer",
        form=Form.FIELDS,
        labels=(
            *(Label(key, title, Format.MONEY if key in _MONEY else Format.TEXT) for key, title in OFFER_LABELS.items()),
            Label("billing", Bilingual("Se paga", "Paid")),
        ),
    ),
    Section(
        key="bonuses",
        title=Bilingual("Bonos", "Bonuses"),
        path="offer.bonuses",
        form=Form.TABLE,
        labels=(Label("name", Bilingual("Bono", "Bonus")), Label("removes", Bilingual("Qué quita", "What it removes"))),
    ),
    Section(
        key="value_equation",
        title=Bilingual("Ecuación de valor", "Value equation"),
        path="value_equation",
        form=Form.FIELDS,
        labels=tuple(Label(key, title) for key, title in EQUATION_LABELS.items()),
    ),
    Section(
        key="story",
        title=Bilingual("Historia", "Story"),
        path="story",
        form=Form.FIELDS,
        labels=tuple(
            Label(key, title, Format.ITEMS if key == "plan" else Format.TEXT) for key, title in STORY_LABELS.items()
        ),
    ),
)
