"""Corrections put around an answer's name or its old words: "put 5,000 for the ticket", "rather than X, Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from agents.interview.parsing.words import fold
from agents.interview.state import Answers, InterviewDefinition, Question, QuestionKind
from agents.offline.interviewer_reading import labels_of

_LONGEST = 240
_NAMED = "§"
_BREAK = "‖"  # in a form: a comma, colon or full stop must stand there; elsewhere it may
_WORD = re.compile(r"(?P<word>\w+(?:['’´`]\w+)*|[%€$£])(?P<stop>[,;:.!?…)»”]*(?=\s|$)(?<=\W)|\s+[–—:-](?=\s))?")
_DENIED = re.compile(r"^(?:no|not|nothing|nada|like that|asi)\b")
_EDGES = " \t\"'«»“”.,;:!¡?¿–—-"

_LEAD = (
    r"(?:no|nope|ah|oh|ay|uy|oops|ups|y|and|but|pero|oye|hey|espera|wait|hold on|perdon|perdona|perdone|sorry|"
    r"disculpa|disculpe|mejor|actually|en realidad|por cierto|by the way|bueno|well|ok|okay|vale|please|por favor|"
    r"antes|earlier|scratch that|correccion|correction|let me correct that|me he equivocado|me equivoque|my mistake|"
    r"rectifico|pensandolo bien|pensandolo mejor|on second thoughts?|come to think of it|sabes que|you know what|"
    r"lo siento|my bad|un momento|one moment|a ver|i think|creo que|lets say|digamos que|pongamos que|fallo mio|"
    r"culpa mia|now that i think(?: of it| about it)?|ahora que lo pienso)"
)
_OPENING = rf"(?:{_LEAD} )*"
_OF = (
    r"(?:(?:el|la|los|las|lo|the|our|my|mi|mis|tu|your|that|ese|esa|nuestr[oa]s?|about|with|con|en|in|on|sobre|de|del|"
    r"al?|for|to|as|under|para|como|respuesta|answer|valor|value|dato|figure|cifra|campo|field|part|tema|apartado|"
    r"dicho|what i said|what i told you|que (?:te )?dije|bit|thing|cosa|antes puse) )*"
)
_GIVEN = (
    r"(?: (?:que |that |which )?(?:(?:te |os |le )?(?:dije|di|puse|escribi|apunte|anote|he (?:dado|dicho|puesto)|"
    r"habia dicho)|i (?:gave|told|said|wrote|put|noted|mentioned)(?: you)?)(?: (?:antes|before|earlier))?|"
    r" (?:anterior|de antes))?"
)
_NAME = rf"{_OF}{_NAMED}{_GIVEN}"
_BE = (
    r"(?:(?:que )?(?:es|son|era|eran|fue|seria|serian|sera|sean?|deberian?(?: (?:ser|decir|poner))?|tendrian? que "
    r"(?:ser|decir)|tiene que ser|ha de ser|lo correcto (?:es|seria)|is|are|was|were|should (?:be|say|read|have been)|"
    r"ought to be|must be|has to be|it is|its|it was|they are|theyre|it should (?:be|say|read)|make (?:it|that)|"
    r"lo bueno es|quiero|mejor|ponlo|dejalo|put|pon|use|usa|mas bien)"
    r"(?: (?:en realidad|actually|really|mas bien|rather|que|that|mostly|sobre todo|en))?)"
)
_PUT = (
    r"(?:que sean?|pon(?:me|le|er|ga|gamos)?|apunta(?:me)?|anota(?:me)?|escribe|deja(?:l[oa])?|mete|usa|fija|put|write|"
    r"leave|note|enter|set|use|make|have|go with|put down|write down)"
)
_NOT = (
    r"(?:no (?:es|era|son|eran|fue)|(?:it |that )?(?:is|was|are|were) not|(?:it |that )?(?:isnt|wasnt|arent|werent)|"
    r"its not|thats not|not)"
)
_WRONG = (
    r"(?:(?:esta|estaba|estan|is|was|are|were|seems|looks|me sale|salio|quedo)(?: \w+)? (?:mal|equivocad[oa]s?|"
    r"incorrect[oa]s?|erroneo|erronea|desfasad[oa]s?|wrong|incorrect|off|mistaken|outdated|out of date|"
    r"old)|es(?:ta)? (?:incorrect[oa]|erroneo|"
    r"erronea|viejo|antiguo)|no (?:es correct[oa]|es asi|vale|esta bien|es ese|es esa|me convence|sirve|cuadra)|"
    r"(?:is not|isnt|was not|wasnt|does not look|doesnt look) (?:right|correct|true|accurate|like that)|"
    r"(?:has|had) a (?:mistake|typo)|has changed|ha cambiado|tiene un error)"
)
_BADLY = r"(?:mal|wrong|badly|wrongly|poorly|incorrectly|fatal|regular|a medias)"
_TOLD = (
    r"(?:told you|told|gave you|gave|got|had|put|wrote|explained|described|answered|said|dije|di|puse|escribi|explique|"
    r"conte|describi|respondi|conteste|(?:he|habia) (?:dicho|puesto|dado|explicado|contado|descrito|escrito|"
    r"respondido|contestado))"
)
_ERRED = (
    r"(?:(?:me (?:he )?|he )(?:equivoque|equivocado|confundi|confundido|confundida|equivocada|lie|liado|liada|cole|"
    r"colado|colada|patine|patinado|metido la pata|meti la pata)|there is (?:a mistake|an error|a typo)|hay un "
    r"(?:error|fallo)|i (?:made a mistake|messed up|screwed up|mixed up|botched|got (?:confused|mixed up)|"
    r"was (?:wrong|mistaken)|misspoke|mistyped))"
)
_CHANGE = (
    r"(?:cambi(?:a|amos|ame|alo|emos)|corrig(?:e|es|eme)|modifica|actualiza|rectifica|revisa|edita|sustituye(?:me)?|"
    r"reemplaza|(?<!^)(?:cambiar|corregir|modificar|actualizar|rectificar|revisar|editar|rehacer|sustituir|"
    r"reemplazar)|swap|change|correct|fix|update|revise|amend|replace|redo|adjust|rephrase|reword|edit)"
)
_DROP = (
    r"(?:quita(?:r|me)?|borra(?:r|me)?|elimina(?:r|me)?|olvida(?:r|te)?|descarta(?:r)?|tacha|suprime|retir[oa]|"
    r"(?:me )?desdigo|forget|remove|drop|delete|scratch|scrap|ignore|discard|strike|clear|(?:i )?(?:take back|withdraw|"
    r"retract))"
)
_WISH = (
    r"(?:(?:quiero|quisiera|querria|me gustaria|necesito|tengo que|hay que|podemos|puedes|podrias|podria|deja que|"
    r"dejame|i want to|i would like to|id like to|i need to|we need to|we should|i have to|can (?:we|you|i)|"
    r"could (?:we|you|i)|would you|let me|lets|please|por favor) )*"
)
_BACK = r"(?:volvamos|volver|volviendo|vuelve|regresa|regresemos|(?:go |going |coming )?back|return|returning)"
_INSTEAD = r"(?:rather than|instead of|en vez de|en lugar de|mejor que|antes que|mas que)"
_NO_LONGER = rf"(?:{_INSTEAD}|y no|and not)"
_WHERE = r"(?:donde|cuando|when|where|si|lo de|eso de)"
_SAYS = rf"(?:(?:yo|te|i) )*(?:pone|dice|it says|{_TOLD})"
_TO = rf"(?:a|por|to|as|with|into|for|en|at|como|que|para que diga|so (?:that )?it (?:says|reads)|{_BE})"
_IN = r"(?:en|para|as|for|in|como|under|at|de|on)"
_BUT = rf"(?:(?:sino(?: que)?|but(?: rather)?)(?: {_BE})?|{_BE})"
_MEANT = r"(?:(?:yo )?(?:queria decir|quise decir|quiero decir|i meant|i mean|read|lease|lee)(?: to say)?)"
_ABOUT = (
    r"(?:ronda(?:ria)?(?: los| las)?|anda (?:por|en|sobre)(?: los| las)?|(?:esta|estaria) (?:en|sobre|por)"
    r"(?: los| las)?|(?:es|son|seria|serian|is|are|was|were|would be) (?:en realidad|realmente|mas bien|actually|"
    r"really|rather|more like|closer to|now|ahora)(?: de)?|would rather be|(?:en realidad|actually|really|ahora|now) "
    r"(?:es|son|seria|ronda|is|are)(?: de| los)?|(?:ha |have |has )?(?:subido|bajado|subio|bajo|pasado|paso|crecido|"
    r"went up|gone up|went down|gone down|dropped|risen|rose|increased) (?:a|to|hasta)(?: los| las)?)"
)


def _maybe(part: str) -> str:
    """A form's new words, which may be missing."""
    return rf"(?: (?:{part} )?(?P<new>.+?))?"


