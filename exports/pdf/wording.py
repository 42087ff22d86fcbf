"""What the documents say of themselves, in the account's language."""

from __future__ import annotations

from agents.interview.state import Bilingual, Origin

REPORT = Bilingual("Dosier de estrategia", "Strategy dossier")
CONTENTS = Bilingual("Contenido", "Contents")
STAGE = Bilingual("Etapa", "Stage")
OF = Bilingual("de", "of")
VERSION = Bilingual("Versión", "Version")
VERSIONS = Bilingual("Versiones", "Versions")
CLIENT = Bilingual("Cliente", "Client")
DATE = Bilingual("Fecha", "Date")
PREPARED_BY = Bilingual("Preparado por", "Prepared by")
PREPARED_FOR = Bilingual("Preparado para", "Prepared for")
PAGE = Bilingual("Página", "Page")

NOTES = Bilingual("Notas y fuentes", "Notes and sources")
NOTES_GOAL = Bilingual(
    "De dónde sale cada parte, qué es un supuesto y qué páginas se leyeron.",
    "Where each part comes from, what is assumed and which pages were read.",
)
SOURCES = Bilingual("Fuentes", "Sources")
NO_SOURCES = Bilingual(
    "No se consultaron páginas web para este entregable.", "No web pages were consulted for this deliverable."
)
ASSUMED = Bilingual(
    "Lo marcado con † es un supuesto sin fuente o lo contiene: conviene confirmarlo antes de decidir con ello.",
    "What is marked † is, or contains, an assumption without a source: confirm it before deciding on it.",
)
BY_RULES = Bilingual(
    "Compuesto por reglas a partir de las respuestas, sin ningún modelo de lenguaje.",
    "Composed by rules from the answers, without any language model.",
)
ORIGINS = {
    Origin.CLIENT: Bilingual("Dicho por el cliente", "Said by the client"),
    Origin.WEB_SOURCE: Bilingual("De fuentes web", "From web sources"),
    Origin.EARLIER_STAGE: Bilingual("De etapas anteriores", "From earlier stages"),
    Origin.ASSUMPTION: Bilingual("Supuesto †", "Assumed †"),
    Origin.COMPUTED: Bilingual("Calculado o compuesto con reglas", "Computed or composed by rules"),
}

# What a chapter is about, for the client; the stage's own goal speaks to the consultant.
SUBJECTS = {
    "buyer_persona": Bilingual(
        "Quién compra, qué le mueve y qué le frena.", "Who buys, what moves them, what holds them back."
    ),
    "buyers_journey": Bilingual(
        "Del primer síntoma a la recomendación, fase por fase.",
        "From the first symptom to the recommendation, phase by phase.",
    ),
    "offer": Bilingual(
        "Qué se ofrece, por cuánto, con qué garantía, y cómo se cuenta.",
        "What is offered, at what price, with which guarantee, and how it is told.",
    ),
    "channels": Bilingual("Dónde se invierte, cuánto y en qué orden.", "Where to invest, how much and in which order."),
    "content_pillars": Bilingual(
        "Los temas con los que ser la respuesta de quien busca.",
        "The topics on which to be the answer to those who search.",
    ),
    "editorial_calendar": Bilingual(
        "Noventa días de publicaciones, semana a semana.", "Ninety days of publications, week by week."
    ),
    "media_plan": Bilingual(
        "Qué se invierte en cada canal y qué cabe esperar de ello.",
        "What is invested in each channel, and what to expect of it.",
    ),
}

GRADES = {
    "super_green": Bilingual("perfecto", "perfect"),
    "green": Bilingual("ideal", "ideal"),
    "yellow": Bilingual("aceptable", "acceptable"),
    "red": Bilingual("solo por excepción", "only as an exception"),
    "not_eligible": Bilingual("no se vende", "no sale"),
}

SCORES = Bilingual("Puntuación por canal", "Score by channel")
BUDGET_BY_CHANNEL = Bilingual("Presupuesto por canal", "Budget by channel")
A_MONTH = Bilingual("al mes", "a month")
IN_ALL = Bilingual("en total", "in all")
MONTH = Bilingual("Mes", "Month")
PILLAR_SHARES = Bilingual("Peso de cada pilar", "Share of each pillar")
PIECES = Bilingual("contenidos", "pieces")
OPPORTUNITY = Bilingual("Oportunidad por pilar", "Opportunity by pillar")
PILLAR_MAP = Bilingual("Mapa de pilares", "Pillar map")
WEEK = Bilingual("Semana", "Week")
