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
from stages.definitions.texts import same

PHASES = (
    Phase("company_context", Bilingual("Contexto de la empresa", "Company context")),
    Phase("ideal_customer", Bilingual("Cliente ideal", "Ideal customer")),
    Phase("criteria", Bilingual("Criterios de selección", "Selection criteria")),
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
        check=_not_graded_before(f"criterion_{number}"),
    )


QUESTIONS = (
    Question(
        key="industry",
        phase="company_context",
        kind=QuestionKind.TEXT,
        name=Bilingual("Industria", "Industry"),
        aliases=("sector", "sector de actividad"),
        text=Bilingual(
            "¿En qué industria o sector trabaja la empresa?", "Which industry or sector does the company work in?"
        ),
        example=Bilingual(
            "Software de mantenimiento para fábricas medianas", "Maintenance software for mid-sized factories"
        ),
    ),
    Question(
        key="offering",
        phase="company_context",
        kind=QuestionKind.TEXT,
        name=Bilingual("Productos o servicios", "Products or services"),
        aliases=("producto", "productos", "servicios", "servicio", "oferta", "product", "services", "offering"),
        text=Bilingual("¿Qué productos o servicios vende?", "Which products or services does it sell?"),
        example=Bilingual(
            "Una aplicación en la nube que planifica el mantenimiento preventivo, con puesta en marcha y formación en "
            "planta",
            "A cloud application that plans preventive maintenance, with set-up and training on site",
        ),
    ),
    Question(
        key="problem",
        phase="company_context",
        kind=QuestionKind.TEXT,
        name=Bilingual("Problema que resuelve", "Problem solved"),
        aliases=("problema", "problema principal", "problem", "main problem"),
        text=Bilingual(
            "¿Cuál es el problema principal que resuelve a sus clientes?",
            "What is the main problem it solves for its customers?",
        ),
        example=Bilingual(
            "Las fábricas pierden horas de producción por paradas imprevistas que nadie vio venir",
            "Factories lose production hours to unplanned stops that nobody saw coming",
        ),
    ),
    Question(
        key="differentiator",
        phase="company_context",
        kind=QuestionKind.TEXT,
        name=Bilingual("Diferenciador", "Differentiator"),
        aliases=("diferencia", "ventaja", "difference", "advantage"),
        text=Bilingual("¿Qué la hace diferente de sus alternativas?", "What makes it different from the alternatives?"),
        example=Bilingual(
            "Funciona en tres semanas, sin cambiar el ERP y con técnicos que han trabajado en planta",
            "It works within three weeks, without touching the ERP, and is set up by people who have worked on the "
            "shop floor",
        ),
    ),
    Question(
        key="acquisition",
        phase="company_context",
        kind=QuestionKind.TEXT,
        name=Bilingual("Captación de clientes", "Customer acquisition"),
        aliases=("captacion", "adquisicion", "acquisition"),
        text=Bilingual("¿Cómo consigue clientes hoy?", "How does it win customers today?"),
        example=Bilingual(
            "Recomendaciones de clientes, dos ferias al año y llamadas de un comercial",
            "Referrals from customers, two trade fairs a year and calls by one salesperson",
        ),
    ),
    Question(
        key="ticket",
        phase="company_context",
        kind=QuestionKind.MONEY,
        name=Bilingual("Ticket medio", "Typical ticket"),
        aliases=("ticket", "venta media", "average ticket", "average sale"),
        text=Bilingual(
            "¿Cuánto paga un cliente típico en una compra o al año?",
            "How much does a typical customer pay, per purchase or per year?",
        ),
        example=Bilingual("6.000 € al año", "€6,000 a year"),
        minimum=0,
    ),
    Question(
        key="sales_cycle",
        phase="company_context",
        kind=QuestionKind.TEXT,
        name=Bilingual("Ciclo de venta", "Sales cycle"),
        aliases=("ciclo",),
        text=Bilingual(
            "¿Cuánto suele pasar desde el primer contacto hasta la venta?",
            "How long does it usually take from first contact to sale?",
        ),
        example=Bilingual("Unos tres meses", "About three months"),
    ),
    Question(
        key="goal",
        phase="company_context",
        kind=QuestionKind.TEXT,
        name=Bilingual("Objetivo de negocio", "Business goal"),
        aliases=("objetivo", "meta", "goal"),
        text=Bilingual(
            "¿Qué objetivo de negocio tiene para los próximos 12 meses?",
            "What is its business goal for the next 12 months?",
        ),
        example=Bilingual(
            "Pasar de 40 a 70 clientes sin ampliar el equipo comercial",
            "Grow from 40 to 70 customers without enlarging the sales team",
        ),
    ),
    Question(
        key="ideal_customer",
        phase="ideal_customer",
        kind=QuestionKind.TEXT,
        name=Bilingual("Cliente ideal", "Ideal customer"),
        aliases=("descripcion del cliente", "customer description"),
        text=Bilingual(
            "¿Cómo describirías, en tus palabras, al cliente ideal?",
            "How would you describe the ideal customer in your own words?",
        ),
        example=Bilingual(
            "Responsable de mantenimiento de una fábrica de alimentación de unos 200 empleados, con un equipo de ocho "
            "técnicos y "
            "presión diaria por cumplir la producción",
            "Head of maintenance at a food factory of some 200 employees, with a team of eight technicians and daily "
            "pressure to "
            "meet production targets",
        ),
    ),
    Question(
        key="persona_name",
        phase="ideal_customer",
        kind=QuestionKind.TEXT,
        name=Bilingual("Nombre del buyer persona", "Persona's name"),
        aliases=("nombre", "persona", "name"),
        text=Bilingual("¿Qué nombre le ponemos a esta persona?", "What shall we call this person?"),
        example=Bilingual("Laura Gómez", "Laura Gomez"),
    ),
    Question(
        key="demographics",
        phase="ideal_customer",
        kind=QuestionKind.TEXT,
        name=Bilingual("Datos demográficos", "Demographics"),
        aliases=("edad", "demografia", "age"),
        text=Bilingual(
            "¿Qué edad, formación y lugar de residencia suele tener?",
            "What age, education and place of residence does this person usually have?",
        ),
        example=Bilingual(
            "Entre 38 y 52 años, ingeniera industrial, vive cerca de la planta",
            "38 to 52 years old, industrial engineer, lives near the plant",
        ),
    ),
    Question(
        key="decision_makers",
        phase="ideal_customer",
        kind=QuestionKind.TEXT,
        name=Bilingual("Quién decide y quién influye", "Who decides and who influences"),
        aliases=("decisores", "quien decide", "decision makers", "who decides"),
        text=Bilingual(
            "¿Quién decide la compra y quién influye en ella?", "Who decides on the purchase and who influences it?"
        ),
        example=Bilingual(
            "Decide la dirección de planta a propuesta de mantenimiento; influyen finanzas e informática",
            "The plant manager decides on maintenance's proposal; finance and IT have a say",
        ),
    ),
    Question(
        key="goals",
        phase="ideal_customer",
        kind=QuestionKind.LIST,
        name=Bilingual("Metas de la persona", "Persona's goals"),
        aliases=("metas", "objetivos de la persona", "goals"),
        text=Bilingual(
            "¿Qué tres a cinco metas persigue en su trabajo?",
            "Which three to five goals does this person pursue at work?",
        ),
        example=Bilingual(
            "Reducir las paradas a la mitad; planificar el trabajo con semanas de antelación; pasar las auditorías "
            "sin sobresaltos",
            "Halve the stops; plan the work weeks ahead; pass audits without surprises",
        ),
        minimum=3,
        maximum=5,
    ),
    Question(
        key="pains",
        phase="ideal_customer",
        kind=QuestionKind.LIST,
        name=Bilingual("Dolores", "Pains"),
        aliases=("dolor", "retos", "desafios", "challenges", "pain points"),
        text=Bilingual(
            "¿Cuáles son sus tres a cinco dolores o retos principales?",
            "What are this person's three to five main pains or challenges?",
        ),
        example=Bilingual(
            "Paradas imprevistas de máquinas; órdenes de trabajo en papel y hojas de cálculo; auditorías preparadas a "
            "última hora",
            "Unplanned machine stops; work orders on paper and spreadsheets; audits prepared at the last minute",
        ),
        minimum=3,
        maximum=5,
    ),
    Question(
        key="motivations",
        phase="ideal_customer",
        kind=QuestionKind.LIST,
        name=Bilingual("Motivaciones", "Motivations"),
        aliases=("motivacion", "motivation"),
        text=Bilingual("¿Qué le mueve a buscar un cambio?", "What moves this person to look for a change?"),
        example=Bilingual(
            "Demostrar a dirección que mantenimiento ahorra dinero; dejar de apagar fuegos",
            "Showing management that maintenance saves money; no longer fighting fires",
        ),
        minimum=1,
        maximum=8,
    ),
    Question(
        key="objections",
        phase="ideal_customer",
        kind=QuestionKind.LIST,
        name=Bilingual("Objeciones", "Objections"),
        aliases=("objecion", "frenos", "objection"),
        text=Bilingual(
            "¿Qué objeciones pone antes de comprar?", "Which objections does this person raise before buying?"
        ),
        example=Bilingual(
            "Los técnicos no querrán usar otra aplicación; implantarlo llevará meses; no se ve el retorno",
            "The technicians will not want another application; setting it up will take months; the return is not "
            "clear",
        ),
        minimum=1,
        maximum=8,
    ),
    Question(
        key="behaviours",
        phase="ideal_customer",
        kind=QuestionKind.LIST,
        name=Bilingual("Comportamientos", "Behaviours"),
        aliases=("comportamiento", "habitos", "conductas", "behaviour", "behaviors", "habits"),
        text=Bilingual(
            "¿Qué tres a cinco comportamientos suyos se observan al trabajar y al comprar?",
            "Which three to five behaviours can be observed when this person works and buys?",
        ),
        example=Bilingual(
            "Pide opinión a colegas de otras plantas; compara tres proveedores; exige una prueba en una línea",
            "Asks colleagues at other plants; compares three suppliers; demands a trial on one line",
        ),
        minimum=3,
        maximum=5,
    ),
    Question(
        key="information_sources",
        phase="ideal_customer",
        kind=QuestionKind.LIST,
        name=Bilingual("Fuentes de información", "Information sources"),
        aliases=("fuentes", "donde se informa", "sources"),
        text=Bilingual("¿Dónde busca información?", "Where does this person look for information?"),
        example=Bilingual(
            "LinkedIn; Google; webinars del sector; ferias industriales",
            "LinkedIn; Google; industry webinars; trade fairs",
        ),
        minimum=1,
        maximum=10,
    ),
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
        check=_not_graded_before("more_criteria"),
    ),
)
