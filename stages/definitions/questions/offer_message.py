"""Stage 3, first two phases: the value equation and the story."""

from __future__ import annotations

from typing import Any

from agents.interview.state import Answers, Bilingual, InterviewContext, Offered, OfferRule, Question, QuestionKind


def _said(slug: str, *path: str) -> OfferRule:
    def offer(_answers: Answers, context: InterviewContext) -> Offered | None:
        value: Any = context.earlier.get(slug, {})
        for key in path:
            value = value.get(key, "") if isinstance(value, dict) else ""
        return Offered(value) if value else None

    return offer


def _character(_answers: Answers, context: InterviewContext) -> Offered | None:
    persona = context.earlier.get("buyer_persona", {}).get("persona", {})
    name, who = persona.get("name"), persona.get("professional_context")
    return Offered(f"{name}: {who}") if name and who else None


def text_question(key: str, phase: str, name: Bilingual, text: Bilingual, example: Bilingual, **more: Any) -> Question:
    return Question(key=key, phase=phase, kind=QuestionKind.TEXT, name=name, text=text, example=example, **more)


MESSAGE = (
    text_question(
        "dream_outcome",
        "value_equation",
        Bilingual("Resultado soñado", "Dream outcome"),
        Bilingual(
            "¿Cuál es el resultado soñado del cliente, el que contaría con orgullo?",
            "What is the customer's dream outcome, the one told with pride?",
        ),
        Bilingual(
            "Una planta que para solo cuando lo decide mantenimiento",
            "A plant that stops only when maintenance decides so",
        ),
        help=Bilingual(
            "El valor de una oferta crece con el resultado soñado y con la probabilidad de lograrlo, y baja con la "
            "espera y el esfuerzo. Aquí va el resultado.",
            "An offer is worth more the greater the outcome and the likelier it is, and less the longer and harder "
            "the way. This is the outcome.",
        ),
    ),
    text_question(
        "perceived_likelihood",
        "value_equation",
        Bilingual("Probabilidad percibida", "Perceived likelihood"),
        Bilingual(
            "¿Por qué debería creer que con nosotros lo va a conseguir?",
            "Why should the customer believe that it will happen with us?",
        ),
        Bilingual(
            "40 plantas trabajan así; en el último año redujeron sus paradas un 38 % de media",
            "40 plants work this way; last year they cut their stops by 38% on average",
        ),
        aliases=("pruebas", "proof"),
        help=Bilingual(
            "Las razones para creer: cifras, casos, experiencia demostrable.",
            "The reasons to believe: figures, cases, experience that can be shown.",
        ),
    ),
    text_question(
        "time_delay",
        "value_equation",
        Bilingual("Tiempo hasta el resultado", "Time delay"),
        Bilingual("¿Cuánto tarda en notar el primer resultado?", "How long until the first result is felt?"),
        Bilingual(
            "Primer plan preventivo en tres semanas y menos paradas en el primer trimestre",
            "First preventive plan within three weeks and fewer stops in the first quarter",
        ),
        aliases=("plazo", "tiempo"),
        help=Bilingual(
            "Lo que tarda en llegar el primer resultado que el cliente nota.",
            "How long the first result that a customer feels takes to arrive.",
        ),
    ),
    text_question(
        "effort_and_sacrifice",
        "value_equation",
        Bilingual("Esfuerzo y sacrificio", "Effort and sacrifice"),
        Bilingual("¿Qué esfuerzo o sacrificio le pedimos?", "What effort or sacrifice is asked of the customer?"),
        Bilingual(
            "Dos mañanas de formación y una persona que revise los datos de las máquinas",
            "Two mornings of training and one person to review the machine data",
        ),
        aliases=("esfuerzo", "effort"),
        help=Bilingual(
            "Lo que el cliente tiene que poner: tiempo, cambios, personas.",
            "What the customer has to put in: time, changes, people.",
        ),
    ),
    text_question(
        "character",
        "story",
        Bilingual("Personaje", "Character"),
        Bilingual("¿Quién es el protagonista de la historia?", "Who is the hero of the story?"),
        Bilingual(
            "Laura Gómez, responsable de mantenimiento de una fábrica de alimentación",
            "Laura Gomez, head of maintenance at a food factory",
        ),
        aliases=("protagonista", "hero"),
        offer=_character,
        help=Bilingual(
            "En la historia el protagonista es el cliente, no la empresa.",
            "In the story the customer is the hero, not the company.",
        ),
    ),
    text_question(
        "external_problem",
        "story",
        Bilingual("Problema externo", "External problem"),
        Bilingual(
            "¿Qué problema externo, visible para todos, tiene?", "Which external problem, plain to everyone, is there?"
        ),
        Bilingual(
            "Las máquinas se paran sin avisar y se pierden horas de producción",
            "Machines stop without warning and production hours are lost",
        ),
        offer=_said("buyer_persona", "business", "problem"),
        help=Bilingual(
            "El problema que cualquiera vería desde fuera.",
            "The problem that anyone could see from outside.",
        ),
    ),
    text_question(
        "internal_problem",
        "story",
        Bilingual("Problema interno", "Internal problem"),
        Bilingual("¿Cómo le hace sentir ese problema por dentro?", "How does that problem feel inside?"),
        Bilingual(
            "Siente que siempre llega tarde y que nadie ve su trabajo",
            "Always feeling late, and that nobody sees the work",
        ),
        help=Bilingual(
            "Lo que ese problema le hace sentir: frustración, miedo, vergüenza.",
            "What that problem makes one feel: frustration, fear, shame.",
        ),
    ),
    text_question(
        "philosophical_problem",
        "story",
        Bilingual("Problema filosófico", "Philosophical problem"),
        Bilingual("¿Por qué es injusto que tenga que ser así?", "Why is it wrong that things should be this way?"),
        Bilingual(
            "Quien cuida las máquinas no debería vivir apagando fuegos",
            "Those who look after the machines should not live fighting fires",
        ),
        help=Bilingual(
            "La frase que empieza por «no debería ser que…».",
            "The sentence that begins with “it should not be that…”.",
        ),
    ),
    text_question(
        "empathy",
        "story",
        Bilingual("Empatía", "Empathy"),
        Bilingual("¿Cómo demostramos que le entendemos?", "How do we show that we understand?"),
        Bilingual(
            "Nuestro equipo ha hecho turnos de mantenimiento y sabe lo que es una llamada a las tres de la mañana",
            "Our team has worked maintenance shifts and knows what a call at three in the morning means",
        ),
    ),
    text_question(
        "authority",
        "story",
        Bilingual("Autoridad", "Authority"),
        Bilingual("¿Qué nos da autoridad para guiarle?", "What gives us the authority to guide?"),
        Bilingual(
            "Doce años en plantas industriales y 40 clientes que renuevan cada año",
            "Twelve years in industrial plants and 40 customers who renew every year",
        ),
    ),
    Question(
        key="plan",
        phase="story",
        kind=QuestionKind.LIST,
        name=Bilingual("Plan de tres pasos", "Three-step plan"),
        aliases=("plan", "pasos", "steps"),
        text=Bilingual(
            "¿Cuáles son los tres pasos del plan que le proponemos?", "What are the three steps of the plan we propose?"
        ),
        example=Bilingual(
            "Visitamos la planta y medimos las paradas; ponemos en marcha el plan preventivo en tres semanas; "
            "revisamos los resultados cada trimestre",
            "We visit the plant and measure the stops; we set up the preventive plan within three weeks; we review "
            "the results every quarter",
        ),
        minimum=3,
        maximum=3,
        help=Bilingual(
            "Tres pasos sencillos que quitan el miedo a empezar: qué pasa primero, después y al final.",
            "Three simple steps that take away the fear of starting: what happens first, next and last.",
        ),
    ),
    text_question(
        "call_to_action",
        "story",
        Bilingual("Llamada a la acción", "Call to action"),
        Bilingual("¿Qué acción concreta le pedimos?", "Which concrete action do we ask for?"),
        Bilingual("Reserva una visita a tu planta", "Book a visit to your plant"),
        aliases=("cta",),
    ),
    text_question(
        "success",
        "story",
        Bilingual("Éxito", "Success"),
        Bilingual("¿Cómo es su vida cuando sale bien?", "What is life like when it goes well?"),
        Bilingual(
            "Planifica el mes con calma y presenta a dirección el ahorro conseguido",
            "The month is planned calmly and the savings are presented to management",
        ),
    ),
    text_question(
        "failure",
        "story",
        Bilingual("Fracaso", "Failure"),
        Bilingual("¿Qué pasa si no hace nada?", "What happens if nothing is done?"),
        Bilingual(
            "Otro pedido importante sin servir y una auditoría suspendida",
            "Another important order undelivered and a failed audit",
        ),
    ),
)
