"""Stage 2 on paper: the journey in fifteen columns, narratives, CRM."""

from __future__ import annotations

from agents.interview.state import Bilingual
from stages.definitions.layout import Form, Format, Label, Section

COLUMNS = {
    "persona": Bilingual("Persona", "Persona"),
    "phase": Bilingual("Fase", "Phase"),
    "trigger": Bilingual("Detonante", "Trigger"),
    "need": Bilingual("Necesidad", "Need"),
    "key_questions": Bilingual("Preguntas clave", "Key questions"),
    "obstacles": Bilingual("Obstáculos", "Obstacles"),
    "information_sought": Bilingual("Información que busca", "Information sought"),
    "criteria": Bilingual("Criterios", "Criteria"),
    "actors": Bilingual("Actores", "Actors"),
    "content": Bilingual("Contenido", "Content"),
    "formats": Bilingual("Formatos", "Formats"),
    "cta": Bilingual("Llamada a la acción", "Call to action"),
    "kpis": Bilingual("Indicadores", "KPIs"),
    "crm_properties": Bilingual("Propiedades del CRM", "CRM properties"),
    "notes": Bilingual("Notas", "Notes"),
}

SECTIONS = (
    Section(
        key="journey",
        title=Bilingual("Recorrido", "Journey"),
        path="rows",
        form=Form.TABLE,
        labels=tuple(
            Label(key, title, Format.TERM if key == "phase" else Format.TEXT) for key, title in COLUMNS.items()
        ),
    ),
    Section(
        key="narrative",
        title=Bilingual("Narrativa por fase", "Narrative by phase"),
        path="narrative",
        form=Form.TABLE,
        labels=(Label("phase", COLUMNS["phase"], Format.TERM), Label("text", Bilingual("Narrativa", "Narrative"))),
    ),
    Section(
        key="crm",
        title=Bilingual("CRM", "CRM"),
        path="crm",
        form=Form.FIELDS,
        labels=(
            Label("lifecycle_stages", Bilingual("Etapas del ciclo de vida", "Lifecycle stages"), Format.ITEMS),
            Label("lists", Bilingual("Listas", "Lists"), Format.ITEMS),
            Label("workflows", Bilingual("Flujos", "Workflows"), Format.ITEMS),
            Label("properties", Bilingual("Propiedades", "Properties"), Format.ITEMS),
        ),
    ),
    Section(
        key="lead_scoring",
        title=Bilingual("Puntuación de contactos", "Lead scoring"),
        path="crm.lead_scoring",
        form=Form.TABLE,
        labels=(
            Label("signal", Bilingual("Señal", "Signal")),
            Label("points", Bilingual("Puntos", "Points"), Format.NUMBER),
        ),
    ),
)
