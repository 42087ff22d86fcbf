"""Stage 2: what moves the buyer from first symptom to promoter, phase by phase."""

from __future__ import annotations

from agents.interview.state import Bilingual, Phase
from stages.definitions.questions.journey_closing import CLOSING
from stages.definitions.questions.journey_making import list_question, of_persona, text_question

PHASES = (
    Phase("awareness", Bilingual("Descubrimiento", "Awareness")),
    Phase("consideration", Bilingual("Consideración", "Consideration")),
    Phase("decision", Bilingual("Decisión", "Decision")),
    Phase("delight", Bilingual("Fidelización", "Delight")),
)

QUESTIONS = (
    text_question(
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
        help=Bilingual(
            "El detonante es el suceso que abre los ojos: un fallo, una queja, una fecha límite.",
            "The trigger is the event that opens someone's eyes: a failure, a complaint, a deadline.",
        ),
    ),
    list_question(
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
        offer=of_persona("challenges"),
        help=Bilingual(
            "Los síntomas se notan antes de saber la causa: lo que va mal en el día a día.",
            "Symptoms are felt before the cause is known: what goes wrong day by day.",
        ),
    ),
    list_question(
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
    list_question(
        "awareness_information",
        "awareness",
        Bilingual("Información y dónde la busca", "Information and where it is sought"),
        Bilingual("¿Qué información busca y dónde?", "What information is sought, and where?"),
        Bilingual(
            "LinkedIn; Google; webinars del sector; ferias industriales",
            "LinkedIn; Google; industry webinars; trade fairs",
        ),
        offer=of_persona("information_sources"),
    ),
    list_question(
        "awareness_obstacles",
        "awareness",
        Bilingual("Obstáculos al descubrir", "Obstacles on discovering"),
        Bilingual("¿Qué le impide avanzar en esta fase?", "What keeps this person from moving on in this phase?"),
        Bilingual(
            "No tiene datos de sus paradas; dirección cree que las averías son inevitables",
            "There are no data on the stops; management believes that breakdowns are inevitable",
        ),
        help=Bilingual(
            "Lo que hace que se quede como está: falta de datos, de tiempo, de apoyo.",
            "What makes people stay as they are: lack of data, time or support.",
        ),
    ),
    text_question(
        "consideration_trigger",
        "consideration",
        Bilingual("Detonante de la consideración", "Trigger of the consideration"),
        Bilingual("¿Qué le lleva a comparar soluciones?", "What leads to comparing solutions?"),
        Bilingual(
            "Dirección pide un plan para reducir las paradas este año",
            "Management asks for a plan to reduce stops this year",
        ),
    ),
    list_question(
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
    list_question(
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
    list_question(
        "consideration_obstacles",
        "consideration",
        Bilingual("Obstáculos al comparar", "Obstacles when comparing"),
        Bilingual("¿Qué obstáculos encuentra al comparar?", "Which obstacles appear when comparing?"),
        Bilingual(
            "Los precios no son públicos; cada proveedor promete lo mismo",
            "Prices are not public; every supplier promises the same",
        ),
    ),
    list_question(
        "consideration_criteria",
        "consideration",
        Bilingual("Criterios de comparación", "Comparison criteria"),
        Bilingual("¿Con qué criterios elige entre las opciones?", "By which criteria are the options compared?"),
        Bilingual(
            "Plazo de puesta en marcha; facilidad para los técnicos; precio anual cerrado",
            "Time to set up; ease for the technicians; fixed yearly price",
        ),
        help=Bilingual(
            "Aquello en lo que se fija para preferir una opción a otra.",
            "What is looked at to prefer one option over another.",
        ),
    ),
    *CLOSING,
)
