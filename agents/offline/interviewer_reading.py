"""What a consultant's message is: an answer, several, a correction, a question back, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from agents.customer_message.state import Language
from agents.interview.parsing.evasions import TOPIC, Evasion, evasion
from agents.interview.parsing.words import fold, is_yes
from agents.interview.state import InterviewDefinition, Question, QuestionKind
from agents.offline.language import detect

SINGLE_VALUED = frozenset(
    (QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.PERCENT, QuestionKind.DATE, QuestionKind.CHOICE)
)

# Short answers and names say little about a language; below this one keeps the one spoken so far.
FEWEST_WORDS = 4
SURE_OF_LANGUAGE = 0.65
# Beyond so many lines or sentences nobody is naming questions any more.
MOST_PARTS = 60

_LEAD = re.compile(
    r"^(?:(?:no|perd[oó]n|perdona|espera|sorry|wait|actually|en realidad|mejor|please|por favor|quiero|quisiera|"
    r"i want to|"
    r"i would like to|i'd like to|me gustar[ií]a|puedes|podemos|can you|could you|can we|let'?s|oye|ah|oh|hey|bueno|"
    r"well|"
    r"correcci[oó]n|correction|me equivoqu[eé]|my mistake|error|ojo|"
    r"(?:that['’]?s |that is )?wrong|i (?:was|am) (?:wrong|mistaken)|i made (?:an error|a mistake)|scratch that|"
    r"(?:eso )?no es (?:correcto|as[ií]|verdad)|est[aá] mal|eso est[aá] mal)\b[\s,.:;!–—-]*)+",
    re.IGNORECASE,
)
# Orders to change any answer, and verbs that mean it only of a figure ("sube el precio a…", but "reduce el plazo…").
_ORDER = re.compile(
    r"^(?:c[aá]mbia(?:r|me|mos|lo)?|corrige|corregir|corr[ií]geme|modifica(?:r)?|actualiza(?:r)?|rectifica(?:r)?|"
    r"change|correct|update|fix|edit|replace)\s+",
    re.IGNORECASE,
)
_ADJUST = re.compile(r"^(?:pon|deja|sube|baja|aumenta|reduce|set|make|increase|raise|lower|decrease)\s+", re.IGNORECASE)
# What one wishes to do is an aim ("subir el ticket"), unless one says that one wishes it here ("quiero subir …").
_WISHED = re.compile(r"^(?:poner|dejar|subir|bajar|aumentar|reducir)\s+", re.IGNORECASE)
_DENIAL = re.compile(
    r"^no[,.]?\s+(?:the|our|el|la|los|nuestr[oa])\s+(?:\w+\s+){1,3}(?:is|are|es|son)\s+\D{0,12}\d", re.IGNORECASE
)
_CHANGE_MARK = re.compile(
    r"(?:\s(?:a|por|to|as|into|con|with|en|es|is|que sea|to be)\s|\s?[:=→]\s?|\s->\s)", re.IGNORECASE
)
_OLD_VALUE = re.compile(r"\s(?:de|del|desde|from)\s.*$", re.IGNORECASE)
_STATEMENT_MARK = re.compile(
    r"\s(?:es|son|era|eran|ser[ií]a|ser[aá]|deber[ií]a ser|tiene que ser|is|are|was|were|should be|would be|will be)"
    r"(?:\s(?:de|en realidad|realmente|actually|really|about|unos|around))?\s|\s?[:=]\s?",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"^(?:no[\s,.:]+)?(?:(?:me equivoqu[eé]|perd[oó]n|quise decir|quer[ií]a decir|quiero decir|correcci[oó]n|"
    r"rectifico|"
    r"i meant|i mean|my mistake|correction|sorry)[\s,.:;]+)+"
    r"(?:que\s+|it is\s+|it's\s+|es\s+|son\s+)?(?P<value>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_NO = re.compile(
    r"^(?:no|nope)\s*[,.:;]\s*(?:que\s+|it is\s+|it's\s+|es\s+|son\s+|eran\s+)?(?P<value>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLES = re.compile(
    r"^(?:(?:y|and|adem[aá]s|also|que|the|el|la|los|las|lo|de|del|our|my|your|nuestro|nuestra|nuestros|nuestras|mi|"
    r"mis|su|sus|tu|tus)\s+)+",
    re.IGNORECASE,
)
_LINE_LABEL = re.compile(
    r"^(?:[-*•]\s*|\d{1,2}[.)]\s+)?(?P<label>[^\n:=|]{2,60}?)\s*(?::|=|\s[-–—]\s)\s*(?P<value>.*)$", re.DOTALL
)
_PIECES = re.compile(r"(?<=[.;!])\s+|\n+|,?\s+(?:y|and)\s+(?=(?:el|la|los|las|the|our|nuestr[oa]s?)\s)", re.IGNORECASE)
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)º-]+\s+", re.MULTILINE)

_EXPLAIN = re.compile(
    r"^(?:perdon |sorry |hola |hi |pero |but |y |and |and what |oye )*(?:no (?:lo |te |la )?entiendo|"
    r"no me queda claro|"
    r"(?:a )?que (?:te|se|os) (?:refieres|refiere|quieres decir|quiere decir)|que (?:quieres|quiere) decir|"
    r"que significa|"
    r"que es (?:eso|esto)|que seria(?: eso)?|que pongo|que debo poner|que tengo que poner|como (?:asi|dices)|explica|"
    r"explicame|"
    r"me lo explicas|me explicas|puedes explicar|ayuda$|ayudame|ejemplo|un ejemplo|dame (?:un )?ejemplo|"
    r"pon(?:me)? un ejemplo|"
    r"por ejemplo$|ponme un ejemplo|me das un ejemplo|para que (?:sirve|quieres|lo|necesitas|es)|por que (?:me |"
    r"lo )?(?:preguntas|necesitas|quieres)|"
    r"what do you mean|what does (?:that|this|it) mean|what is (?:that|this)|whats (?:that|this)|what should i|"
    r"what would that|"
    r"i (?:do not|dont) (?:understand|get it)|can you (?:explain|clarify|give me an example)|could you (?:explain|"
    r"clarify|give me an example)|"
    r"explain|clarify|help$|help me|give me an example|an example|example|for example$|for instance$|"
    r"why do you (?:ask|need|want)|"
    r"what for|how so|come again|que|what|huh|eh|como|cual)\b"
)
_ONLY_A_WORD = frozenset(("que", "what", "huh", "eh", "como", "cual"))
_CHATTER = re.compile(
    r"^(?:hola|holi|buenas|buenos dias|buenas tardes|buenas noches|hi|hello|hey|good (?:morning|afternoon|evening)|"
    r"gracias|"
    r"muchas gracias|thanks|thank you|genial|estupendo|que tal|how are you|como estas|encantad[oa]|nice to meet you|"
    r"empezamos|"
    r"vamos|lets go|lets start|listo|lista|ready|lol|jaja(?:ja)*|haha(?:ha)*|test|prueba|ping|ok|okay|vale|perfecto|"
    r"great|cool|"
    r"booms|hola booms|adios|bye|hasta luego)$"
)
_GREETING = re.compile(
    r"^(?:hola|hi|hello|hey|buenas|buenos dias|buenas tardes|good (?:morning|afternoon|evening))"
    r"(?: (?:que tal|como estas|como va|how are you|there|booms|buenas|a todos|everyone))*$"
)
_LAUGHTER = re.compile(r"^(?:(?:ja|je|ji|ha|he){2,}\w*|lol|xd+|lmao|rofl)\b")
_LONGEST_JOKE = 12
_OFF_TOPIC = re.compile(
    r"^(?:cuentame|cuenta un|dime (?:un|una|que|cual|quien|como|cuando|el tiempo)|escribe(?:me)? (?:un|una|el|la)|"
    r"hazme|haz un|traduce|tell me|write (?:me |a |an |the )|"
    r"translate|sing|canta|recomiendame|recommend me|ignora (?:las|tus|todas)|ignore (?:all|your|the|previous)|"
    r"olvida (?:las|tus|todo)|"
    r"forget (?:all|your|everything)|actua como|act as|you are now|ahora eres|muestrame (?:tu|el) prompt|show me your|"
    r"reveal|"
    r"que tiempo hace|whats the weather|what is the weather|que hora es|what time is it|quien (?:gano|eres|te)|"
    r"who (?:won|are you|made you))\b"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message that answers one question; `labelled` if it stands after a colon."""

    question: Question
    text: str
    labelled: bool = False


