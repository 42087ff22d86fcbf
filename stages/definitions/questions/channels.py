"""Stage 4: constraints, candidate channels and the decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agents.interview.parsing.words import fault
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
from stages.definitions.questions import cues
from stages.definitions.questions.cues import with_cues
from stages.definitions.questions.stretches import given_for
from stages.definitions.scoring import propose_split, ranked

PHASES = (
    Phase("constraints", Bilingual("Condiciones", "Constraints")),
    Phase("research", Bilingual("Investigación", "Research")),
    Phase("decision", Bilingual("Decisión", "Decision")),
)
LEAST_CHANNELS, MOST_CHANNELS = 3, 40


def _chosen(answers: Answers, _context: InterviewContext) -> tuple[Choice, ...]:
    return tuple(Choice.of_text(row["name"]) for row in ranked(answers.get("channels") or []) if row["tier"] != "avoid")


def _split(answers: Answers, _context: InterviewContext) -> Offered | None:
    rows = [{"channel": name, "percent": str(share)} for name, share in propose_split(answers.get("channels") or [])]
    return Offered(rows, Origin.COMPUTED) if rows else None


def sums_to_hundred(rows: list[dict[str, Any]], _answers: Answers, _context: InterviewContext) -> ParseFault | None:
    total = sum((Decimal(row["percent"]) for row in rows), Decimal(0))
    if total == 100:
        return None
    return fault(
        f"Los porcentajes suman {total} y tienen que sumar 100.", f"The percentages sum to {total} and must sum to 100."
    )


def _a_month(value: dict[str, Any], _answers: Answers, _context: InterviewContext) -> ParseFault | None:
    return given_for(value, 1, Bilingual("al mes", "a month"))


def _graded(key: str, label: Bilingual) -> Column:
    return Column(key=key, label=label, kind=QuestionKind.NUMBER, whole=True, minimum=1, maximum=10)


_ASKED = (
    Question(
        key="monthly_budget",
        phase="constraints",
        kind=QuestionKind.MONEY,
        name=Bilingual("Presupuesto mensual", "Monthly budget"),
        aliases=("presupuesto", "budget"),
        text=Bilingual(
            "¿Qué presupuesto mensual hay, y en qué moneda?", "What is the monthly budget, and in which currency?"
        ),
        example=Bilingual("4.000 € al mes", "€4,000 a month"),
        minimum=Decimal("0.01"),
        check=_a_month,
        help=Bilingual(
            "Lo que se puede gastar en medios cada mes, sin contar el equipo.",
            "What can be spent on media each month, not counting the team.",
        ),
    ),
    Question(
        key="team",
        phase="constraints",
        kind=QuestionKind.TEXT,
        name=Bilingual("Equipo", "Team"),
        text=Bilingual("¿Qué equipo se ocupará de los canales?", "Which team will take care of the channels?"),
        example=Bilingual(
            "Una responsable de marketing y un técnico que escribe dos tardes a la semana",
            "A marketing manager and a technician who writes two afternoons a week",
        ),
    ),
    Question(
        key="assets",
        phase="constraints",
        kind=QuestionKind.LIST,
        name=Bilingual("Activos", "Assets"),
        aliases=("recursos", "materiales"),
        text=Bilingual("¿Con qué activos se cuenta ya?", "Which assets are there already?"),
        example=Bilingual(
            "Web con blog; lista de 1.200 suscriptores; tres casos de cliente",
            "Website with a blog; list of 1,200 subscribers; three customer cases",
        ),
        minimum=1,
        maximum=20,
        allow_none=True,
    ),
    Question(
        key="horizon",
        phase="constraints",
        kind=QuestionKind.TEXT,
        name=Bilingual("Horizonte", "Horizon"),
        text=Bilingual("¿En qué plazo hay que ver resultados?", "By when must there be results?"),
        example=Bilingual(
            "Primeras oportunidades en dos meses, ventas en seis",
            "First opportunities within two months, sales within six",
        ),
    ),
    Question(
        key="current_channels",
        phase="constraints",
        kind=QuestionKind.TABLE,
        name=Bilingual("Canales actuales", "Current channels"),
        aliases=("canales de hoy",),
        text=Bilingual(
            "¿Qué canales se usan hoy y con qué resultado? Escribe «ninguno» si no hay.",
            "Which channels are used today and with what result? Write “none” if there are none.",
        ),
        example=Bilingual(
            "LinkedIn | 6 contactos al mes\nFerias | 10 contactos en cada una",
            "LinkedIn | 6 leads a month\nTrade fairs | 10 leads at each",
        ),
        columns=(
            Column(key="name", label=Bilingual("Canal", "Channel"), unique=True),
            Column(key="result", label=Bilingual("Resultado", "Result")),
        ),
        maximum=MOST_CHANNELS,
        allow_none=True,
    ),
    Question(
        key="channels",
        phase="research",
        kind=QuestionKind.TABLE,
        name=Bilingual("Canales candidatos", "Candidate channels"),
        aliases=("canales", "channels", "candidatos"),
        text=Bilingual(
            "¿Qué canales comparamos, tres como mínimo, y qué nota de 1 a 10 das a cada uno en encaje con la "
            "audiencia, eficiencia en "
            "coste y esfuerzo (10 es mucho esfuerzo)?",
            "Which channels do we compare, three at least, and what grade from 1 to 10 does each get for audience "
            "fit, cost "
            "efficiency and effort (10 is much effort)?",
        ),
        example=Bilingual(
            "LinkedIn | 9 | 6 | 5 | 45 | Los responsables de mantenimiento lo leen cada semana\n"
            "Google Ads | 8 | 6 | 4 | 20 | Buscan cómo reducir paradas cuando ya tienen el problema\n"
            "Newsletter | 6 | 8 | 4 | 60 | Hay 1.200 suscriptores que ya conocen la marca\n"
            "Webinars | 8 | 5 | 7 | 60 | Comparan casos de plantas parecidas\n"
            "Ferias | 7 | 3 | 8 | 90 | Se cierran visitas, pero cuestan mucho equipo\n"
            "TikTok | 2 | 6 | 7 | 120 | La audiencia no lo usa para trabajar",
            "LinkedIn | 9 | 6 | 5 | 45 | Heads of maintenance read it every week\n"
            "Google Ads | 8 | 6 | 4 | 20 | They search how to reduce stops once they have the problem\n"
            "Newsletter | 6 | 8 | 4 | 60 | 1,200 subscribers already know the brand\n"
            "Webinars | 8 | 5 | 7 | 60 | They compare cases of similar plants\n"
            "Trade fairs | 7 | 3 | 8 | 90 | Visits are agreed there, but they take a lot of the team\n"
            "TikTok | 2 | 6 | 7 | 120 | The audience does not use it for work",
        ),
        columns=(
            Column(key="name", label=Bilingual("Canal", "Channel"), unique=True),
            _graded("audience_fit", Bilingual("Encaje (1–10)", "Fit (1–10)")),
            _graded("cost_efficiency", Bilingual("Eficiencia en coste (1–10)", "Cost efficiency (1–10)")),
            _graded("effort", Bilingual("Esfuerzo (1–10)", "Effort (1–10)")),
            Column(
                key="days_to_result",
                label=Bilingual("Días hasta el resultado", "Days to result"),
                kind=QuestionKind.NUMBER,
                whole=True,
                minimum=0,
                maximum=3650,
            ),
            Column(key="rationale", label=Bilingual("Razón", "Rationale")),
            Column(key="sources", label=Bilingual("Fuentes", "Sources"), kind=QuestionKind.LIST, required=False),
        ),
        minimum=LEAST_CHANNELS,
        maximum=MOST_CHANNELS,
        help=Bilingual(
            "Encaje: cuánto de tu audiencia está ahí y te escucha. Eficiencia en coste: cuánto se consigue por lo que "
            "se gasta. Esfuerzo: cuánto trabajo pide (10 es mucho). Con esas notas se calcula la puntuación.",
            "Fit: how much of your audience is there and listens. Cost efficiency: how much is achieved for what is "
            "spent. Effort: how much work it takes (10 is a lot). The score is computed from these grades.",
        ),
    ),
    Question(
        key="budget_split",
        phase="decision",
        kind=QuestionKind.TABLE,
        name=Bilingual("Reparto del presupuesto", "Budget split"),
        aliases=("reparto", "split"),
        text=Bilingual(
            "¿Qué porcentaje del presupuesto va a cada canal elegido?",
            "Which percentage of the budget goes to each chosen channel?",
        ),
        example=Bilingual(
            "LinkedIn | 36 %\nGoogle Ads | 34 %\nNewsletter | 11 %\nWebinars | 11 %\nFerias | 8 %",
            "LinkedIn | 36%\nGoogle Ads | 34%\nNewsletter | 11%\nWebinars | 11%\nTrade fairs | 8%",
        ),
        columns=(
            Column(key="channel", label=Bilingual("Canal", "Channel"), options=_chosen, covers=True, unique=True),
            Column(key="percent", label=Bilingual("Porcentaje", "Percentage"), kind=QuestionKind.PERCENT),
        ),
        maximum=5,
        check=sums_to_hundred,
        offer=_split,
        help=Bilingual(
            "La propuesta da el 70 % a los canales principales y el 30 % a los secundarios, según su puntuación; "
            "puedes cambiarla mientras sume 100.",
            "The proposal gives 70% to the primary channels and 30% to the secondary ones, by their score; change it "
            "as long as it sums to 100.",
        ),
    ),
    Question(
        key="roadmap",
        phase="decision",
        kind=QuestionKind.TABLE,
        name=Bilingual("Hoja de ruta", "Roadmap"),
        aliases=("plan de trabajo",),
        text=Bilingual(
            "¿Qué acciones ponen en marcha los canales, en qué semana y a cargo de quién?",
            "Which actions get the channels going, in which week and by whom?",
        ),
        example=Bilingual(
            "1 | Preparar la página de la visita a planta | Marketing\n2 | Lanzar las campañas de LinkedIn y Google "
            "Ads | Marketing\n"
            "4 | Celebrar el primer webinar | Técnico\n8 | Revisar resultados y ajustar el reparto | Dirección",
            "1 | Prepare the page for plant visits | Marketing\n2 | Launch the LinkedIn and Google Ads campaigns | "
            "Marketing\n"
            "4 | Hold the first webinar | Technician\n8 | Review results and adjust the split | Management",
        ),
        columns=(
            Column(
                key="week",
                label=Bilingual("Semana", "Week"),
                kind=QuestionKind.NUMBER,
                whole=True,
                minimum=1,
                maximum=104,
            ),
            Column(key="action", label=Bilingual("Acción", "Action")),
            Column(key="owner", label=Bilingual("Responsable", "Owner")),
        ),
        maximum=60,
    ),
)
QUESTIONS = with_cues(_ASKED, cues.CHANNELS)
