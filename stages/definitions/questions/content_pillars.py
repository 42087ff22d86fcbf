"""Stage 5: pillars, clusters, keywords and answer-engine optimisation."""

from __future__ import annotations

from typing import Any

from agents.interview.state import Answers, Bilingual, Choice, Column, InterviewContext, Phase, Question, QuestionKind
from stages.definitions.questions.pillar_examples import fit_clusters, fit_keywords, fit_pillars
from stages.definitions.vocabulary import choices

PHASES = (
    Phase("pillars", Bilingual("Pilares", "Pillars")),
    Phase("clusters_and_keywords", Bilingual("Grupos y palabras clave", "Clusters and keywords")),
    Phase(
        "answer_engine_optimisation", Bilingual("Optimización para motores de respuesta", "Answer-engine optimisation")
    ),
)
INTENTS = choices("informational", "commercial", "transactional", "navigational")
PRIORITIES = choices("high", "medium", "low")
LEAST_PILLARS, MOST_PILLARS = 3, 5


def _pains(_answers: Answers, context: InterviewContext) -> tuple[Choice, ...]:
    persona = context.earlier.get("buyer_persona", {}).get("persona", {})
    return tuple(Choice.of_text(pain) for pain in persona.get("challenges", []))


def _pillars(answers: Answers, _context: InterviewContext) -> tuple[Choice, ...]:
    return tuple(Choice.of_text(row["name"]) for row in answers.get("pillars") or [])


def _checklist(key: str, name: Bilingual, text: Bilingual, example: Bilingual, **more: Any) -> Question:
    return Question(
        key=key,
        phase="answer_engine_optimisation",
        kind=QuestionKind.LIST,
        name=name,
        text=text,
        example=example,
        minimum=1,
        maximum=15,
        **more,
    )