def written_language(text: str) -> Literal["", "es", "en"]:
    """The language a message is clearly written in, if it is one we answer in."""
    # Figures and single letters are of no language: "40 a 50" least of all.
    if sum(word.isalpha() and len(word) > 1 for word in fold(text).split()) < FEWEST_WORDS:
        return ""
    language, confidence = detect(text)
    if confidence < SURE_OF_LANGUAGE or language is Language.OTHER:
        return ""
    return "es" if language is Language.SPANISH else "en"


def asks_for_explanation(text: str, question: Question) -> bool:
    """Whether a message asks about the question instead of answering it."""
    folded = fold(text)
    words = folded.split()
    if not words or len(words) > 16:
        return False
    if words == ["help"] or (_EXPLAIN.match(folded) and ("?" in text or words[0] not in _ONLY_A_WORD)):
        return len(words) == 1 or words[0] not in _ONLY_A_WORD or not question.quotes_questions
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]
    return not question.quotes_questions and bool(sentences) and all(part.rstrip().endswith("?") for part in sentences)


def evades(definition: InterviewDefinition, question: Question, text: str) -> Evasion | None:
    """Whether a message evades the question; one that names what it does not know of ("the goal") does too."""
    folded = fold(text[:200])
    quoted = question.kind is QuestionKind.LIST
    if question.kind is QuestionKind.CHOICE and folded in {
        fold(word) for choice in question.choices for word in (*choice.label, *choice.synonyms)
    }:
        return None
    named = sorted(
        {label for q in ((question,) if quoted else definition.questions) for label in labels_of(q)}, key=len
    )
    masked = f" {folded} "
    for label in reversed(named):
        masked = masked.replace(f" {label} ", f" {TOPIC} ")
    return evasion(text, quoting=quoted) or evasion(masked, quoting=quoted)


