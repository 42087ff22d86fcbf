"""Which question a sentence answers by what it says: "we sell braces", "el problema es que…"; and where it begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from agents.interview.parsing.words import fold
from agents.interview.state import InterviewDefinition, Question, QuestionKind
from agents.offline.interviewer_reading import Piece, find_statement

Reads = Callable[[Question, str], bool]

_LABELLED = re.compile(r"(?:el|la|los|las|the|our|nuestr[oa]s?|su)\s", re.IGNORECASE)
_BREAK = re.compile(r"(?<=[.;!])\s+|\n+|,\s+(?:(?:y|and|pero|but)\s+)?|\s+(?:y|and)\s+", re.IGNORECASE)
_AFTER_ALL = re.compile(r"^(?:(?:y|and|pero|but|tambi[eé]n|also|adem[aá]s|que|that)\s+)+", re.IGNORECASE)
_IN_EARNEST = re.compile(
    r"^(?:(?:ahora |no,? )?en serio|(?:but )?seriously|now seriously|bromas aparte|joking aside)[\s,:.;–-]+", re.I
)
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


def without_lead(question: Question, text: str) -> str:
    """An answer without the words that only lead up to it: "we are a bakery" is "Bakery"."""
    bare = _IN_EARNEST.sub("", text.strip())
    found = question.cue.match(fold(bare[:_CUE_LENGTH])) if question.cue else None
    lead = len(((found.groupdict() if found else {}).get("lead") or "").split())
    if not lead:
        return bare if bare != text.strip() else text
    rest = bare.split(maxsplit=lead)[lead:]
    return f"{rest[0][:1].upper()}{rest[0][1:]}" if rest and len(rest[0]) > 1 else text


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
    for question in (asked, *others.values()):
        if question.cue and question.cue.match(folded):
            told = without_lead(question, bare)
            return Piece(question, told if told != bare else sentence)
    return None
