"""Stage 2, last two phases: the decision, and what comes after the purchase."""

from __future__ import annotations

from agents.interview.state import Bilingual, Choice, Question, QuestionKind
from stages.definitions.questions.journey_making import list_question, of_persona, text_question

_YES_NO = (
    Choice("yes", Bilingual("Sí", "Yes"), ("claro", "vale", "ok", "de acuerdo", "sure", "yes please", "si por favor")),
    Choice("no", Bilingual("No", "No"), ("no gracias", "no thanks", "ahora no", "not now", "mas adelante", "later")),
)
_WITH_DELIGHT = ("delight_wanted", "yes")

CLOSING = (
    list_question(
        "decision_people",
        "decision",
        Bilingual("Personas que intervienen", "People involved"),
        Bilingual("¿Quiénes intervienen en la decisión?", "Who takes part in the decision?"),
        Bilingual("Dirección de planta; finanzas; informática", "Plant management; finance; IT"),
        aliases=("actores", "actors"),
    ),
    list_question(
        "decision_questions",
        "decision",
        Bilingual("Preguntas al decidir", "Questions when deciding"),
        Bilingual("¿Qué preguntas hace justo antes de decidir?", "Which questions are asked just before deciding?"),
        Bilingual(
            "qué pasa si no funciona; quién forma a los técnicos",
            "what happens if it does not work; who trains the technicians",
        ),
        quotes_questions=True,
    ),
    list_question(
        "decision_validation",
        "decision",
        Bilingual("Validación necesaria", "Validation needed"),
        Bilingual("¿Qué necesita comprobar antes de firmar?", "What has to be proved before signing?"),
        Bilingual(
            "Una prueba en una línea; una llamada con un cliente del sector",
            "A trial on one line; a call with a customer in the same industry",
        ),
        help=Bilingual(
            "Las pruebas que pide antes de firmar: una demostración, una referencia, un piloto.",
            "The proof asked for before signing: a demonstration, a reference, a pilot.",
        ),
    ),
    list_question(
        "decision_objections",
        "decision",
        Bilingual("Objeciones al decidir", "Objections when deciding"),
        Bilingual("¿Qué objeciones aparecen al decidir?", "Which objections appear at the moment of deciding?"),
        Bilingual(
            "Los técnicos no querrán usar otra aplicación; implantarlo llevará meses; no se ve el retorno",
            "The technicians will not want another application; setting it up will take months; the return is not "
            "clear",
        ),
        offer=of_persona("objections"),
    ),
    text_question(
        "decision_process",
        "decision",
        Bilingual("Proceso de compra", "Purchase process"),
        Bilingual(
            "¿Qué pasos sigue la compra hasta la firma?", "Which steps does the purchase take until it is signed?"
        ),
        Bilingual(
            "Prueba de dos semanas, propuesta a dirección, visto bueno de finanzas y firma",
            "Two-week trial, proposal to management, approval by finance and signature",
        ),
        help=Bilingual(
            "Los pasos desde el «me interesa» hasta la firma, y quién da cada visto bueno.",
            "The steps from “I am interested” to the signature, and who approves each.",
        ),
    ),
    Question(
        key="delight_wanted",
        phase="delight",
        kind=QuestionKind.CHOICE,
        name=Bilingual("Trabajar la fidelización", "Work on delight"),
        text=Bilingual(
            "¿Quieres trabajar también la fase de fidelización, después de la compra?",
            "Do you want to work on the delight phase too, after the purchase?",
        ),
        example=Bilingual("Sí", "Yes"),
        choices=_YES_NO,
        help=Bilingual(
            "La fidelización es lo que pasa después de comprar: que renueve, recomiende y compre más.",
            "Delight is what happens after the purchase: renewing, recommending, buying more.",
        ),
    ),
    list_question(
        "delight_expectations",
        "delight",
        Bilingual("Expectativas", "Expectations"),
        Bilingual(
            "¿Qué espera el cliente en los primeros meses?", "What does the customer expect in the first months?"
        ),
        Bilingual(
            "Ver menos paradas en un trimestre; un interlocutor que conozca su planta",
            "Fewer stops within a quarter; a contact who knows the plant",
        ),
        only_if=_WITH_DELIGHT,
    ),
    list_question(
        "delight_success",
        "delight",
        Bilingual("Medida del éxito", "Success measure"),
        Bilingual("¿Cómo mide que ha sido un éxito?", "How is success measured?"),
        Bilingual(
            "Horas de parada al mes; porcentaje de trabajo planificado",
            "Hours of downtime a month; share of planned work",
        ),
        only_if=_WITH_DELIGHT,
    ),
    list_question(
        "delight_recommendation",
        "delight",
        Bilingual("Qué le hace recomendar", "What makes them recommend"),
        Bilingual("¿Qué le haría recomendarnos?", "What would make this customer recommend us?"),
        Bilingual(
            "Quedar bien ante dirección; ahorro demostrado con sus datos",
            "Looking good to management; savings proven with their own data",
        ),
        only_if=_WITH_DELIGHT,
    ),
    list_question(
        "delight_upsell",
        "delight",
        Bilingual("Venta adicional", "Upsell"),
        Bilingual("¿Qué más podría comprar después?", "What else could the customer buy later?"),
        Bilingual("Otra planta del grupo; módulo de repuestos", "Another plant of the group; spare parts module"),
        aliases=("upselling", "venta cruzada"),
        only_if=_WITH_DELIGHT,
    ),
)