def is_request(text: str) -> bool:
    """Whether a message asks for something that is not the interview's business."""
    return bool(_OFF_TOPIC.match(fold(text)))


def is_small_talk(text: str) -> bool:
    """Whether a message greets or jokes and says nothing else."""
    folded = fold(text)
    laughs = _LAUGHTER.match(folded) and len(folded.split()) <= _LONGEST_JOKE
    return bool(laughs or _GREETING.match(folded))


def is_off_topic(text: str) -> bool:
    """Whether a message is a greeting, small talk or a request that has nothing to do with the interview."""
    folded = fold(text)
    return bool(_CHATTER.match(folded)) or is_request(text) or (is_yes(text) and len(folded) <= 12)


def find_question(definition: InterviewDefinition, label: str) -> Question | None:
    """The question that people call so, by name, alias, key or close spelling."""
    wanted = fold(_ARTICLES.sub("", label.strip(" \"'«»“”")))
    if not 2 <= len(wanted) <= 60:
        return None
    for question in definition.questions:
        if wanted in labels_of(question):
            return question
    scored = [
        (SequenceMatcher(None, wanted, name).ratio(), position)
        for position, question in enumerate(definition.questions)
        for name in labels_of(question)
        if abs(len(name) - len(wanted)) <= 3
    ]
    best = max(scored, default=(0.0, 0))
    return definition.questions[best[1]] if best[0] >= 0.86 and len(wanted) >= 5 else None


def labels_of(question: Question) -> set[str]:
    """Everything a question is called, folded."""
    return {fold(text) for text in (question.key.replace("_", " "), *question.name, *question.aliases)}


def wants_change(text: str) -> bool:
    """Whether a message asks in so many words to change an answer, even one that nobody asked for."""
    stripped = _LEAD.sub("", text.strip())
    ordered = _ORDER.match(stripped) and _CHANGE_MARK.search(stripped) and len(stripped.split()) <= 14
    return bool(ordered or _DENIAL.match(text.strip()))


def find_correction(definition: InterviewDefinition, text: str) -> Piece | None:
    """ "cambia la industria a…", "no, the budget is 4,000": the question named and its new answer."""
    text = text.strip()
    stripped = _LEAD.sub("", text)
    order = _ORDER.match(stripped)
    if order:
        return _split_at(definition, stripped[order.end() :], _CHANGE_MARK)
    adjust = _ADJUST.match(stripped) or (_WISHED.match(stripped) if stripped != text else None)
    piece = _split_at(definition, stripped[adjust.end() :], _CHANGE_MARK) if adjust else None
    if piece and piece.question.kind in SINGLE_VALUED:
        return piece
    return _split_at(definition, stripped, _STATEMENT_MARK) if stripped != text else None


def find_statement(definition: InterviewDefinition, text: str) -> Piece | None:
    """ "the budget is 4,000" with nothing before it."""
    return _split_at(definition, text.strip(), _STATEMENT_MARK)


def _split_at(definition: InterviewDefinition, text: str, mark: re.Pattern[str]) -> Piece | None:
    for match in mark.finditer(text[:120]):
        label = text[: match.start()]
        question = find_question(definition, label) or find_question(definition, _OLD_VALUE.sub("", label))
        value = text[match.end() :].strip(" \"'«»“”")
        if question and value:
            return Piece(question, value, labelled=match.group().strip() in (":", "="))
    return None


def find_second_thought(text: str, *, explicit: bool) -> str | None:
    """What replaces the last answer without naming it: "I meant 4,000" or, if not `explicit`, "no, 4,000"."""
    match = (_MEANT if explicit else _PLAIN_NO).match(text.strip())
    return match["value"].strip() if match else None


def labelled_pieces(definition: InterviewDefinition, text: str) -> tuple[list[Piece], str]:
    """Lines that name their question, with the lines below them; and what stands before the first."""
    pieces: list[Piece] = []
    before: list[str] = []
    for position, line in enumerate(text.split("\n")):
        match = _LINE_LABEL.match(line) if position < MOST_PARTS else None
        question = find_question(definition, match["label"]) if match else None
        if match and question:
            pieces.append(Piece(question, match["value"].strip()))
        elif pieces:
            pieces[-1] = Piece(pieces[-1].question, f"{pieces[-1].text}\n{line}".strip())
        else:
            before.append(line)
    return [piece for piece in pieces if piece.text], "\n".join(before).strip()


def sentences(text: str) -> Iterator[str]:
    """The parts of a message that could each be an answer."""
    return (part.strip() for part in _PIECES.split(text, maxsplit=MOST_PARTS) if part and part.strip())


def numbered_parts(text: str) -> list[str]:
    """The parts of a message written as 1. 2. 3., or nothing if it is not."""
    if len(_NUMBERED.findall(text)) < 2 or not _NUMBERED.match(text.strip()):
        return []
    return [part.strip() for part in _NUMBERED.split(text.strip()) if part.strip()]
