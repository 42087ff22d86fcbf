"""How people begin to speak of what a question asks, by the question's key; folded, and anchored: one look each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from agents.interview.state import Question

_SOME = r"(?:unos |unas |sobre |hasta |alrededor de |como |about |around |some |up to |roughly )?"
_FIGURE = rf"{_SOME}(?:[€$£s] ?)?(?:\d|un millon|medio millon|mil\b|dos mil|tres mil|cinco mil|diez mil)"
_COUNT = r"(?:\d+|un[oa]?|dos|tres|cuatro|cinco|seis|one|two|three|four|five|six)"

COMPANY: Mapping[str, re.Pattern[str]] = {
    "industry": re.compile(
        r"(?:(?P<lead>somos una?|nos dedicamos a|la empresa es una?|es una empresa de|we are an?|we re an?|were an?)\b|"
        r"trabajamos en (?:el sector|la industria)|estamos en el sector|it is an? \w+ (?:company|business|firm|shop)|"
        r"we work in (?:the )?\w+ (?:sector|industry)|we are in the )"
    ),
    "offering": re.compile(
        r"(?:(?P<lead>(?:les |os |tambien )?(?:vendemos|ofrecemos)|we (?:also |mainly |mostly )?(?:sell|offer))\b|"
        r"(?:les |os |tambien )?(?:fabricamos|comercializamos|prestamos|proporcionamos)\b|"
        r"(?:nuestros?|los) (?:productos?|servicios?) (?:es|son|principal(?:es)?)\b|"
        r"(?:what )?we (?:also |mainly |mostly )?(?:sell|offer|manufacture|provide|supply)\b|"
        r"(?:our|the) (?:products?|services?) (?:is|are)\b)"
    ),
    "problem": re.compile(
        r"(?:(?:el|nuestro|su) problema(?: principal)?(?: de (?:los|nuestros|sus) clientes| que (?:resolvemos|"
        r"solucionamos))? (?:es|son|esta)\b|(?:les )?(?:resolvemos|solucionamos)\b|"
        r"(?:the|our|their) (?:main |biggest )?problem(?: we (?:solve|fix))? is\b|we (?:solve|fix)\b)"
    ),
    "differentiator": re.compile(
        r"(?:(?:lo que )?nos (?:diferencia(?:mos)?|distingue|distinguimos|hace (?:diferentes|unicos|distintos))\b|"
        r"(?:nuestr[oa]|la) (?:diferencia|diferenciador|ventaja) es\b|a diferencia de\b|"
        r"what (?:sets us apart|makes us (?:different|unique|special))\b|we (?:stand out|differ)\b|"
        r"we are (?:different|unique) (?:because|in)\b|our (?:difference|advantage|differentiator|edge) is\b|unlike )"
    ),
    "acquisition": re.compile(
        r"(?:captamos\b|(?:conseguimos|ganamos|atraemos) (?:a )?(?:los |nuestros )?clientes\b|"
        r"(?:los|nuestros) clientes (?:nos )?(?:llegan|vienen|encuentran|conocen)\b|"
        r"(?:nos )?(?:llegan|encuentran|conocen) (?:por|a traves de|gracias a|en)\b|"
        r"we (?:get|win|find|attract|acquire) (?:\w+ )?(?:customers|clients|patients|business)\b|"
        r"(?:our |the )?(?:customers|clients|patients|people) (?:come (?:to us|from|through|via)|find us|reach us|"
        r"arrive)\b)"
    ),
    "ticket": re.compile(
        r"(?:cobramos\b|(?:cada|un|el|nuestro) cliente (?:tipico |medio |normal )?(?:nos )?(?:paga|gasta|deja)\b|"
        r"de media (?:nos )?(?:paga|gasta|cobramos)n?\b|we charge\b|"
        r"(?:a|our|the|each|every) (?:typical |average )?(?:customer|client) (?:pays|spends)\b|"
        r"(?:customers|clients) (?:pay|spend)\b)"
    ),
    "sales_cycle": re.compile(
        r"(?:(?:se )?(?:tarda|tardan|tardamos) (?:unos|unas|un|una|entre|de media|en (?:comprar|decidir\w*)|\d)|"
        r"suelen? (?:tardar|decidirse)\b|(?:la venta|vender|cerrar) (?:nos )?(?:lleva|dura|tarda)\b|"
        r"(?:it|they|a sale|the sale|closing) (?:usually |typically |often )?takes? (?:us |them )?(?:about|around|"
        r"some|"
        r"\d|an? (?:day|week|month|year)|two|three|four|six))"
    ),
    "goal": re.compile(
        r"(?:(?:queremos|buscamos|esperamos|aspiramos a|pretendemos) (?:llegar|crecer|pasar|duplicar|triplicar|abrir|"
        r"facturar|vender|aumentar|conseguir|alcanzar|captar|ganar)\b|(?:el|nuestro) objetivo es\b|"
        r"we (?:want|aim|plan|hope|would like) to (?:reach|grow|double|triple|open|sell|increase|get|hire|expand|"
        r"win)\b|"
        r"(?:our|the) (?:business )?goal is\b)"
    ),
}
OFFER: Mapping[str, re.Pattern[str]] = {
    "price": re.compile(
        rf"(?:(?:cuesta|cuestan|vale|valen|el precio es|precio de|lo vendemos (?:a|por)|cobramos|it costs|costs?|"
        rf"priced at|we (?:charge|sell it (?:at|for))) (?:de )?{_FIGURE})"
    ),
    "anchor_price": re.compile(
        rf"(?:(?:todo )?por separado\b|(?:el )?(?:precio )?(?:de referencia|ancla)\b|valorad[oa] en {_FIGURE}|"
        rf"separately\b|"
        rf"(?:all )?bought separately\b|(?:the )?anchor\b|worth {_FIGURE}|valued at {_FIGURE})"
    ),
    "guarantee": re.compile(
        r"(?:garantizamos\b|(?:la|con) garantia\b|te devolvemos\b|devolvemos el\b|we guarantee\b|(?:the|our|with an?) "
        r"guarantee\b|(?:your )?money back\b|we (?:refund|give back)\b)"
    ),
    "urgency": re.compile(
        r"(?:solo (?:quedan|hay|aceptamos|tenemos) \d|quedan \d|only \d+ (?:places|spots|left)|we only take)"
    ),
}
CHANNELS: Mapping[str, re.Pattern[str]] = {
    "monthly_budget": re.compile(
        rf"(?:(?:(?:tenemos|hay|contamos con|disponemos de|podemos (?:gastar|invertir|poner)|invertimos|gastamos) "
        rf"(?:un presupuesto de )?{_FIGURE})|(?:(?:we (?:have|can spend|can invest|spend|put in)|there is|there are) "
        rf"(?:a budget of )?{_FIGURE}))"
    ),
    "team": re.compile(
        rf"(?:(?:el|nuestro) equipo (?:es|son|lo|somos|tiene|de)\b|somos {_COUNT}\b|(?:solo )?estoy yo\b|"
        rf"lo llev(?:a|an|o|amos)\b|"
        rf"se (?:encarga|encargan|ocupa|ocupan)\b|(?:the|our) team (?:is|are|has)\b|we are {_COUNT}\b|"
        rf"there are {_COUNT} of us\b|(?:it is|its) (?:only|just) me\b|{_COUNT} (?:people|personas)\b)"
    ),
    "assets": re.compile(
        r"(?P<lead>(?:ya )?(?:tenemos|contamos con|hay)(?: ya)?|we (?:already )?have) (?:una? |el |la |an? |the )?"
        r"(?:web|pagina|blog|lista|base de datos|fotos|videos?|casos|catalogo|instagram|newsletter|boletin|website|"
        r"site|list|mailing|photos?|case|catalogue)\b"
    ),
    "horizon": re.compile(
        r"(?:(?:queremos|necesitamos|esperamos|hay que ver|"
        r"deben verse) (?:ver )?(?:los )?(?:primeros )?resultados\b|(?:los )?(?:primeros )?"
        r"resultados (?:en|a|antes|para|dentro)\b|we (?:need|want|expect) (?:to see )?(?:the )?(?:first )?results\b|"
        r"(?:first )?results (?:in|within|by|before|after)\b)"
    ),
}
_START = re.compile(
    r"(?:(?:empezamos|empezaremos|empezar(?:iamos)?|arrancamos|comenzamos|arrancaria|empieza|arranca|"
    r"a partir del?|desde el|we "
    r"(?:will )?(?:start|begin)|starting|start(?:s)?|beginning) (?:el |la |on |in |from |a )?\w)"
)
CALENDAR: Mapping[str, re.Pattern[str]] = {
    "start_date": _START,
    "excluded_days": re.compile(
        r"(?:no (?:se )?publica(?:mos|r|remos)?\b|nada (?:los|en)\b|sin publicar\b|(?:menos|salvo|"
        r"excepto) (?:los|el)\b|"
        r"(?:we )?(?:do not|dont|never) (?:publish|post)\b|no posts\b|nothing on\b|except (?:on )?)"
    ),
    "people": re.compile(
        r"(?P<lead>(?:los |las )?(?:contenidos )?(?:los |lo )?(?:escriben?|preparan?|redactan?)|(?:it is |they are )?"
        r"(?:written|prepared) by)\b"
    ),
}
MEDIA: Mapping[str, re.Pattern[str]] = {
    "total": re.compile(
        rf"(?:(?:en total|el total|total de|the total|in total|total)\b.*\d|{_FIGURE}.* (?:en total|in total))"
    ),
    "contingency": re.compile(
        r"(?:(?:y |con |and |with )?(?:reserv\w+|guard\w+|dej\w+|apart\w+|keep\w*|hold\w*|set aside|contingency|"
        r"imprevistos)\b.*\d|"
        r"(?:un |el |an? |the )?\d[\d ]*%? (?:%|por ciento|percent)? ?(?:de |para |of |for |as )?(?:la |a |the )?"
        r"(?:reserva|imprevistos|contingency|contingencia|unforeseen))"
    ),
    "start": _START,
}


def with_cues(questions: Iterable[Question], cues: Mapping[str, re.Pattern[str]]) -> tuple[Question, ...]:
    """The questions, those that have a cue with it."""
    return tuple(
        replace(question, cue=cues[question.key]) if question.key in cues else question for question in questions
    )
