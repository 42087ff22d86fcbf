"""Stage 1, first phase: the company."""

from __future__ import annotations

from decimal import Decimal

from agents.interview.state import Bilingual, Question, QuestionKind

COMPANY = (
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
        help=Bilingual(
            "Lo que un cliente diría si le preguntas por qué os eligió a vosotros y no a otro: un hecho, no un "
            "adjetivo.",
            "What a customer would say when asked why they chose you and not another: a fact, not an adjective.",
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
        help=Bilingual(
            "Por dónde llegan hoy los clientes: recomendaciones, anuncios, ferias, llamadas…",
            "How customers arrive today: referrals, ads, trade fairs, calls…",
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
        minimum=Decimal("0.01"),
        help=Bilingual(
            "El importe que paga un cliente corriente, por compra o por año; sirve una cifra aproximada.",
            "The amount that an ordinary customer pays, per purchase or per year; a rough figure will do.",
        ),
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
        help=Bilingual(
            "El tiempo que suele pasar desde que os conocen hasta que compran.",
            "The time it usually takes from hearing of you to buying.",
        ),
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
)
