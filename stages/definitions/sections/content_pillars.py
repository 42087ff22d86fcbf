"""Stage 5 on paper: pillars, clusters, keywords, checklist."""

from __future__ import annotations

from agents.interview.state import Bilingual
from stages.definitions.layout import Form, Format, Label, Section

CHECKLIST_LABELS = {
    "structured_data": Bilingual("Datos estructurados", "Structured data"),
    "question_and_answer": Bilingual("Pregunta y respuesta", "Question and answer"),
    "entities": Bilingual("Entidades", "Entities"),
    "voice": Bilingual("Voz", "Voice"),
}

SECTIONS = (
    Section(
        key="pillars",
        title=Bilingual("Pilares", "Pillars"),
        path="pillars",
        form=Form.TABLE,
        labels=(
            Label("name", Bilingual("Pilar", "Pillar")),
            Label("description", Bilingual("Descripción", "Description")),
            Label("persona_pain", Bilingual("Dolor", "Pain")),
            Label("search_intent", Bilingual("Intención", "Intent"), Format.TERM),
            Label("opportunity", Bilingual("Oportunidad", "Opportunity"), Format.NUMBER),
        ),
        chart="opportunity",
    ),
    Section(
        key="clusters",
        title=Bilingual("Grupos", "Clusters"),
        path="clusters",
        form=Form.TABLE,
        labels=(
            Label("pillar", Bilingual("Pilar", "Pillar")),
            Label("hub_page", Bilingual("Página central", "Hub page")),
            Label("spokes", Bilingual("Contenidos", "Pieces"), Format.ITEMS),
            Label("questions", Bilingual("Preguntas", "Questions"), Format.ITEMS),
        ),
    ),
    Section(
        key="keywords",
        title=Bilingual("Palabras clave", "Keywords"),
        path="keywords",
        form=Form.TABLE,
        labels=(
            Label("keyword", Bilingual("Palabra clave", "Keyword")),
            Label("intent", Bilingual("Intención", "Intent"), Format.TERM),
            Label("pillar", Bilingual("Pilar", "Pillar")),
            Label("priority", Bilingual("Prioridad", "Priority"), Format.TERM),
            Label("volume", Bilingual("Volumen", "Volume"), Format.NUMBER),
            Label("difficulty", Bilingual("Dificultad", "Difficulty"), Format.NUMBER),
        ),
    ),
    Section(
        key="aeo_checklist",
        title=Bilingual("Lista para motores de respuesta", "Answer-engine checklist"),
        path="aeo_checklist",
        form=Form.FIELDS,
        labels=tuple(Label(key, title, Format.ITEMS) for key, title in CHECKLIST_LABELS.items()),
    ),
)
