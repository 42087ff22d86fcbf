"""Stage 2: what moves the buyer from first symptom to promoter, phase by phase."""

from __future__ import annotations

from agents.interview.state import (
    Answers,
    Bilingual,
    Choice,
    InterviewContext,
    Offered,
    OfferRule,
    Phase,
    Question,
    QuestionKind,
)

PHASES = (
    Phase("awareness", Bilingual("Descubrimiento", "Awareness")),
    Phase("consideration", Bilingual("Consideración", "Consideration")),
    Phase("decision", Bilingual("Decisión", "Decision")),
    Phase("delight", Bilingual("Fidelización", "Delight")),
)
_YES_NO = (
    Choice("yes", Bilingual("Sí", "Yes"), ("claro", "vale", "ok", "de acuerdo", "sure", "yes please", "si por favor")),
    Choice("no", Bilingual("No", "No"), ("no gracias", "no thanks", "ahora no", "not now", "mas adelante", "later")),
)
_WITH_DELIGHT = ("delight_wanted", "yes")


def _persona(key: str) -> OfferRule:
    """What stage 1 says of the persona, to be confirmed."""

    def offer(_answers: Answers, context: InterviewContext) -> Offered | None:
        persona = context.earlier.get("buyer_persona", {}).get("persona", {})
        return Offered(list(persona[key])) if persona.get(key) else None

    return offer


def _list(key: str, phase: str, name: Bilingual, text: Bilingual, example: Bilingual, **more: object) -> Question:
    return Question(
        key=key,
        phase=phase,
        kind=QuestionKind.LIST,
        name=name,
        text=text,
        example=example,
        minimum=1,
        maximum=10,
        **more,
    )


def _text(key: str, phase: str, name: Bilingual, text: Bilingual, example: Bilingual, **more: object) -> Question:
    return Question(key=key, phase=phase, kind=QuestionKind.TEXT, name=name, text=text, example=example, **more)


