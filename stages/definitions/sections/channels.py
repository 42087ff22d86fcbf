"""Stage 4 on paper: the channel matrix with its chart, the split, the roadmap."""

from __future__ import annotations

from agents.interview.state import Bilingual
from stages.definitions.layout import Form, Format, Label, Section

SECTIONS = (
    Section(
        key="constraints",
        title=Bilingual("Condiciones", "Constraints"),
        path="constraints",
        form=Form.FIELDS,
        labels=(
            Label("monthly_budget", Bilingual("Presupuesto mensual", "Monthly budget"), Format.MONEY),
            Label("currency", Bilingual("Moneda", "Currency")),
            Label("team", Bilingual("Equipo", "Team")),
            Label("assets", Bilingual("Activos", "Assets"), Format.ITEMS),
            Label("horizon", Bilingual("Horizonte", "Horizon")),
        ),
    ),
    Section(
        key="current_channels",
        title=Bilingual("Canales actuales", "Current channels"),
        path="constraints.current_channels",
        form=Form.TABLE,
        labels=(Label("name", Bilingual("Canal", "Channel")), Label("result", Bilingual("Resultado", "Result"))),
    ),
    Section(
        key="channels",
        title=Bilingual("Canales", "Channels"),
        path="channels",
        form=Form.TABLE,
        labels=(
            Label("name", Bilingual("Canal", "Channel")),
            Label("score", Bilingual("Puntuación", "Score"), Format.NUMBER),
            Label("tier", Bilingual("Nivel", "Tier"), Format.TERM),
            Label("audience_fit", Bilingual("Encaje", "Fit"), Format.NUMBER),
            Label("cost_efficiency", Bilingual("Eficiencia en coste", "Cost efficiency"), Format.NUMBER),
            Label("effort", Bilingual("Esfuerzo", "Effort"), Format.NUMBER),
            Label("days_to_result", Bilingual("Días hasta el resultado", "Days to result"), Format.NUMBER),
            Label("rationale", Bilingual("Razón", "Rationale")),
            Label("sources", Bilingual("Fuentes", "Sources"), Format.ITEMS),
        ),
        chart="score",
    ),
    Section(
        key="budget_split",
        title=Bilingual("Reparto del presupuesto", "Budget split"),
        path="budget_split",
        form=Form.TABLE,
        labels=(
            Label("channel", Bilingual("Canal", "Channel")),
            Label("percent", Bilingual("Porcentaje", "Percentage"), Format.PERCENT),
            Label("amount", Bilingual("Importe al mes", "Amount a month"), Format.MONEY),
        ),
        chart="percent",
    ),
    Section(
        key="roadmap",
        title=Bilingual("Hoja de ruta", "Roadmap"),
        path="roadmap",
        form=Form.TABLE,
        labels=(
            Label("week", Bilingual("Semana", "Week"), Format.NUMBER),
            Label("action", Bilingual("Acción", "Action")),
            Label("owner", Bilingual("Responsable", "Owner")),
        ),
    ),
)