_OTHER = r"(?:otr[oa]|another|a different)"
_RATHER = r"(?:(?:yo )?(?:prefiero|preferiria|mejor) que|(?:i |id |i would )?(?:rather|prefer)(?: that)?)"
_OR_NOT = rf"(?:{_NO_LONGER}|not|no)"
_THEN = rf"(?: (?:{_PUT}|{_BE}) |{_BREAK})"

_FORMS = tuple(
    re.compile(form.replace(" ", ",? ").replace(_BREAK, ", ") + "(?:,? (?:please|por favor|gracias|thanks))?$")
    for form in (
        rf"{_OPENING}{_NAME} {_NOT} {_OF}(?P<old>.+?)(?: {_BUT} (?P<new>.+?))?",
        rf"{_OPENING}{_INSTEAD} {_OF}(?P<old>.+?) {_NAME}{_THEN}(?P<new>.+?)",
        rf"{_OPENING}{_INSTEAD} {_NAME}{_THEN}(?P<new>.+?)",
        rf"{_OPENING}{_INSTEAD} {_OF}(?P<old>.+?){_THEN}(?P<new>.+?)(?: {_IN} {_NAME})?",
        rf"{_OPENING}{_NAME} (?:{_BE} )?(?P<new>.+?) {_OR_NOT} {_OF}(?P<old>.+?)",
        rf"{_OPENING}(?:{_PUT} |{_BE} )?(?P<new>.+?) {_NO_LONGER} {_OF}(?P<old>.+?)",
        rf"{_OPENING}{_NAME} {_WRONG}(?: y| and| then| entonces)?{_maybe(_BE)}",
        rf"{_OPENING}{_NAME} (?:(?:lo|la|los|las|i|we|yo) )?{_TOLD} {_BADLY}{_maybe(_BE)}",
        rf"{_OPENING}(?:(?:i|we|te|os|yo|me|lo) )*{_TOLD} {_BADLY} {_NAME}{_maybe(_BE)}",
        rf"{_OPENING}(?:(?:i|we|te|os|yo|me) )*{_TOLD} {_NAME} {_BADLY}{_maybe(_BE)}",
        rf"{_OPENING}{_ERRED} {_NAME}{_maybe(_BE)}",
        rf"{_OPENING}{_WISH}{_DROP} {_NAME} (?:y|and) (?:en su lugar |instead )?{_PUT}(?: que| that)? (?P<new>.+?)",
        rf"{_OPENING}{_WISH}{_DROP} {_NAME}",
        rf"{_OPENING}{_WISH}{_BACK} {_NAME}{_maybe(_BE)}",
        rf"{_OPENING}{_WISH}{_CHANGE} {_NAME}(?: (?:de|del|from) (?P<old>.+?))?(?: {_TO} (?P<new>.+?))?",
        rf"{_OPENING}{_WISH}{_PUT} {_NAME} (?:{_TO} )?(?P<new>.+?)",
        rf"{_OPENING}{_NAME} {_PUT} (?:que |that )?(?P<new>.+?)",
        rf"{_OPENING}{_WISH}{_PUT} (?:it |lo |que |that )?(?P<new>.+?) {_IN} {_NAME}(?: {_OR_NOT} (?P<old>.+?))?",
        rf"{_OPENING}{_NAME} {_ABOUT} (?P<new>.+?)",
        rf"{_OPENING}{_RATHER} {_NAME} {_BE} (?P<new>.+?)",
        rf"{_OPENING}(?:rebobina |rewind )?(?:quiero|prefiero|dame|i want|i prefer|give me) {_OTHER} {_NAME}",
        rf"{_OPENING}{_WHERE} {_SAYS}(?: that| que)? (?P<old>.+?) (?:{_MEANT}|{_BE}) (?P<new>.+?)",
        rf"{_OPENING}(?:i |te )?{_TOLD} (?P<old>.+?) (?:pero|but|cuando|when) (?:{_BE}|{_MEANT}) (?P<new>.+?)",
        rf"{_OPENING}{_NOT} {_OF}(?P<old>.+?) {_BUT} (?P<new>.+?)",
        rf"(?:{_LEAD} )+{_NAME} {_BE} (?P<new>.+?)",
        rf"(?:{_LEAD} )+(?P<new>.+?){_BREAK}(?:(?:ya )?que|porque|pues|because|since|as) {_NAME} .+",
    )
)