QUESTIONS = (
    Question(
        key="pillars",
        phase="pillars",
        kind=QuestionKind.TABLE,
        name=Bilingual("Pilares de contenido", "Content pillars"),
        aliases=("pilares", "pillars"),
        text=Bilingual(
            "¿Qué tres a cinco pilares de contenido tratamos, a qué dolor responde cada uno y qué oportunidad (1–10) "
            "le ves?",
            "Which three to five content pillars do we cover, which pain does each answer and what opportunity (1–10) "
            "has it?",
        ),
        example=Bilingual(
            "Mantenimiento preventivo | Paradas imprevistas de máquinas | Cómo adelantarse a las averías y medir lo "
            "que cuesta una "
            "parada | informativa | 9\n"
            "Digitalización del taller | Órdenes de trabajo en papel y hojas de cálculo | Cómo pasar del papel a una "
            "aplicación que "
            "los técnicos usen | comercial | 8\n"
            "Auditorías sin sobresaltos | Auditorías preparadas a última hora | Cómo tener los registros listos todo "
            "el año | informativa | 7",
            "Preventive maintenance | Unplanned machine stops | How to stay ahead of breakdowns and measure what a "
            "stop costs | informational | 9\n"
            "Digital workshop | Work orders on paper and spreadsheets | How to move from paper to an application that "
            "technicians "
            "use | commercial | 8\n"
            "Audits without surprises | Audits prepared at the last minute | How to keep records ready all year | "
            "informational | 7",
        ),
        columns=(
            Column(key="name", label=Bilingual("Pilar", "Pillar"), unique=True),
            Column(key="persona_pain", label=Bilingual("Dolor", "Pain"), options=_pains),
            Column(key="description", label=Bilingual("Descripción", "Description")),
            Column(key="search_intent", label=Bilingual("Intención", "Intent"), choices=INTENTS),
            Column(
                key="opportunity",
                label=Bilingual("Oportunidad (1–10)", "Opportunity (1–10)"),
                kind=QuestionKind.NUMBER,
                whole=True,
                minimum=1,
                maximum=10,
            ),
        ),
        minimum=LEAST_PILLARS,
        maximum=MOST_PILLARS,
        fit=fit_pillars,
        help=Bilingual(
            "Un pilar es un tema amplio por el que quieres que te conozcan, y responde a un dolor de la etapa 1. La "
            "intención dice qué busca quien pregunta: informarse, comparar, comprar o llegar a una marca.",
            "A pillar is a broad subject you want to be known for, and it answers a pain of stage 1. The intent says "
            "what the searcher is after: learning, comparing, buying or reaching a brand.",
        ),
    ),
    Question(
        key="clusters",
        phase="clusters_and_keywords",
        kind=QuestionKind.TABLE,
        name=Bilingual("Grupos de contenido", "Content clusters"),
        aliases=("grupos", "clusters"),
        text=Bilingual(
            "¿Qué página central tiene cada pilar, qué cinco a diez contenidos la rodean y qué preguntas responde? "
            "Dentro de una celda, "
            "separa con punto y coma.",
            "What is the hub page of each pillar, which five to ten pieces surround it and which questions does it "
            "answer? Within a "
            "cell, separate with semicolons.",
        ),
        example=Bilingual(
            "Mantenimiento preventivo | Guía del mantenimiento preventivo en fábricas | Cuánto cuesta una hora de "
            "parada; Plan "
            "preventivo en cinco pasos; Indicadores de mantenimiento que importan; Averías repetidas y sus causas; "
            "Cómo priorizar "
            "máquinas críticas | cómo reducir las paradas imprevistas; cada cuánto revisar una máquina\n"
            "Digitalización del taller | Guía para digitalizar el taller | Del papel a la aplicación en tres semanas; "
            "Cómo conseguir "
            "que los técnicos la usen; Qué datos pedir al ERP; Errores al implantar un sistema de mantenimiento; "
            "Comparativa de "
            "sistemas de mantenimiento | qué programa usar para órdenes de trabajo; cuánto se tarda en implantarlo\n"
            "Auditorías sin sobresaltos | Guía de auditorías de mantenimiento | Registros que pide un auditor; Lista "
            "de comprobación "
            "antes de la auditoría; Cómo demostrar el preventivo hecho; Trazabilidad de una intervención; Informe "
            "mensual para "
            "dirección | qué documentos revisa una auditoría; cómo preparar una auditoría en una semana",
            "Preventive maintenance | Guide to preventive maintenance in factories | What an hour of downtime costs; "
            "A preventive plan "
            "in five steps; Maintenance indicators that matter; Repeated breakdowns and their causes; How to rank "
            "critical machines | "
            "how to reduce unplanned stops; how often to check a machine\n"
            "Digital workshop | Guide to the digital workshop | From paper to application in three weeks; How to get "
            "technicians to "
            "use it; Which data to ask of the ERP; Mistakes when setting up a maintenance system; Comparison of "
            "maintenance systems | "
            "which program to use for work orders; how long it takes to set up\n"
            "Audits without surprises | Guide to maintenance audits | Records an auditor asks for; Checklist before "
            "the audit; How to "
            "prove preventive work done; Tracing a repair; Monthly report for management | which documents an audit "
            "checks; how to "
            "prepare an audit within a week",
        ),
        columns=(
            Column(key="pillar", label=Bilingual("Pilar", "Pillar"), options=_pillars, covers=True, unique=True),
            Column(key="hub_page", label=Bilingual("Página central", "Hub page")),
            Column(
                key="spokes",
                label=Bilingual("Contenidos (5–10)", "Pieces (5–10)"),
                kind=QuestionKind.LIST,
                minimum=5,
                maximum=10,
            ),
            Column(key="questions", label=Bilingual("Preguntas", "Questions"), kind=QuestionKind.LIST),
        ),
        maximum=MOST_PILLARS,
        quotes_questions=True,
        fit=fit_clusters,
        help=Bilingual(
            "La página central trata el pilar entero; los contenidos que la rodean tratan cada parte y enlazan con "
            "ella.",
            "The hub page covers the whole pillar; the pieces around it cover each part and link to it.",
        ),
    ),
    Question(
        key="keywords",
        phase="clusters_and_keywords",
        kind=QuestionKind.TABLE,
        name=Bilingual("Palabras clave", "Keywords"),
        aliases=("palabras", "keywords"),
        text=Bilingual(
            "¿Qué palabras clave perseguimos en cada pilar? El volumen y la dificultad, solo si una fuente los da.",
            "Which keywords do we pursue in each pillar? Volume and difficulty only if a source gives them.",
        ),
        example=Bilingual(
            "mantenimiento preventivo industrial | Mantenimiento preventivo | informativa | alta\n"
            "reducir paradas de máquina | Mantenimiento preventivo | comercial | alta\n"
            "software de mantenimiento | Digitalización del taller | comercial | alta\n"
            "órdenes de trabajo digitales | Digitalización del taller | transaccional | media\n"
            "auditoría de mantenimiento | Auditorías sin sobresaltos | informativa | media\n"
            "registro de mantenimiento | Auditorías sin sobresaltos | informativa | baja",
            "industrial preventive maintenance | Preventive maintenance | informational | high\n"
            "reduce machine downtime | Preventive maintenance | commercial | high\n"
            "maintenance software | Digital workshop | commercial | high\n"
            "digital work orders | Digital workshop | transactional | medium\n"
            "maintenance audit | Audits without surprises | informational | medium\n"
            "maintenance records | Audits without surprises | informational | low",
        ),
        columns=(
            Column(key="keyword", label=Bilingual("Palabra clave", "Keyword"), unique=True),
            Column(key="pillar", label=Bilingual("Pilar", "Pillar"), options=_pillars),
            Column(key="intent", label=Bilingual("Intención", "Intent"), choices=INTENTS),
            Column(key="priority", label=Bilingual("Prioridad", "Priority"), choices=PRIORITIES),
            Column(
                key="volume",
                label=Bilingual("Volumen", "Volume"),
                kind=QuestionKind.NUMBER,
                required=False,
                minimum=0,
            ),
            Column(
                key="difficulty",
                label=Bilingual("Dificultad", "Difficulty"),
                kind=QuestionKind.NUMBER,
                required=False,
                minimum=0,
                maximum=100,
            ),
        ),
        maximum=200,
        fit=fit_keywords,
        help=Bilingual(
            "Las frases que la gente escribe al buscar. Volumen y dificultad se dejan vacíos si ninguna fuente los da.",
            "The phrases people type when searching. Volume and difficulty stay empty if no source gives them.",
        ),
    ),
    _checklist(
        "structured_data",
        Bilingual("Datos estructurados", "Structured data"),
        Bilingual("¿Qué datos estructurados llevará la web?", "Which structured data will the website carry?"),
        Bilingual(
            "Organization en la portada; FAQPage en cada guía; Article con autor",
            "Organization on the home page; FAQPage in each guide; Article with author",
        ),
        help=Bilingual(
            "Marcas en el código de la web (schema.org) que dicen a los buscadores qué es cada cosa.",
            "Marks in the website's code (schema.org) that tell search engines what each thing is.",
        ),
    ),
    _checklist(
        "question_and_answer",
        Bilingual("Forma de pregunta y respuesta", "Question-and-answer form"),
        Bilingual("¿Cómo se escriben las preguntas y sus respuestas?", "How are questions and their answers written?"),
        Bilingual(
            "La pregunta como título; respuesta de dos frases al principio; después el detalle con cifras",
            "The question as the heading; a two-sentence answer first; then the detail with figures",
        ),
        help=Bilingual(
            "Los motores de respuesta citan párrafos que contestan una pregunta de forma directa.",
            "Answer engines quote paragraphs that answer a question directly.",
        ),
    ),
    _checklist(
        "entities",
        Bilingual("Entidades", "Entities"),
        Bilingual(
            "¿Qué entidades (marca, personas, conceptos) deben quedar claras en la web?",
            "Which entities (brand, people, concepts) must be clear on the website?",
        ),
        Bilingual(
            "La marca y su sector; los autores y su experiencia; los tipos de mantenimiento",
            "The brand and its industry; the authors and their experience; the types of maintenance",
        ),
        help=Bilingual(
            "Las cosas con nombre que un buscador debe reconocer: marca, personas, productos, conceptos.",
            "The named things a search engine should recognise: brand, people, products, concepts.",
        ),
    ),
    _checklist(
        "voice",
        Bilingual("Búsqueda por voz", "Voice search"),
        Bilingual("¿Qué se hará para las búsquedas por voz?", "What will be done for voice searches?"),
        Bilingual(
            "Frases cortas que se entienden al oírlas; preguntas tal como se dicen en planta",
            "Short sentences that can be understood when heard; questions as they are said on the shop floor",
        ),
    ),
)
