"""Which question a sentence answers by what it says: "we sell braces", "el problema es que…"; and where it begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from agents.interview.parsing.words import fold
from agents.interview.state import InterviewDefinition, Question, QuestionKind
from agents.offline.interviewer_reading import Piece, find_statement

Reads = Callable[[Question, str], bool]

# How people begin to speak of what a question asks, by the question's key. Anchored, so that a cue costs one look.
_CUES: Mapping[str, re.Pattern[str]] = {
    "industry": re.compile(
        r"(?:somos una? |nos dedicamos a|trabajamos en (?:el sector|la industria)|estamos en el sector|"
        r"es una empresa de|"
        r"la empresa es una? |we are an? |we re an? |were an? |it is an? \w+ (?:company|business|firm|shop)|"
        r"we work in (?:the )?\w+ (?:sector|industry)|we are in the )"
    ),
    "offering": re.compile(
        r"(?:(?:les |os |tambien )?(?:vendemos|ofrecemos|fabricamos|comercializamos|prestamos|proporcionamos)\b|"
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
_LABELLED = re.compile(r"(?:el|la|los|las|the|our|nuestr[oa]s?|su)\s", re.IGNORECASE)
_BREAK = re.compile(r"(?<=[.;!])\s+|\n+|,\s+(?:(?:y|and|pero|but)\s+)?|\s+(?:y|and)\s+", re.IGNORECASE)
_AFTER_ALL = re.compile(r"^(?:(?:y|and|pero|but|tambi[eé]n|also|adem[aá]s|que|that)\s+)+", re.IGNORECASE)
_GRIDS = frozenset((QuestionKind.GRADES, QuestionKind.TABLE))
# Beyond so many commas and full stops nobody is answering several questions.
_MOST_BREAKS = 60
_CUE_LENGTH = 80


def split_by_topic(
    definition: InterviewDefinition, asked: Question, waiting: Iterable[Question], text: str, reads: Reads
) -> list[Piece]:
    """A message in the parts that answer `asked` and other `waiting` questions; one part if it speaks of one thing.

    What another question could not read (`reads`) stays where it was said.
    """
    others = {question.key: question for question in waiting if question.kind not in _GRIDS}
    others.pop(asked.key, None)
    texts: dict[str, str] = {}
    key = asked.key
    for sentence in _parts(text):
        new = _topic(definition, asked, others, sentence)
        if new and (new.question == asked or reads(new.question, tidy(new.text))):
            key, said = new.question.key, new.text
        else:
            said = sentence
        texts[key] = f"{texts.get(key, '')}{said}"
    questions = {**others, asked.key: asked}
    return [Piece(questions[key], tidy(said)) for key, said in texts.items() if tidy(said)]


def tidy(text: str) -> str:
    """A part of a message as an answer of its own."""
    return _AFTER_ALL.sub("", text.strip(" \n,;")).strip().rstrip(" .,;").strip()


def _parts(text: str) -> Iterator[str]:
    """The message cut wherever another thought could begin; put together again they are the message."""
    begin = 0
    for number, found in enumerate(_BREAK.finditer(text)):
        if number >= _MOST_BREAKS:
            break
        yield text[begin : found.start()]
        begin = found.start()
    yield text[begin:]


def _topic(
    definition: InterviewDefinition, asked: Question, others: Mapping[str, Question], sentence: str
) -> Piece | None:
    bare = _AFTER_ALL.sub("", sentence.strip(" \n,;"))
    stated = find_statement(definition, bare) if _LABELLED.match(bare) or ":" in bare[:_CUE_LENGTH] else None
    if stated and stated.question == asked:
        return Piece(asked, sentence)
    if stated and stated.question.key in others:
        return Piece(stated.question, stated.text)
    folded = fold(bare[:_CUE_LENGTH])
    for key, cue in _CUES.items():
        if (key == asked.key or key in others) and cue.match(folded):
            return Piece(asked if key == asked.key else others[key], sentence)
    return None
