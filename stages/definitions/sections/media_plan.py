"""Stage 7 on paper: lines, totals, months, alerts."""

from __future__ import annotations

from agents.interview.state import Bilingual
from stages.definitions.layout import Form, Format, Label, Section

_RESULTS = (
    Label("impressions", Bilingual("Impresiones", "Impressions"), Format.NUMBER),
    Label("clicks", Bilingual("Clics", "Clicks"), Format.NUMBER),
    Label("leads", Bilingual("Contactos", "Leads"), Format.NUMBER),
    Label("cpl", Bilingual("Coste por contacto", "Cost per lead"), Format.MONEY),
    Label("sales", Bilingual("Ventas", "Sales"), Format.NUMBER),
    Label("cac", Bilingual("Coste por venta", "Cost per sale"), Format.MONEY),
    Label("revenue", Bilingual("Ingresos", "Revenue"), Format.MONEY),
    Label("roas", Bilingual("ROAS", "ROAS"), Format.NUMBER),
)

SECTIONS = (
    Section(
        key="totals",
        title=Bilingual("Totales", "Totals"),
        path="totals",
        form=Form.FIELDS,
        labels=(
            Label("total", Bilingual("Presupuesto total", "Total budget"), Format.MONEY),
            Label("contingency", Bilingual("Reserva", "Contingency"), Format.MONEY),
            Label("budget", Bilingual("Gasto planificado", "Planned spending"), Format.MONEY),
            Label("price", Bilingual("Precio de venta", "Sales price"), Format.MONEY),
            *_RESULTS,
        ),
    ),
    Section(
        key="lines",
        title=Bilingual("Plan de medios", "Media plan"),
        path="lines",
        form=Form.TABLE,
        labels=(
            Label("channel", Bilingual("Canal", "Channel")),
            Label("bucket", Bilingual("Grupo", "Bucket"), Format.TERM),
            Label("budget", Bilingual("Presupuesto", "Budget"), Format.MONEY),
            Label("share", Bilingual("Cuota", "Share"), Format.PERCENT),
            *_RESULTS,
            Label("start", Bilingual("Inicio", "Start"), Format.DATE),
            Label("end", Bilingual("Fin", "End"), Format.DATE),
        ),
        chart="budget",
    ),
    Section(
        key="assumptions",
        title=Bilingual("Supuestos y fuentes", "Assumptions and sources"),
        path="lines",
        form=Form.TABLE,
        labels=(
            Label("channel", Bilingual("Canal", "Channel")),
            Label("cpm", Bilingual("CPM", "CPM"), Format.MONEY),
            Label("ctr", Bilingual("CTR", "CTR"), Format.RATE),
            Label("conversion_rate", Bilingual("Tasa de conversión", "Conversion rate"), Format.RATE),
            Label("close_rate", Bilingual("Tasa de cierre", "Close rate"), Format.RATE),
            Label("source", Bilingual("Fuente", "Source")),
            Label("reason", Bilingual("Razón", "Reason")),
        ),
    ),
    Section(
        key="months",
        title=Bilingual("Previsión por mes", "Forecast by month"),
        path="months",
        form=Form.TABLE,
        labels=(
            Label("month", Bilingual("Mes", "Month"), Format.NUMBER),
            Label("stage", Bilingual("Fase", "Stage"), Format.TERM),
            Label("budget", Bilingual("Presupuesto", "Budget"), Format.MONEY),
            Label("conversion", Bilingual("Conversión alcanzada", "Conversion reached"), Format.PERCENT),
            *_RESULTS,
        ),
        chart="revenue",
    ),
    Section(
        key="alerts",
        title=Bilingual("Alertas", "Alerts"),
        path="alerts",
        form=Form.TABLE,
        labels=(
            Label("kind", Bilingual("Tipo", "Kind"), Format.TERM),
            Label("channel", Bilingual("Canal", "Channel")),
            Label("message", Bilingual("Aviso", "Alert")),
        ),
    ),
)
