"""Stage 6: cadence, calendar and briefs."""

from __future__ import annotations

from datetime import date
from typing import Any

from agents.interview.parsing.words import fault
from agents.interview.rendering import render_date
from agents.interview.state import (
    Answers,
    Bilingual,
    Choice,
    Column,
    InterviewContext,
    Offered,
    ParseFault,
    Phase,
    Question,
    QuestionKind,
)
from stages.definitions.questions import cues
from stages.definitions.questions.cues import with_cues
from stages.definitions.scheduling import expand, is_workable, last_day, week_of
from stages.definitions.vocabulary import WEEKDAYS, choices

PHASES = (
    Phase("cadence", Bilingual("Cadencia", "Cadence")),
    Phase("calendar", Bilingual("Calendario", "Calendar")),
    Phase("briefs", Bilingual("Briefs", "Briefs")),
)
MOST_PIECES = 50


def _channels(_answers: Answers, context: InterviewContext) -> tuple[Choice, ...]:
    rows = context.earlier.get("channels", {}).get("channels", [])
    return tuple(Choice.of_text(row["name"]) for row in rows if row["tier"] in ("primary", "secondary"))


def _not_too_many(rows: list[dict[str, Any]], _answers: Answers, _context: InterviewContext) -> ParseFault | None:
    total = sum(int(row["pieces_a_week"]) for row in rows)
    if total > MOST_PIECES:
        return fault(
            f"Son {total} piezas a la semana; el máximo es {MOST_PIECES}.",
            f"That is {total} pieces a week; the most is {MOST_PIECES}.",
        )
    return None


def _workable(excluded: list[str], answers: Answers, context: InterviewContext) -> ParseFault | None:
    start = date.fromisoformat(answers["start_date"]) if "start_date" in answers else context.today
    if is_workable(start, expand(excluded)):
        return None
    return fault(
        "Con esos días excluidos alguna de las trece semanas se queda sin ningún día para publicar (la última tiene "
        "solo seis días). "
        "Deja libre otro día, o cambia la fecha de inicio.",
        "With those days excluded one of the thirteen weeks has no day left to publish (the last has only six days). "
        "Leave another "
        "day free, or change the start date.",
    )


def _start_workable(start: str, answers: Answers, context: InterviewContext) -> ParseFault | None:
    return _workable(answers["excluded_days"], {"start_date": start}, context) if answers.get("excluded_days") else None


def _within(rows: list[dict[str, Any]], answers: Answers, _context: InterviewContext) -> ParseFault | None:
    if "start_date" not in answers:
        return None
    start = date.fromisoformat(answers["start_date"])
    outside = [row for row in rows if week_of(date.fromisoformat(row["date"]), start) is None]
    if not outside:
        return None
    event = outside[0]["event"]
    first, last = ((render_date(start, language), render_date(last_day(start), language)) for language in ("es", "en"))
    return fault(
        f"«{event}» queda fuera de los noventa días: el calendario va del {first[0]} al {first[1]}.",
        f"“{event}” falls outside the ninety days: the calendar runs from {last[0]} to {last[1]}.",
    )


def _people(_answers: Answers, context: InterviewContext) -> Offered | None:
    steps = context.earlier.get("channels", {}).get("roadmap", [])
    owners = list(dict.fromkeys(step["owner"] for step in steps if step["owner"]))
    return Offered(owners) if owners else None


