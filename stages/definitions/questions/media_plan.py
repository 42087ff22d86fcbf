"""Stage 7: benchmarks, allocation and forecast."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from agents.interview.parsing.words import fault
from agents.interview.rendering import render_decimal
from agents.interview.research import ASSUMPTION
from agents.interview.state import (
    Answers,
    Bilingual,
    Choice,
    Column,
    InterviewContext,
    Offered,
    Origin,
    ParseFault,
    Phase,
    Question,
    QuestionKind,
)
from stages.definitions.benchmarks import LABELS, Range, is_priced, ranges
from stages.definitions.questions import cues
from stages.definitions.questions.cues import with_cues
from stages.definitions.questions.stretches import given_for
from stages.definitions.texts import same

PHASES = (
    Phase("benchmarks", Bilingual("Referencias", "Benchmarks")),
    Phase("allocation", Bilingual("Reparto", "Allocation")),
    Phase("forecast", Bilingual("Previsión", "Forecast")),
)
MONTHS_PLANNED = 3
_THE_MONTHS = Bilingual("en los tres meses", "over the three months")


def _stage4(context: InterviewContext) -> dict[str, Any]:
    return dict(context.earlier.get("channels", {}))


def chosen_names(context: InterviewContext) -> list[str]:
    """The primary and secondary channels of stage 4, best first."""
    return [row["name"] for row in _stage4(context).get("channels", []) if row["tier"] in ("primary", "secondary")]


def planned_names(answers: Answers, context: InterviewContext) -> list[str]:
    """The channels of the plan: those chosen, and the experiment."""
    names = chosen_names(context)
    named = [row["channel"] for row in answers.get("experiment") or []]
    return names + [name for name in named if not any(same(name, other) for other in names)]


def _planned(answers: Answers, context: InterviewContext) -> tuple[Choice, ...]:
    return tuple(Choice.of_text(name) for name in planned_names(answers, context))


def _reasoned(rows: list[dict[str, Any]], _answers: Answers, context: InterviewContext) -> ParseFault | None:
    listed = [row["name"] for row in _stage4(context).get("channels", [])]
    for row in rows:
        if not row["reason"] and not any(same(row["channel"], name) for name in listed):
            name = row["channel"]
            return fault(
                f"«{name}» no está entre los canales de la etapa 4: escribe también la razón, «{name} | razón».",
                f"“{name}” is not among the channels of stage 4: write the reason too, “{name} | reason”.",
            )
    return None


def _benchmarks(answers: Answers, context: InterviewContext) -> Offered | None:
    """The typical figures of each channel, with the range they are from."""
    if not is_priced(_stage4(context).get("constraints", {}).get("currency", "")):
        return None
    rows = []
    for name in planned_names(answers, context):
        found = ranges(name)
        figures = {key: figure.typical for key, figure in found.items()}
        rows.append({"channel": name, **figures, "source": _assumed(found, context.language)})
    return Offered(rows, Origin.ASSUMPTION) if rows else None


def _as_assumptions(
    _example: list[dict[str, Any]], answers: Answers, context: InterviewContext, language: str
) -> list[dict[str, Any]] | None:
    """Where costs have no default, in a currency far from the euro, an example is no source either."""
    rows = []
    for name in planned_names(answers, context):
        figures = {key: figure.typical for key, figure in ranges(name).items()}
        rows.append({"channel": name, **figures, "source": ASSUMPTION.of(language)})
    return rows or None


def _assumed(found: Mapping[str, Range], language: str) -> str:
    """What stands where a source would: that there is none, and between which figures one chose."""
    names = Bilingual("CPM CTR conversión cierre", "CPM CTR conversion close").of(language).split()
    units = ("", " %", " %", " %") if language == "es" else ("", "%", "%", "%")
    parts = [
        f"{name} {render_decimal(Decimal(figure.low), language)}–{render_decimal(Decimal(figure.high), language)}{unit}"
        for name, figure, unit in zip(names, found.values(), units, strict=True)
    ]
    return f"{ASSUMPTION.of(language)} ({'; '.join(parts)})"


def _total(_answers: Answers, context: InterviewContext) -> Offered | None:
    constraints = _stage4(context).get("constraints")
    if not constraints:
        return None
    amount = Decimal(constraints["monthly_budget"]) * MONTHS_PLANNED
    return Offered(
        {"amount": str(amount.quantize(Decimal("0.01"))), "currency": constraints["currency"]}, Origin.COMPUTED
    )


def _spendable(value: dict[str, Any], _answers: Answers, context: InterviewContext) -> ParseFault | None:
    """For the three months, and in the currency of the price."""
    return given_for(value, MONTHS_PLANNED, _THE_MONTHS) or _in_price_currency(value, context)


def _minimums(rows: list[dict[str, Any]], _answers: Answers, context: InterviewContext) -> ParseFault | None:
    faults = (_spendable(row["amount"], {}, context) for row in rows)
    return next((found for found in faults if found), None)


def _in_price_currency(value: dict[str, Any], context: InterviewContext) -> ParseFault | None:
    currency = context.earlier.get("offer", {}).get("offer", {}).get("currency", value["currency"])
    if value["currency"] == currency:
        return None
    return fault(
        f"El precio de la etapa 3 está en {currency}: da el presupuesto en esa moneda para poder calcular el retorno.",
        f"The price of stage 3 is in {currency}: give the budget in that currency so that the return can be computed.",
    )


def _start(_answers: Answers, context: InterviewContext) -> Offered | None:
    day = context.earlier.get("editorial_calendar", {}).get("cadence", {}).get("start_date")
    return Offered(day) if day else None


def _rate(key: str, likely_maximum: int) -> Column:
    return Column(key=key, label=LABELS[key], kind=QuestionKind.PERCENT, likely_maximum=likely_maximum, cited=True)


_ASKED = (
    Question(
        key="experiment",
        phase="benchmarks",
        kind=QuestionKind.TABLE,
        name=Bilingual("Experimento", "Experiment"),
        aliases=("canal experimental", "experimental channel"),
        text=Bilingual(
            "¿Qué canal probamos como experimento, de la lista o nuevo (entonces con su razón)? Escribe «ninguno» si "
            "no hay.",
            "Which channel do we try as an experiment, from the list or new (then with its reason)? Write “none” if "
            "there is none.",
        ),
        example=Bilingual(
            "YouTube | Los vídeos cortos de averías reales se comparten entre técnicos",
            "YouTube | Short videos of real breakdowns are shared among technicians",
        ),
        columns=(
            Column(key="channel", label=Bilingual("Canal", "Channel")),
            Column(key="reason", label=Bilingual("Razón", "Reason"), required=False),
        ),
        maximum=1,
        allow_none=True,
        check=_reasoned,
        help=Bilingual(
            "Un 10 % del gasto se reserva para probar un canal del que aún no se sabe nada.",
            "One tenth of the spending is kept for trying a channel of which nothing is known yet.",
        ),
    ),
    Question(
        key="benchmarks",
        phase="benchmarks",
        kind=QuestionKind.TABLE,
        name=Bilingual("Referencias por canal", "Benchmarks by channel"),
        aliases=("referencias", "cpm", "ctr", "benchmarks"),
        text=Bilingual(
            "¿Qué CPM, CTR, tasa de conversión y tasa de cierre usamos en cada canal, y de dónde salen?",
            "Which CPM, CTR, conversion rate and close rate do we use for each channel, and where do they come from?",
        ),
        example=Bilingual(
            "LinkedIn | 35 € | 0,9 % | 5 % | 12 % | campañas del último año\n"
            "Google Ads | 45 € | 3,5 % | 4 % | 10 % | campañas del último año\n"
            "Newsletter | 20 € | 2,5 % | 3 % | 8 % | supuesto\n"
            "Webinars | 40 € | 2 % | 10 % | 8 % | supuesto\n"
            "Ferias | 60 € | 4 % | 6 % | 10 % | supuesto\n"
            "YouTube | 12 € | 0,6 % | 2,5 % | 10 % | supuesto",
            "LinkedIn | €35 | 0.9% | 5% | 12% | last year's campaigns\n"
            "Google Ads | €45 | 3.5% | 4% | 10% | last year's campaigns\n"
            "Newsletter | €20 | 2.5% | 3% | 8% | assumption\n"
            "Webinars | €40 | 2% | 10% | 8% | assumption\n"
            "Trade fairs | €60 | 4% | 6% | 10% | assumption\n"
            "YouTube | €12 | 0.6% | 2.5% | 10% | assumption",
        ),
        columns=(
            Column(key="channel", label=Bilingual("Canal", "Channel"), options=_planned, covers=True, unique=True),
            Column(key="cpm", label=LABELS["cpm"], kind=QuestionKind.NUMBER, minimum=0, is_money=True, cited=True),
            _rate("ctr", 10),
            _rate("conversion_rate", 30),
            _rate("close_rate", 100),
            Column(key="source", label=Bilingual("Fuente", "Source"), required=False),
        ),
        maximum=60,
        offer=_benchmarks,
        fit=_as_assumptions,
        help=Bilingual(
            "CPM es el coste de mil impresiones; CTR, los clics por cada cien impresiones; conversión, los contactos "
            "por cada cien clics; cierre, las ventas por cada cien contactos. Si no hay datos propios, la propuesta "
            "son supuestos y así quedan marcados.",
            "CPM is the cost of a thousand impressions; CTR, the clicks per hundred impressions; conversion, the "
            "leads per hundred clicks; close, the sales per hundred leads. Without data of your own the proposal is "
            "made of assumptions, and marked so.",
        ),
    ),
    Question(
        key="total",
        phase="allocation",
        kind=QuestionKind.MONEY,
        name=Bilingual("Presupuesto total", "Total budget"),
        aliases=("presupuesto", "budget", "total"),
        text=Bilingual(
            "¿Cuál es el presupuesto total de los tres meses?", "What is the total budget for the three months?"
        ),
        example=Bilingual("12.000 €", "€12,000"),
        minimum=Decimal("0.01"),
        check=_spendable,
        offer=_total,
    ),
    Question(
        key="contingency",
        phase="allocation",
        kind=QuestionKind.PERCENT,
        name=Bilingual("Reserva para imprevistos", "Contingency"),
        aliases=("reserva", "imprevistos", "contingencia"),
        text=Bilingual("¿Qué porcentaje reservamos para imprevistos?", "Which percentage is kept as a contingency?"),
        example=Bilingual("5 %", "5%"),
        maximum=50,
        help=Bilingual(
            "La parte del total que no se reparte entre canales, por si algo cambia.",
            "The part of the total that is not given to channels, in case something changes.",
        ),
    ),
    Question(
        key="minimum_spend",
        phase="allocation",
        kind=QuestionKind.TABLE,
        name=Bilingual("Gasto mínimo por canal", "Minimum spend a channel"),
        aliases=("gasto minimo", "minimos", "minimum spend"),
        text=Bilingual(
            "¿Qué gasto mínimo, en los tres meses, necesita algún canal para tener sentido? Escribe «ninguno» si no "
            "lo hay.",
            "Which minimum spend over the three months does a channel need to make sense? Write “none” if there is "
            "none.",
        ),
        example=Bilingual("LinkedIn | 1.500 €\nGoogle Ads | 1.000 €", "LinkedIn | €1,500\nGoogle Ads | €1,000"),
        columns=(
            Column(key="channel", label=Bilingual("Canal", "Channel"), options=_planned, unique=True),
            Column(key="amount", label=Bilingual("Mínimo", "Minimum"), kind=QuestionKind.MONEY),
        ),
        maximum=60,
        allow_none=True,
        check=_minimums,
        help=Bilingual(
            "Por debajo de cierto gasto un canal no llega a aprender ni a dar resultados; si el plan no lo alcanza, "
            "avisará.",
            "Below a certain spending a channel neither learns nor yields; if the plan misses it, it will say so.",
        ),
    ),
    Question(
        key="start",
        phase="forecast",
        kind=QuestionKind.DATE,
        name=Bilingual("Inicio de la inversión", "Start of the spending"),
        aliases=("inicio", "fecha de inicio", "start date"),
        text=Bilingual("¿Qué día empieza la inversión?", "On which day does the spending start?"),
        example=Bilingual("El próximo lunes", "Next Monday"),
        offer=_start,
    ),
)
QUESTIONS = with_cues(_ASKED, cues.MEDIA)
