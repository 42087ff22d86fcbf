"""Stage 1, second phase: the ideal customer."""

from __future__ import annotations

from agents.interview.state import Bilingual, Question, QuestionKind

CUSTOMER = (
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
        help=Bilingual(
            "El cliente que querrías repetir diez veces: qué puesto tiene, en qué tipo de empresa o casa, con qué "
            "presión.",
            "The customer you would like ten more of: their position, the kind of company or home, the pressure they "
            "are under.",
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
        help=Bilingual(
            "Un nombre inventado ayuda al equipo a hablar de esta persona como de alguien real.",
            "A made-up name helps the team to talk of this person as someone real.",
        ),
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
        help=Bilingual(
            "Datos generales que ayudan a reconocerla: edad, formación, lugar.",
            "General facts that help to recognise the person: age, education, place.",
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
        help=Bilingual(
            "Lo que le quita el sueño en relación con lo que vendéis; las etapas siguientes se apoyan en estas frases.",
            "What keeps this person awake in connection with what you sell; later stages lean on these phrases.",
        ),
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
        help=Bilingual(
            "Lo que gana, también por dentro, si las cosas cambian.",
            "What there is to gain, also inwardly, if things change.",
        ),
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
        help=Bilingual(
            "Las razones que da para no comprar o para dejarlo para más tarde.",
            "The reasons given for not buying, or not yet.",
        ),
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
        help=Bilingual(
            "Cosas que hace y que se pueden ver: a quién pregunta, cómo compara, cuándo decide.",
            "Things that are done and can be seen: whom they ask, how they compare, when they decide.",
        ),
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
)
