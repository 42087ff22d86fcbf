"""Stage 1: the company, its ideal customer, and the criteria that grade customers."""

from __future__ import annotations

from agents.interview.parsing.words import fault
from agents.interview.state import (
    AnswerCheck,
    Answers,
    Bilingual,
    InterviewContext,
    ParseFault,
    Phase,
    Question,
    QuestionKind,
)
from stages.definitions.questions import cues
from stages.definitions.questions.cues import with_cues
from stages.definitions.questions.persona_company import COMPANY
from stages.definitions.questions.persona_customer import CUSTOMER
from stages.definitions.texts import same

PHASES = (
    Phase("company_context", Bilingual("Contexto de la empresa", "Company context")),
    Phase("ideal_customer", Bilingual("Cliente ideal", "Ideal customer")),
    Phase("criteria", Bilingual("Criterios de selección", "Selection criteria")),
)
_WHAT_CRITERIA_ARE = Bilingual(
    "Un criterio observable dice si un cliente encaja sin tener que preguntárselo: tamaño, lugar, sector, presupuesto… "
    "Súper verde es el perfecto, verde el ideal, amarillo el aceptable, rojo solo por excepción y no elegible aquel al "
    "que no se vende.",
    "An observable criterion tells whether a customer fits without asking: size, place, industry, budget… Super green "
    "is perfect, green ideal, yellow acceptable, red only as an exception, and not eligible means no sale.",
)
CRITERIA = ("criterion_1", "criterion_2", "criterion_3", "criterion_4", "more_criteria")


def _not_graded_before(own_key: str) -> AnswerCheck:
    """A criterion that another answer already grades is refused where it is given."""

    def check(rows: list[dict[str, str]], answers: Answers, _context: InterviewContext) -> ParseFault | None:
        others = [row["criterion"] for key in CRITERIA if key != own_key for row in answers.get(key, [])]
        for name in (row["criterion"] for row in rows):
            if any(same(name, other) for other in others):
                return fault(
                    f"El criterio «{name}» ya está graduado: escribe otro.",
                    f"The criterion “{name}” is already graded: write another.",
                )
        return None

    return check


def _criterion(number: int, es: str, en: str, example: Bilingual) -> Question:
    return Question(
        key=f"criterion_{number}",
        phase="criteria",
        kind=QuestionKind.GRADES,
        name=Bilingual(f"Criterio {number}", f"Criterion {number}"),
        text=Bilingual(es, en),
        example=example,
        minimum=1,
        maximum=1,
        help=_WHAT_CRITERIA_ARE,
        check=_not_graded_before(f"criterion_{number}"),
    )


_ASKED = (
    *COMPANY,
    *CUSTOMER,
    _criterion(
        1,
        "¿Cuál es el primer criterio observable para graduar clientes, con sus cinco niveles de mejor a peor?",
        "What is the first observable criterion to grade customers, with its five levels from best to worst?",
        Bilingual(
            "Tamaño de la planta: 150 a 400 empleados | 80 a 149 empleados | 50 a 79 empleados | 20 a 49 empleados | "
            "menos de 20 empleados",
            "Plant size: 150 to 400 employees | 80 to 149 employees | 50 to 79 employees | 20 to 49 employees | fewer "
            "than 20 employees",
        ),
    ),
    _criterion(
        2,
        "¿Cuál es el segundo criterio, con sus cinco niveles?",
        "What is the second criterion, with its five levels?",
        Bilingual(
            "Actividad: alimentación y bebidas | química y plástico | metal | papel y madera | sin producción propia",
            "Activity: food and drink | chemicals and plastics | metal | paper and wood | no production of its own",
        ),
    ),
    _criterion(
        3,
        "¿Cuál es el tercer criterio, con sus cinco niveles?",
        "What is the third criterion, with its five levels?",
        Bilingual(
            "Gasto anual en mantenimiento: más de 500.000 € | 250.000 a 500.000 € | 100.000 a 250.000 € | 50.000 a "
            "100.000 € | menos de 50.000 €",
            "Yearly maintenance spend: over €500,000 | €250,000 to 500,000 | €100,000 to 250,000 | €50,000 to 100,000 "
            "| under €50,000",
        ),
    ),
    _criterion(
        4,
        "¿Cuál es el cuarto criterio, con sus cinco niveles?",
        "What is the fourth criterion, with its five levels?",
        Bilingual(
            "Tecnología actual: ERP con datos de máquinas | ERP básico | hojas de cálculo | solo papel | otro sistema "
            "comprado este año",
            "Current technology: ERP with machine data | basic ERP | spreadsheets | paper only | another system "
            "bought this year",
        ),
    ),
    Question(
        key="more_criteria",
        phase="criteria",
        kind=QuestionKind.GRADES,
        name=Bilingual("Más criterios", "More criteria"),
        aliases=("otros criterios", "other criteria"),
        text=Bilingual(
            "¿Qué otros criterios, hasta cuatro y uno por línea, quieres añadir? Escribe «ninguno» si no hay más.",
            "Which other criteria, up to four and one a line, would you add? Write “none” if there are no more.",
        ),
        example=Bilingual(
            "Zona: a menos de 100 km | misma comunidad | mismo país | país vecino | sin visita posible",
            "Area: within 100 km | same region | same country | neighbouring country | no visit possible",
        ),
        minimum=1,
        maximum=4,
        allow_none=True,
        help=_WHAT_CRITERIA_ARE,
        check=_not_graded_before("more_criteria"),
    ),
)
QUESTIONS = with_cues(_ASKED, cues.COMPANY)
