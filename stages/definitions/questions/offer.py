"""Stage 3: the value equation, the story and the offer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agents.interview.parsing.words import fault
from agents.interview.rendering import render_money
from agents.interview.state import (
    Answers,
    Bilingual,
    Choice,
    Column,
    InterviewContext,
    Offered,
    OfferRule,
    ParseFault,
    Phase,
    Question,
    QuestionKind,
)

PHASES = (
    Phase("value_equation", Bilingual("Ecuación de valor", "Value equation")),
    Phase("story", Bilingual("Historia", "Story")),
    Phase("offer_stack", Bilingual("La oferta", "Offer stack")),
)


def removable(context: InterviewContext) -> list[str]:
    """What a bonus can remove: the objections of stage 1, the obstacles of stage 2, the challenges of stage 1."""
    persona = context.earlier.get("buyer_persona", {}).get("persona", {})
    rows = context.earlier.get("buyers_journey", {}).get("rows", [])
    obstacles = [part.strip() for row in rows for part in row["obstacles"].split(";") if part.strip()]
    return list(dict.fromkeys([*persona.get("objections", []), *obstacles, *persona.get("challenges", [])]))


def _removable_choices(_answers: Answers, context: InterviewContext) -> tuple[Choice, ...]:
    return tuple(Choice.of_text(text) for text in removable(context))


def _said(slug: str, *path: str) -> OfferRule:
    def offer(_answers: Answers, context: InterviewContext) -> Offered | None:
        value: Any = context.earlier.get(slug, {})
        for key in path:
            value = value.get(key, "") if isinstance(value, dict) else ""
        return Offered(value) if value else None

    return offer


def _character(_answers: Answers, context: InterviewContext) -> Offered | None:
    persona = context.earlier.get("buyer_persona", {}).get("persona", {})
    name, who = persona.get("name"), persona.get("professional_context")
    return Offered(f"{name}: {who}") if name and who else None


def _anchor_not_below_price(value: dict[str, str], answers: Answers, context: InterviewContext) -> ParseFault | None:
    price = answers.get("price")
    if not price:
        return None
    if value["currency"] != price["currency"]:
        return fault(
            f"El precio está en {price['currency']}: da el precio de referencia en la misma moneda.",
            f"The price is in {price['currency']}: give the anchor price in the same currency.",
        )
    if Decimal(value["amount"]) < Decimal(price["amount"]):
        es, en = (render_money(Decimal(price["amount"]), price["currency"], language) for language in ("es", "en"))
        return fault(f"Tiene que ser igual o mayor que el precio ({es}).", f"It must be no less than the price ({en}).")
    return None


def _text(key: str, phase: str, name: Bilingual, text: Bilingual, example: Bilingual, **more: Any) -> Question:
    return Question(key=key, phase=phase, kind=QuestionKind.TEXT, name=name, text=text, example=example, **more)


QUESTIONS = (
    _text(
        "dream_outcome",
        "value_equation",
        Bilingual("Resultado soñado", "Dream outcome"),
        Bilingual(
            "¿Cuál es el resultado soñado del cliente, el que contaría con orgullo?",
            "What is the customer's dream outcome, the one told with pride?",
        ),
        Bilingual(
            "Una planta que para solo cuando lo decide mantenimiento",
            "A plant that stops only when maintenance decides so",
        ),
    ),
    _text(
        "perceived_likelihood",
        "value_equation",
        Bilingual("Probabilidad percibida", "Perceived likelihood"),
        Bilingual(
            "¿Por qué debería creer que con nosotros lo va a conseguir?",
            "Why should the customer believe that it will happen with us?",
        ),
        Bilingual(
            "40 plantas trabajan así; en el último año redujeron sus paradas un 38 % de media",
            "40 plants work this way; last year they cut their stops by 38% on average",
        ),
        aliases=("pruebas", "proof"),
    ),
    _text(
        "time_delay",
        "value_equation",
        Bilingual("Tiempo hasta el resultado", "Time delay"),
        Bilingual("¿Cuánto tarda en notar el primer resultado?", "How long until the first result is felt?"),
        Bilingual(
            "Primer plan preventivo en tres semanas y menos paradas en el primer trimestre",
            "First preventive plan within three weeks and fewer stops in the first quarter",
        ),
        aliases=("plazo", "tiempo"),
    ),
    _text(
        "effort_and_sacrifice",
        "value_equation",
        Bilingual("Esfuerzo y sacrificio", "Effort and sacrifice"),
        Bilingual("¿Qué esfuerzo o sacrificio le pedimos?", "What effort or sacrifice is asked of the customer?"),
        Bilingual(
            "Dos mañanas de formación y una persona que revise los datos de las máquinas",
            "Two mornings of training and one person to review the machine data",
        ),
        aliases=("esfuerzo", "effort"),
    ),
    _text(
        "character",
        "story",
        Bilingual("Personaje", "Character"),
        Bilingual("¿Quién es el protagonista de la historia?", "Who is the hero of the story?"),
        Bilingual(
            "Laura Gómez, responsable de mantenimiento de una fábrica de alimentación",
            "Laura Gomez, head of maintenance at a food factory",
        ),
        aliases=("protagonista", "hero"),
        offer=_character,
    ),
    _text(
        "external_problem",
        "story",
        Bilingual("Problema externo", "External problem"),
        Bilingual(
            "¿Qué problema externo, visible para todos, tiene?", "Which external problem, plain to everyone, is there?"
        ),
        Bilingual(
            "Las máquinas se paran sin avisar y se pierden horas de producción",
            "Machines stop without warning and production hours are lost",
        ),
        offer=_said("buyer_persona", "business", "problem"),
    ),
    _text(
        "internal_problem",
        "story",
        Bilingual("Problema interno", "Internal problem"),
        Bilingual("¿Cómo le hace sentir ese problema por dentro?", "How does that problem feel inside?"),
        Bilingual(
            "Siente que siempre llega tarde y que nadie ve su trabajo",
            "Always feeling late, and that nobody sees the work",
        ),
    ),
    _text(
        "philosophical_problem",
        "story",
        Bilingual("Problema filosófico", "Philosophical problem"),
        Bilingual("¿Por qué es injusto que tenga que ser así?", "Why is it wrong that things should be this way?"),
        Bilingual(
            "Quien cuida las máquinas no debería vivir apagando fuegos",
            "Those who look after the machines should not live fighting fires",
        ),
    ),
    _text(
        "empathy",
        "story",
        Bilingual("Empatía", "Empathy"),
        Bilingual("¿Cómo demostramos que le entendemos?", "How do we show that we understand?"),
        Bilingual(
            "Nuestro equipo ha hecho turnos de mantenimiento y sabe lo que es una llamada a las tres de la mañana",
            "Our team has worked maintenance shifts and knows what a call at three in the morning means",
        ),
    ),
    _text(
        "authority",
        "story",
        Bilingual("Autoridad", "Authority"),
        Bilingual("¿Qué nos da autoridad para guiarle?", "What gives us the authority to guide?"),
        Bilingual(
            "Doce años en plantas industriales y 40 clientes que renuevan cada año",
            "Twelve years in industrial plants and 40 customers who renew every year",
        ),
    ),
    Question(
        key="plan",
        phase="story",
        kind=QuestionKind.LIST,
        name=Bilingual("Plan de tres pasos", "Three-step plan"),
        aliases=("plan", "pasos", "steps"),
        text=Bilingual(
            "¿Cuáles son los tres pasos del plan que le proponemos?", "What are the three steps of the plan we propose?"
        ),
        example=Bilingual(
            "Visitamos la planta y medimos las paradas; ponemos en marcha el plan preventivo en tres semanas; "
            "revisamos los resultados cada trimestre",
            "We visit the plant and measure the stops; we set up the preventive plan within three weeks; we review "
            "the results every quarter",
        ),
        minimum=3,
        maximum=3,
    ),
    _text(
        "call_to_action",
        "story",
        Bilingual("Llamada a la acción", "Call to action"),
        Bilingual("¿Qué acción concreta le pedimos?", "Which concrete action do we ask for?"),
        Bilingual("Reserva una visita a tu planta", "Book a visit to your plant"),
        aliases=("cta",),
    ),
    _text(
        "success",
        "story",
        Bilingual("Éxito", "Success"),
        Bilingual("¿Cómo es su vida cuando sale bien?", "What is life like when it goes well?"),
        Bilingual(
            "Planifica el mes con calma y presenta a dirección el ahorro conseguido",
            "The month is planned calmly and the savings are presented to management",
        ),
    ),
    _text(
        "failure",
        "story",
        Bilingual("Fracaso", "Failure"),
        Bilingual("¿Qué pasa si no hace nada?", "What happens if nothing is done?"),
        Bilingual(
            "Otro pedido importante sin servir y una auditoría suspendida",
            "Another important order undelivered and a failed audit",
        ),
    ),
    _text(
        "offer_name",
        "offer_stack",
        Bilingual("Nombre de la oferta", "Offer name"),
        Bilingual("¿Cómo se llama la oferta?", "What is the offer called?"),
        Bilingual("Planta sin sobresaltos", "The plant without surprises"),
        aliases=("nombre", "name"),
    ),
    _text(
        "headline",
        "offer_stack",
        Bilingual("Titular", "Headline"),
        Bilingual("¿Qué titular la resume en una frase?", "Which headline sums it up in one sentence?"),
        Bilingual(
            "Reduce tus paradas a la mitad en seis meses sin cambiar el ERP",
            "Halve your stops within six months without changing the ERP",
        ),
    ),
    _text(
        "core",
        "offer_stack",
        Bilingual("Núcleo de la oferta", "Core of the offer"),
        Bilingual("¿Qué recibe exactamente el cliente?", "What exactly does the customer get?"),
        Bilingual(
            "Aplicación de mantenimiento para toda la planta, puesta en marcha en tres semanas y un técnico asignado "
            "todo el año",
            "Maintenance application for the whole plant, set-up within three weeks and an assigned technician all "
            "year",
        ),
        aliases=("nucleo", "core offer"),
    ),
    Question(
        key="bonuses",
        phase="offer_stack",
        kind=QuestionKind.TABLE,
        name=Bilingual("Bonos", "Bonuses"),
        aliases=("bonus", "extras"),
        text=Bilingual(
            "¿Qué dos a cinco bonos la acompañan y qué objeción u obstáculo quita cada uno?",
            "Which two to five bonuses come with it, and which objection or obstacle does each remove?",
        ),
        example=Bilingual(
            "Formación en planta con los propios técnicos | Los técnicos no querrán usar otra aplicación\n"
            "Carga de datos hecha por nosotros | Implantarlo llevará meses\n"
            "Informe trimestral de ahorro | No se ve el retorno",
            "Training on the shop floor with the technicians themselves | The technicians will not want another "
            "application\n"
            "Data loaded by us | Setting it up will take months\n"
            "Quarterly savings report | The return is not clear",
        ),
        columns=(
            Column(key="name", label=Bilingual("Bono", "Bonus"), unique=True),
            Column(key="removes", label=Bilingual("Qué quita", "What it removes"), options=_removable_choices),
        ),
        minimum=2,
        maximum=5,
    ),
    _text(
        "guarantee",
        "offer_stack",
        Bilingual("Garantía", "Guarantee"),
        Bilingual("¿Qué garantía ofrecemos?", "Which guarantee do we offer?"),
        Bilingual(
            "Si en seis meses no bajan las paradas, devolvemos la cuota pagada",
            "If stops have not gone down within six months, we give back the fee paid",
        ),
    ),
    _text(
        "urgency",
        "offer_stack",
        Bilingual("Escasez o urgencia", "Scarcity or urgency"),
        Bilingual("¿Qué razón verdadera hay para decidir ahora?", "What true reason is there to decide now?"),
        Bilingual("Solo ponemos en marcha cuatro plantas cada trimestre", "We set up only four plants each quarter"),
        aliases=("urgencia", "escasez", "scarcity"),
    ),
    Question(
        key="price",
        phase="offer_stack",
        kind=QuestionKind.MONEY,
        name=Bilingual("Precio", "Price"),
        aliases=("precio de la oferta", "offer price"),
        text=Bilingual("¿Qué precio tiene la oferta?", "What is the price of the offer?"),
        example=Bilingual("6.000 €", "€6,000"),
        minimum=Decimal("0.01"),
    ),
    Question(
        key="anchor_price",
        phase="offer_stack",
        kind=QuestionKind.MONEY,
        name=Bilingual("Precio de referencia", "Anchor price"),
        aliases=("ancla", "precio ancla", "anchor"),
        text=Bilingual(
            "¿Cuánto costaría todo por separado, es decir, el precio de referencia?",
            "What would it all cost separately, that is, the anchor price?",
        ),
        example=Bilingual("9.500 €", "€9,500"),
        minimum=Decimal("0.01"),
        check=_anchor_not_below_price,
    ),
)