QUESTIONS = (
    _text(
        "awareness_trigger",
        "awareness",
        Bilingual("Detonante", "Trigger"),
        Bilingual(
            "¿Qué suceso le hace darse cuenta de que tiene un problema?",
            "Which event makes this person realise that there is a problem?",
        ),
        Bilingual(
            "Una parada imprevista de la línea principal deja sin servir un pedido importante",
            "An unplanned stop of the main line leaves an important order undelivered",
        ),
        aliases=("disparador",),
    ),
    _list(
        "awareness_symptoms",
        "awareness",
        Bilingual("Síntomas", "Symptoms"),
        Bilingual(
            "¿Qué síntomas nota antes de saber qué solución necesita?",
            "Which symptoms are felt before knowing what solution is needed?",
        ),
        Bilingual(
            "Paradas imprevistas de máquinas; órdenes de trabajo en papel y hojas de cálculo; auditorías preparadas a "
            "última hora",
            "Unplanned machine stops; work orders on paper and spreadsheets; audits prepared at the last minute",
        ),
        offer=_persona("challenges"),
    ),
    _list(
        "awareness_questions",
        "awareness",
        Bilingual("Preguntas al descubrir", "Questions on discovering"),
        Bilingual("¿Qué se pregunta en ese momento?", "What does this person wonder at that point?"),
        Bilingual(
            "cuánto cuesta una hora de parada; cómo se reducen las averías repetidas",
            "what an hour of downtime costs; how to reduce repeated breakdowns",
        ),
        quotes_questions=True,
    ),
    _list(
        "awareness_information",
        "awareness",
        Bilingual("Información y dónde la busca", "Information and where it is sought"),
        Bilingual("¿Qué información busca y dónde?", "What information is sought, and where?"),
        Bilingual(
            "LinkedIn; Google; webinars del sector; ferias industriales",
            "LinkedIn; Google; industry webinars; trade fairs",
        ),
        offer=_persona("information_sources"),
    ),
    _list(
        "awareness_obstacles",
        "awareness",
        Bilingual("Obstáculos al descubrir", "Obstacles on discovering"),
        Bilingual("¿Qué le impide avanzar en esta fase?", "What keeps this person from moving on in this phase?"),
        Bilingual(
            "No tiene datos de sus paradas; dirección cree que las averías son inevitables",
            "There are no data on the stops; management believes that breakdowns are inevitable",
        ),
    ),
    _text(
        "consideration_trigger",
        "consideration",
        Bilingual("Detonante de la consideración", "Trigger of the consideration"),
        Bilingual("¿Qué le lleva a comparar soluciones?", "What leads to comparing solutions?"),
        Bilingual(
            "Dirección pide un plan para reducir las paradas este año",
            "Management asks for a plan to reduce stops this year",
        ),
    ),
    _list(
        "consideration_questions",
        "consideration",
        Bilingual("Preguntas al comparar", "Questions when comparing"),
        Bilingual("¿Qué preguntas se hace al comparar?", "Which questions come up when comparing?"),
        Bilingual(
            "cuánto se tarda en ponerlo en marcha; si encaja con el ERP",
            "how long it takes to set up; whether it fits with the ERP",
        ),
        quotes_questions=True,
    ),
    _list(
        "consideration_information",
        "consideration",
        Bilingual("Información al comparar", "Information when comparing"),
        Bilingual(
            "¿Qué información busca para comparar y dónde?",
            "What information is sought in order to compare, and where?",
        ),
        Bilingual(
            "Casos de plantas parecidas en webinars; comparativas en Google",
            "Cases of similar plants in webinars; comparisons on Google",
        ),
    ),
    _list(
        "consideration_obstacles",
        "consideration",
        Bilingual("Obstáculos al comparar", "Obstacles when comparing"),
        Bilingual("¿Qué obstáculos encuentra al comparar?", "Which obstacles appear when comparing?"),
        Bilingual(
            "Los precios no son públicos; cada proveedor promete lo mismo",
            "Prices are not public; every supplier promises the same",
        ),
    ),
    _list(
        "consideration_criteria",
        "consideration",
        Bilingual("Criterios de comparación", "Comparison criteria"),
        Bilingual("¿Con qué criterios elige entre las opciones?", "By which criteria are the options compared?"),
        Bilingual(
            "Plazo de puesta en marcha; facilidad para los técnicos; precio anual cerrado",
            "Time to set up; ease for the technicians; fixed yearly price",
        ),
    ),
    _list(
        "decision_people",
        "decision",
        Bilingual("Personas que intervienen", "People involved"),
        Bilingual("¿Quiénes intervienen en la decisión?", "Who takes part in the decision?"),
        Bilingual("Dirección de planta; finanzas; informática", "Plant management; finance; IT"),
        aliases=("actores", "actors"),
    ),
    _list(
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
    _list(
        "decision_validation",
        "decision",
        Bilingual("Validación necesaria", "Validation needed"),
        Bilingual("¿Qué necesita comprobar antes de firmar?", "What has to be proved before signing?"),
        Bilingual(
            "Una prueba en una línea; una llamada con un cliente del sector",
            "A trial on one line; a call with a customer in the same industry",
        ),
    ),
    _list(
        "decision_objections",
        "decision",
        Bilingual("Objeciones al decidir", "Objections when deciding"),
        Bilingual("¿Qué objeciones aparecen al decidir?", "Which objections appear at the moment of deciding?"),
        Bilingual(
            "Los técnicos no querrán usar otra aplicación; implantarlo llevará meses; no se ve el retorno",
            "The technicians will not want another application; setting it up will take months; the return is not "
            "clear",
        ),
        offer=_persona("objections"),
    ),
    _text(
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
    ),
    _list(
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
    _list(
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
    _list(
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
    _list(
        "delight_upsell",
        "delight",
        Bilingual("Venta adicional", "Upsell"),
        Bilingual("¿Qué más podría comprar después?", "What else could the customer buy later?"),
        Bilingual("Otra planta del grupo; módulo de repuestos", "Another plant of the group; spare parts module"),
        aliases=("upselling", "venta cruzada"),
        only_if=_WITH_DELIGHT,
    ),
)
