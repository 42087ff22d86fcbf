"""Stage 3: the value equation, the story and the offer."""

from __future__ import annotations

from decimal import Decimal

from agents.interview.parsing.amounts import CENT, parse_money
from agents.interview.parsing.words import fault
from agents.interview.rendering import render_money
from agents.interview.state import (
    Answers,
    Bilingual,
    Choice,
    Column,
    InterviewContext,
    Offered,
    Parsed,
    ParseFault,
    Phase,
    Question,
    QuestionKind,
)
from stages.definitions.questions import cues
from stages.definitions.questions.cues import with_cues
from stages.definitions.questions.offer_message import MESSAGE, text_question

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


def _anchor_for_price(
    example: dict[str, str], answers: Answers, _context: InterviewContext, _language: str
) -> dict[str, str] | None:
    """Half as much again as the price, where the example is below it or several times as high."""
    price = answers.get("price")
    if not price or Decimal(price["amount"]) <= Decimal(example["amount"]) <= 2 * Decimal(price["amount"]):
        return None
    return {"amount": str((Decimal(price["amount"]) * 3 / 2).quantize(CENT)), "currency": price["currency"]}


def _price(_answers: Answers, context: InterviewContext) -> Offered | None:
    """The typical ticket of stage 1."""
    ticket = context.earlier.get("buyer_persona", {}).get("business", {}).get("ticket", "")
    read = parse_money(
        ticket.partition(";")[0], language=context.language, currency=context.currency, minimum=None, maximum=None
    )
    return Offered(read.value) if isinstance(read, Parsed) else None


_ASKED = (
    *MESSAGE,
    text_question(
        "offer_name",
        "offer_stack",
        Bilingual("Nombre de la oferta", "Offer name"),
        Bilingual("¿Cómo se llama la oferta?", "What is the offer called?"),
        Bilingual("Planta sin sobresaltos", "The plant without surprises"),
        aliases=("nombre", "name"),
    ),
    text_question(
        "headline",
        "offer_stack",
        Bilingual("Titular", "Headline"),
        Bilingual("¿Qué titular la resume en una frase?", "Which headline sums it up in one sentence?"),
        Bilingual(
            "Reduce tus paradas a la mitad en seis meses sin cambiar el ERP",
            "Halve your stops within six months without changing the ERP",
        ),
    ),
    text_question(
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
        help=Bilingual(
            "Un bono es un extra que quita una razón concreta para no comprar; por eso cada uno va unido a una "
            "objeción u obstáculo ya recogidos.",
            "A bonus is an extra that removes one particular reason not to buy; so each is tied to an objection or "
            "obstacle on record.",
        ),
    ),
    text_question(
        "guarantee",
        "offer_stack",
        Bilingual("Garantía", "Guarantee"),
        Bilingual("¿Qué garantía ofrecemos?", "Which guarantee do we offer?"),
        Bilingual(
            "Si en seis meses no bajan las paradas, devolvemos la cuota pagada",
            "If stops have not gone down within six months, we give back the fee paid",
        ),
        help=Bilingual(
            "Lo que hacéis si el resultado no llega.",
            "What you do if the result does not come.",
        ),
    ),
    text_question(
        "urgency",
        "offer_stack",
        Bilingual("Escasez o urgencia", "Scarcity or urgency"),
        Bilingual("¿Qué razón verdadera hay para decidir ahora?", "What true reason is there to decide now?"),
        Bilingual("Solo ponemos en marcha cuatro plantas cada trimestre", "We set up only four plants each quarter"),
        aliases=("urgencia", "escasez", "scarcity"),
        help=Bilingual(
            "Un límite verdadero: plazas, fechas, capacidad. Si no lo hay, dilo tal cual.",
            "A true limit: places, dates, capacity. If there is none, say so.",
        ),
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
        offer=_price,
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
        fit=_anchor_for_price,
        help=Bilingual(
            "El precio con el que se compara: lo que costarían por separado todas las partes. No puede ser menor que "
            "el precio.",
            "The price to compare with: what all the parts would cost separately. It cannot be below the price.",
        ),
    ),
)
QUESTIONS = with_cues(_ASKED, cues.OFFER)
