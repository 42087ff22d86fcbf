"""Stage 1 on paper: persona card, narrative, graded table."""

from __future__ import annotations

from agents.interview.parsing.grades import LEVELS
from agents.interview.state import Bilingual
from stages.definitions.layout import Form, Format, Label, Section

PERSONA_LABELS = {
    "name": Bilingual("Nombre", "Name"),
    "demographics": Bilingual("Datos demográficos", "Demographics"),
    "professional_context": Bilingual("Contexto profesional", "Professional context"),
    "goals": Bilingual("Metas", "Goals"),
    "challenges": Bilingual("Retos", "Challenges"),
    "motivations": Bilingual("Motivaciones", "Motivations"),
    "objections": Bilingual("Objeciones", "Objections"),
    "behaviours": Bilingual("Comportamientos", "Behaviours"),
    "information_sources": Bilingual("Fuentes de información", "Information sources"),
}
_PLAIN = ("name", "demographics", "professional_context")
_BUSINESS_LABELS = {
    "industry": Bilingual("Industria", "Industry"),
    "offering": Bilingual("Productos o servicios", "Products or services"),
    "problem": Bilingual("Problema que resuelve", "Problem solved"),
    "differentiator": Bilingual("Diferenciador", "Differentiator"),
    "acquisition": Bilingual("Captación de clientes", "Customer acquisition"),
    "ticket": Bilingual("Ticket y ciclo de venta", "Ticket and sales cycle"),
    "goal": Bilingual("Objetivo a 12 meses", "12-month goal"),
}

SECTIONS = (
    Section(
        key="consultant",
        title=Bilingual("Consultoría", "Consultancy"),
        path="consultant",
        form=Form.FIELDS,
        labels=(
            Label("name", Bilingual("Consultor", "Consultant")),
            Label("company", Bilingual("Empresa", "Company")),
            Label("website", Bilingual("Web", "Website")),
            Label("date", Bilingual("Fecha", "Date"), Format.DATE),
        ),
    ),
    Section(
        key="persona",
        title=Bilingual("Buyer persona", "Buyer persona"),
        path="persona",
        form=Form.FIELDS,
        labels=tuple(
            Label(key, title, Format.TEXT if key in _PLAIN else Format.ITEMS) for key, title in PERSONA_LABELS.items()
        ),
    ),
    Section(key="narrative", title=Bilingual("Narrativa", "Narrative"), path="persona.narrative", form=Form.PROSE),
    Section(
        key="scaling_up",
        title=Bilingual("Tabla de graduación", "Grading table"),
        path="scaling_up",
        form=Form.TABLE,
        labels=(
            Label("criterion", Bilingual("Criterio", "Criterion")),
            *(Label(key, title) for key, title in LEVELS.items()),
        ),
    ),
    Section(
        key="business",
        title=Bilingual("Empresa", "Business"),
        path="business",
        form=Form.FIELDS,
        labels=tuple(Label(key, title) for key, title in _BUSINESS_LABELS.items()),
    ),
)
