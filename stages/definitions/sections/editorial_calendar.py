"""Stage 6 on paper: cadence, calendar by week, briefs, workflow."""

from __future__ import annotations

from agents.interview.state import Bilingual
from stages.definitions.layout import Form, Format, Label, Section

SECTIONS = (
    Section(
        key="cadence",
        title=Bilingual("Cadencia", "Cadence"),
        path="cadence",
        form=Form.FIELDS,
        labels=(
            Label("start_date", Bilingual("Inicio", "Start"), Format.DATE),
            Label("excluded_days", Bilingual("Días sin publicar", "Days without publishing"), Format.ITEMS),
            Label("people", Bilingual("Personas", "People"), Format.ITEMS),
        ),
    ),
    Section(
        key="pieces",
        title=Bilingual("Piezas por semana", "Pieces a week"),
        path="cadence.pieces",
        form=Form.TABLE,
        labels=(
            Label("format", Bilingual("Formato", "Format")),
            Label("pieces_a_week", Bilingual("Piezas por semana", "Pieces a week"), Format.NUMBER),
            Label("channel", Bilingual("Canal", "Channel")),
        ),
    ),
    Section(
        key="entries",
        title=Bilingual("Calendario", "Calendar"),
        path="entries",
        form=Form.TABLE,
        labels=(
            Label("week", Bilingual("Semana", "Week"), Format.NUMBER),
            Label("date", Bilingual("Fecha", "Date"), Format.DATE),
            Label("title", Bilingual("Título", "Title")),
            Label("format", Bilingual("Formato", "Format")),
            Label("channel", Bilingual("Canal", "Channel")),
            Label("pillar", Bilingual("Pilar", "Pillar")),
            Label("journey_phase", Bilingual("Fase", "Phase"), Format.TERM),
            Label("keyword", Bilingual("Palabra clave", "Keyword")),
            Label("call_to_action", Bilingual("Llamada a la acción", "Call to action")),
            Label("owner", Bilingual("Responsable", "Owner")),
            Label("status", Bilingual("Estado", "Status"), Format.TERM),
        ),
        chart="pillar",
    ),
    Section(
        key="briefs",
        title=Bilingual("Briefs", "Briefs"),
        path="briefs",
        form=Form.TABLE,
        labels=(
            Label("title", Bilingual("Título", "Title")),
            Label("keyword", Bilingual("Palabra clave", "Keyword")),
            Label("outline", Bilingual("Apartados", "Outline"), Format.ITEMS),
            Label("cta", Bilingual("Llamada a la acción", "Call to action")),
        ),
    ),
    Section(
        key="workflow",
        title=Bilingual("Flujo de aprobación", "Workflow"),
        path="workflow",
        form=Form.TABLE,
        labels=(Label("step", Bilingual("Paso", "Step")), Label("owner", Bilingual("Responsable", "Owner"))),
    ),
)
