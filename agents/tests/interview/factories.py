"""A small interview to test the engine with: what a café wants to know of a supplier."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from agents.interview.parsing import Reading
from agents.interview.parsing.words import fault
from agents.interview.state import (
    Bilingual,
    Choice,
    Column,
    InterviewContext,
    Offered,
    Phase,
    Question,
    QuestionKind,
)

TODAY = date(2026, 11, 22)
READING = Reading(language="es", today=TODAY)
KINDS = QuestionKind


def context(language="es", **known):
    return InterviewContext(language=language, today=TODAY, company="Café Sol", consultant="Ana", **known)


def question(key, kind, *, phase="first", name=None, example=("algo", "something"), **more):
    label = name or (key.capitalize(), key.capitalize())
    return Question(
        key=key,
        phase=phase,
        kind=kind,
        name=Bilingual(*label),
        text=Bilingual(f"¿Cuál es: {label[0]}?", f"What is: {label[1]}?"),
        example=Bilingual(*example),
        **more,
    )


def _not_under_price(value, answers, _context):
    if "price" in answers and float(value["amount"]) < float(answers["price"]["amount"]):
        return fault("Es menor que el precio.", "It is below the price.")
    return None


def _known_city(_answers, known):
    city = known.earlier.get("lease", {}).get("city")
    return Offered(city) if city else None


def _blends(_answers, known):
    return tuple(Choice.of_text(blend) for blend in known.earlier.get("lease", {}).get("blends", ()))


class CafeInterview(NamedTuple):
    """Eight questions of every shape."""

    number: int = 1
    slug: str = "cafe"
    agent_name: str = "Barista"
    title: Bilingual = Bilingual("El café", "The café")
    goal: Bilingual = Bilingual("Sabremos qué servir.", "We will know what to serve.")
    phases: tuple = (Phase("first", Bilingual("Lo básico", "Basics")), Phase("second", Bilingual("Detalle", "Detail")))
    questions: tuple = (
        question("business", KINDS.TEXT, name=("Negocio", "Business"), example=("Una cafetería", "A coffee shop")),
        question("city", KINDS.TEXT, name=("Ciudad", "City"), example=("Sevilla", "Seville"), offer=_known_city),
        question(
            "price", KINDS.MONEY, name=("Precio", "Price"), aliases=("presupuesto", "budget"), example=("2 €", "€2")
        ),
        question(
            "anchor", KINDS.MONEY, name=("Precio tachado", "Anchor"), example=("3 €", "€3"), check=_not_under_price
        ),
        question("motto", KINDS.TEXT, name=("Lema", "Motto"), example=("Buen café", "Good coffee"), required=False),
        question(
            "terrace",
            KINDS.CHOICE,
            phase="second",
            name=("Terraza", "Terrace"),
            example=("sí", "yes"),
            choices=(Choice("yes", Bilingual("Sí", "Yes")), Choice("no", Bilingual("No", "No"))),
        ),
        question(
            "tables",
            KINDS.NUMBER,
            phase="second",
            name=("Mesas", "Tables"),
            example=("6", "6"),
            only_if=("terrace", "yes"),
        ),
        question(
            "blends",
            KINDS.TABLE,
            phase="second",
            name=("Mezclas", "Blends"),
            example=("Suave | 60\nFuerte | 40", "Mild | 60\nStrong | 40"),
            columns=(
                Column(key="blend", label=Bilingual("Mezcla", "Blend"), options=_blends),
                Column(key="share", label=Bilingual("Parte", "Share"), kind=KINDS.PERCENT),
            ),
        ),
        question("opening", KINDS.DATE, phase="second", name=("Apertura", "Opening"), example=("El lunes", "Monday")),
    )


CAFE = CafeInterview()