_ASKED = (
    Question(
        key="start_date",
        phase="cadence",
        kind=QuestionKind.DATE,
        name=Bilingual("Fecha de inicio", "Start date"),
        aliases=("inicio", "comienzo", "start"),
        text=Bilingual(
            "¿Qué día empieza el calendario de noventa días?", "On which day does the ninety-day calendar start?"
        ),
        example=Bilingual("El próximo lunes", "Next Monday"),
        check=_start_workable,
    ),
    Question(
        key="pieces",
        phase="cadence",
        kind=QuestionKind.TABLE,
        name=Bilingual("Piezas por semana", "Pieces a week"),
        aliases=("cadencia", "frecuencia", "formatos", "cadence", "formats"),
        text=Bilingual(
            "¿Cuántas piezas de cada formato se publican a la semana, y en qué canal?",
            "How many pieces of each format are published a week, and on which channel?",
        ),
        example=Bilingual(
            "Artículo | 1 | Google Ads\nPublicación con caso | 1 | LinkedIn\nBoletín | 1 | Newsletter",
            "Article | 1 | Google Ads\nCase post | 1 | LinkedIn\nBulletin | 1 | Newsletter",
        ),
        columns=(
            Column(key="format", label=Bilingual("Formato", "Format"), unique=True),
            Column(
                key="pieces_a_week",
                label=Bilingual("Piezas por semana", "Pieces a week"),
                kind=QuestionKind.NUMBER,
                whole=True,
                minimum=1,
                maximum=MOST_PIECES,
            ),
            Column(key="channel", label=Bilingual("Canal", "Channel"), options=_channels, required=False),
        ),
        maximum=15,
        check=_not_too_many,
        help=Bilingual(
            "La cadencia que el equipo puede sostener trece semanas seguidas; mejor poca y cumplida.",
            "The pace that the team can keep for thirteen weeks; better little and kept.",
        ),
    ),
    Question(
        key="excluded_days",
        phase="cadence",
        kind=QuestionKind.LIST,
        name=Bilingual("Días sin publicar", "Days without publishing"),
        aliases=("dias excluidos", "excluded days"),
        text=Bilingual(
            "¿En qué días de la semana no se publica? Escribe «ninguno» si valen todos.",
            "On which weekdays is nothing published? Write “none” if all will do.",
        ),
        example=Bilingual("sábado y domingo", "Saturday and Sunday"),
        choices=choices(*WEEKDAYS, "weekend"),
        allow_none=True,
        check=_workable,
        help=Bilingual(
            "En esos días de la semana el calendario no pondrá nada.",
            "On those weekdays the calendar will place nothing.",
        ),
    ),
    Question(
        key="people",
        phase="cadence",
        kind=QuestionKind.LIST,
        name=Bilingual("Personas", "People"),
        aliases=("responsables", "owners"),
        text=Bilingual("¿Quiénes preparan los contenidos?", "Who prepares the contents?"),
        example=Bilingual("Marketing; Técnico; Dirección", "Marketing; Technician; Management"),
        minimum=1,
        maximum=20,
        offer=_people,
    ),
    Question(
        key="workflow",
        phase="cadence",
        kind=QuestionKind.TABLE,
        name=Bilingual("Pasos de aprobación", "Approval steps"),
        aliases=("aprobacion", "flujo", "approval", "workflow"),
        text=Bilingual(
            "¿Qué pasos sigue una pieza hasta publicarse, y quién hace cada uno?",
            "Which steps does a piece take until it is published, and who does each?",
        ),
        example=Bilingual(
            "Redactar | Marketing\nRevisar los datos técnicos | Técnico\nAprobar y publicar | Dirección",
            "Write | Marketing\nCheck the technical facts | Technician\nApprove and publish | Management",
        ),
        columns=(
            Column(key="step", label=Bilingual("Paso", "Step")),
            Column(key="owner", label=Bilingual("Responsable", "Owner")),
        ),
        maximum=20,
    ),
    Question(
        key="key_dates",
        phase="calendar",
        kind=QuestionKind.TABLE,
        name=Bilingual("Fechas señaladas", "Key dates"),
        aliases=("fechas", "eventos", "events"),
        text=Bilingual(
            "¿Qué fechas señaladas de estos noventa días hay que aprovechar? Escribe «ninguna» si no las hay.",
            "Which key dates in these ninety days should be used? Write “none” if there are none.",
        ),
        example=Bilingual("dentro de 40 días | Feria del sector", "in 40 days | Industry trade fair"),
        columns=(
            Column(key="date", label=Bilingual("Fecha", "Date"), kind=QuestionKind.DATE),
            Column(key="event", label=Bilingual("Motivo", "Event")),
        ),
        maximum=20,
        allow_none=True,
        check=_within,
        help=Bilingual(
            "Ferias, campañas o fiestas que dan pie a una pieza.",
            "Fairs, campaigns or holidays that call for a piece.",
        ),
    ),
    Question(
        key="brief_outline",
        phase="briefs",
        kind=QuestionKind.LIST,
        name=Bilingual("Apartados de un brief", "Sections of a brief"),
        aliases=("apartados", "outline", "brief"),
        text=Bilingual(
            "¿Qué apartados debe llevar el brief de cada pieza?",
            "Which sections should the brief of each piece have?",
        ),
        example=Bilingual(
            "Pregunta que responde; respuesta en dos frases; pasos con un ejemplo real; llamada a la acción",
            "Question it answers; answer in two sentences; steps with a real example; call to action",
        ),
        minimum=2,
        maximum=12,
        help=Bilingual(
            "El brief es lo que recibe quien escribe; estos apartados irán en todos.",
            "The brief is what the writer gets; these sections go into each.",
        ),
    ),
)
QUESTIONS = with_cues(_ASKED, cues.CALENDAR)