@dataclass(frozen=True, slots=True)
class Mending:
    """What a message mends: the question it names, if any, the old words and the new ones, where it says them."""

    question: Question | None
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as one folded line in which the names of one answer are masked; without a question none is."""

    NAME: ClassVar[str] = _NAMED

    text: str
    masked: str
    places: tuple[tuple[int, int, int], ...]
    question: Question | None = None

    def words(self, first: int, last: int) -> str:
        """Some of its words as the consultant wrote them: capitals, accents and figures in place."""
        return self._raw([(start, end) for _, start, end in self.places[first:last]])

    def part(self, found: re.Match[str], name: str) -> str:
        """A part of a match as the consultant wrote it."""
        at, to = found.span(name) if found.groupdict().get(name) else (0, 0)
        return self._raw([(start, end) for place, start, end in self.places if at <= place < to])

    def _raw(self, inside: Sequence[tuple[int, int]]) -> str:
        if not inside:
            return ""
        first, last = inside[0][0], inside[-1][1]
        if last == self.places[-1][2]:
            last = len(self.text)
        if first and self.text[first - 1] in "€$£-":
            first -= 1
        return self.text[first:last].strip(_EDGES)


def find_mendings(definition: InterviewDefinition, answers: Answers, text: str) -> Iterator[Mending]:
    """Every way in which a short message mends an answer, likeliest first; whoever asks knows the old answers."""
    named = (*named_readings(definition, answers, text, quoted=False), *named_readings(definition, answers, text))
    for reading in (*dict.fromkeys(named), *_plain_reading(text)):
        for form in _FORMS:
            found = form.match(reading.masked)
            parts = "".join(words for words in found.groupdict().values() if words) if found else ""
            names = bool(found) and _NAMED in found.group() and _NAMED not in parts
            if (
                found
                and names == (reading.question is not None)
                and not _DENIED.match(fold(reading.part(found, "new")))
            ):
                yield Mending(reading.question, reading.part(found, "old"), reading.part(found, "new"))


def named_readings(
    definition: InterviewDefinition, answers: Answers, text: str, *, quoted: bool = True
) -> Iterator[Reading]:
    """A short message with the names of an answer, and if `quoted` its very words, masked; answer after answer."""
    words = _words(text.strip())
    said = [word.rstrip(",") for _, _, word in words]
    for question in definition.questions:
        if question.key in answers and (spans := _spans(question, answers[question.key] if quoted else None, said)):
            yield _reading(text, _masked(words, spans), question)


def _spans(question: Question, answer: Any, said: list[str]) -> list[tuple[int, int]]:
    """Where the message names an answer, the longest name first where several begin."""
    spans: list[tuple[int, int]] = []
    for name in sorted(_names(question, answer), key=len, reverse=True):
        for first in range(len(said) - len(name) + 1):
            last = first + len(name)
            if said[first:last] == name and all(last <= begin or end <= first for begin, end in spans):
                spans.append((first, last))
    return sorted(spans)


def _masked(words: list[tuple[int, int, str]], spans: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    masked = list(words)
    for first, last in reversed(spans):
        comma = "," if words[last - 1][2].endswith(",") else ""
        masked[first:last] = [(words[first][0], words[last - 1][1], f"{_NAMED}{comma}")]
    return masked


def _plain_reading(text: str) -> Iterator[Reading]:
    if words := _words(text.strip()):
        yield _reading(text, words)


def _words(text: str) -> list[tuple[int, int, str]]:
    """Where each word of a short message begins and ends, and the word folded."""
    if len(text) > _LONGEST or "\n" in text:
        return []
    return [(found.start(), found.end(), _plain(found)) for found in _WORD.finditer(text)]


def _reading(text: str, words: Sequence[tuple[int, int, str]], question: Question | None = None) -> Reading:
    places, line = [], ""
    for start, end, word in words:
        places.append((len(line), start, end))
        line += f"{word} "
    return Reading(text.strip(), line.strip(), tuple(places), question)


def _plain(found: re.Match[str]) -> str:
    """A word folded, with a comma if something parts it from the next."""
    word = fold(found["word"]) or found["word"]
    return f"{word}," if found["stop"] else word


def _names(question: Question, answer: Any) -> Iterator[list[str]]:
    yield from (label.split() for label in labels_of(question))
    if question.kind is QuestionKind.TEXT and answer and fold(answer):
        yield fold(answer).split()
