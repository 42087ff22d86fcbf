"""Stage 7: a plan and a forecast in live formulas over the assumptions, and the arithmetic between them."""

from __future__ import annotations

from agents.interview.state import Bilingual
from exports.excel.book import Book
from exports.excel.sections import Sections
from exports.excel.sheets import plain
from exports.excel.sheets.media.assumptions import assumptions
from exports.excel.sheets.media.calculation import calculation
from exports.excel.sheets.media.forecast import forecast
from exports.excel.sheets.media.plan import plan
from exports.excel.sheets.media.values import Values
from exports.excel.styles import Kind
from stages.definitions.media_schema import MediaPlan

PLAN = Bilingual("Plan de medios", "Media plan")
FORECAST = Bilingual("Previsión", "Forecast")
ASSUMPTIONS = Bilingual("Supuestos", "Assumptions")
CALCULATION = Bilingual("Cálculo", "Calculation")
ALERTS = Bilingual("Alertas", "Alerts")
AS_MADE = Bilingual(
    "Las alertas son las del plan tal como se aprobó; la columna «Aviso» del plan cambia con los supuestos.",
    "These are the alerts of the plan as it was approved; the plan's column “Notice” changes with the assumptions.",
)


def lay_out(book: Book) -> None:
    """Media plan, forecast, assumptions, calculation and alerts."""
    values = Values.of(MediaPlan.model_validate(book.output))
    if not (values.plan.lines and values.plan.months):
        plain.lay_out(book)
        return
    sections = Sections(book)
    pages = [book.page(title) for title in (PLAN, FORECAST, ASSUMPTIONS, CALCULATION)]
    inputs = assumptions(book, pages[2], sections, values)
    calculated = calculation(book, pages[3], inputs, values)
    plan(book, pages[0], inputs, calculated, values)
    forecast(book, pages[1], inputs, calculated, values)
    alerts = book.page(ALERTS)
    sections.table(alerts, "alerts")
    alerts.put(0, book.say(AS_MADE), Kind.NOTE)
