"""What changes an answer given before, or asks for it: corrections, going back, deleting, telling what is noted."""

from __future__ import annotations

from itertools import chain
from typing import Any

from agents.interview.answers import question_of, read_answer, with_answer, with_first, without_answer
from agents.interview.parsing import Reading, parse_answer
from agents.interview.parsing.words import fold
from agents.interview.state import (
    Bilingual,
    InterviewContext,
    InterviewDefinition,
    InterviewState,
    Parsed,
    ParseFault,
    Question,
    QuestionKind,
)
from agents.offline import interviewer_phrases as say
from agents.offline import interviewer_reading as reading
from agents.offline.interviewer_contrasts import find_contrast, find_wrong_about, is_figure
from agents.offline.interviewer_corrections import Mending, find_mendings
from agents.offline.interviewer_orders import Order, find_order
from agents.offline.interviewer_reading import Piece, find_question
from agents.offline.interviewer_repairs import find_repairs


class Mender:
    """A message that mends what is noted: `state` as it becomes, `said` of it, `answered` by it."""

    def __init__(
        self, definition: InterviewDefinition, context: InterviewContext, state: InterviewState, language: str
    ) -> None:
        self.definition = definition
        self.context = context
        self.state = state
        self.language = language
        self.said: list[str] = []
        self.answered: list[str] = []

    def _as_order(self, question: Question | None, message: str) -> bool:
        """Go back, delete, tell what is noted."""
        asked = find_order(self.definition, message)
        if asked is None or (question and question.quotes_questions and asked.order is Order.RECALL):
            return False
        last = question_of(self.definition, self.state.last_answered) if self.state.last_answered else None
        about = asked.question or (last if asked.order is Order.BACK else None)
        if asked.order is Order.RECALL:
            wanted = (about,) if about else self.definition.questions
            self.said.append(say.recalled(wanted, self.state, self.context, self.language))
        elif about is None or about.key not in self.state.answers:
            self.said.append(say.which_answer(self._names_answered(), self.language))
        elif asked.order is Order.BACK:
            self.state = with_first(self.definition, self.state, about.key)
            self.said.append(say.back_to(about, self.language))
        else:
            self.state = without_answer(self.definition, self.state, about.key)
            self.said.append(say.deleted(about, self.language))
        return True

    def _as_correction(self, question: Question | None, message: str) -> bool:
        if self._as_mending(question, message) or self._as_contrast(question, message):
            return True
        piece = reading.find_correction(self.definition, message)
        if piece and piece.question != question:
            return self._correct(piece)
        if piece is None and reading.wants_change(message):
            self.said.append(say.which_answer(self._names_answered(), self.language))
            return True
        stated = reading.find_statement(self.definition, message)
        named = stated and stated.question != question and stated.question.key in self.state.answers
        # With nothing asked, "the industry is hospitality" can only be a correction; else a text may just begin so.
        plain = stated and (question is None or stated.question.kind in reading.SINGLE_VALUED)
        if stated and named and plain and self._correct(stated, quietly=True):
            return True
        return self._as_second_thought(question, message)

    def _as_mending(self, question: Question | None, message: str) -> bool:
        """ "Put 5,000 for the ticket", "rather than X, Y"; told only what is wrong, the answer is asked for again."""
        doubted: Question | None = None
        given = self.definition, self.state.answers, message
        for mending in chain(find_mendings(*given), find_repairs(*given)):
            meant = self._meant(mending)
            if meant is None or meant == question:
                continue
            read = self._read(meant, self._mended(meant, mending.old, mending.new)) if mending.new else None
            if isinstance(read, Parsed):
                return self._keep(meant, read)
            if doubted is None:
                doubted = meant
                self.said.append(
                    say.unreadable(meant, read, self.language) if read else say.back_to(meant, self.language)
                )
            if read is None:
                break
        if doubted:
            self.state = with_first(self.definition, self.state, doubted.key)
        return doubted is not None

    def _meant(self, mending: Mending) -> Question | None:
        """The answer that is to be mended: the one named, or told by the words that it must have had."""
        if mending.question is None:
            return self._that_says(mending.old)
        figures = mending.question.kind in reading.SINGLE_VALUED and mending.new
        told = not mending.old or figures or self._says(mending.question, mending.old)
        return mending.question if told else None

    def _as_contrast(self, question: Question | None, message: str) -> bool:
        """ "It is not A but B", "I was wrong about …": the answer meant is named, or it is the one that says A."""
        piece = find_wrong_about(self.definition, message)
        contrast = find_contrast(message) if piece is None else None
        if contrast:
            named = find_question(self.definition, contrast.label) if contrast.label else None
            meant = named if contrast.label else self._that_says(contrast.wrong)
            if meant and question and question.kind is QuestionKind.LIST and not self._says(meant, contrast.wrong):
                return False
            piece = Piece(meant, self._mended(meant, contrast.wrong, contrast.right)) if meant else None
        if piece and piece.question != question and piece.question.key in self.state.answers:
            return self._correct(piece, quietly=not (contrast and contrast.said))
        figures = contrast and not contrast.label and is_figure(contrast.right) and is_figure(contrast.wrong)
        lost = bool(contrast and (contrast.said or figures) and not piece)
        if lost:
            self.said.append(say.which_answer(self._names_answered(), self.language))
        return lost

    def _that_says(self, words: str) -> Question | None:
        """The answered question, last first, whose answer is these words, else one that is mostly made of them."""
        answered = [question_of(self.definition, key) for key in reversed(self.state.answers)]
        answered.sort(key=lambda other: other.key != self.state.last_answered)
        whole = next((question for question in answered if self._is(question, words)), None)
        return whole or next((question for question in answered if self._says(question, words)), None)

    def _is(self, question: Question, words: str) -> bool:
        value = self.state.answers[question.key]
        if question.kind in reading.SINGLE_VALUED:
            read = parse_answer(question, words, self._plainly())
            return isinstance(read, Parsed) and _size(read.value) == _size(value)
        return fold(words) in map(fold, value if question.kind is QuestionKind.LIST else [str(value)])

    def _says(self, question: Question, words: str) -> bool:
        """Whether the words are the answer or at least half of it."""
        if self._is(question, words):
            return True
        value = self.state.answers[question.key]
        if question.kind is not QuestionKind.TEXT:
            return False
        said, noted = _weighty(words), _weighty(str(value))
        return bool(said) and said <= noted and len(said) * 2 >= len(noted)

    def _plainly(self) -> Reading:
        return Reading(language=self.language, today=self.context.today, currency=self.context.currency)

    def _mended(self, question: Question, wrong: str, right: str) -> str:
        """The new answer; of a list, the old one with the wrong item put right."""
        value = self.state.answers.get(question.key)
        if question.kind is not QuestionKind.LIST or not value or fold(wrong) not in map(fold, value):
            return right
        return "\n".join(right if fold(item) == fold(wrong) else item for item in value)

    def _as_second_thought(self, question: Question | None, message: str) -> bool:
        last = question_of(self.definition, self.state.last_answered) if self.state.last_answered else None
        if last is None or (question and question.key == last.key):
            return False
        meant = reading.find_second_thought(message, explicit=True)
        if meant is None and last.kind in reading.SINGLE_VALUED - {QuestionKind.CHOICE}:
            meant = reading.find_second_thought(message, explicit=False)
        return meant is not None and self._correct(Piece(last, meant), quietly=True)

    def _correct(self, piece: Piece, *, quietly: bool = False) -> bool:
        """Take the new answer; `quietly` lets an unreadable one be understood in some other way."""
        value = self._read(piece.question, piece.text)
        if isinstance(value, Parsed):
            return self._keep(piece.question, value)
        if not quietly:
            self.said.append(say.unreadable(piece.question, value, self.language))
        return not quietly

    def _read(self, question: Question, text: str) -> Parsed | ParseFault:
        return read_answer(question, text, answers=self.state.answers, context=self.context, language=self.language)

    def _keep(self, question: Question, answer: Parsed) -> bool:
        before = self.state.answers.get(question.key)
        value, changed = answer.value, question.key in self.state.answers
        if question.kind is QuestionKind.MONEY and changed and before.get("per") and question.key != self._asked():
            # "Not 6,000 but 9,000" leaves it by the year.
            value = {"per": before["per"], **value}
        self.state = with_answer(self.definition, self.state, question.key, value, answer.origin)
        self.said.append(say.noted(question, self.state, self.context, self.language, changed=changed))
        self.answered.append(question.key)
        return True

    def _asked(self) -> str | None:
        return self.state.current_question

    def _names_answered(self) -> list[Bilingual]:
        return [question.name for question in self.definition.questions if question.key in self.state.answers]


def _size(value: Any) -> Any:
    """A value without what an amount is paid for, which who corrects it need not repeat."""
    return (value["amount"], value["currency"]) if isinstance(value, dict) else value


def _weighty(text: str) -> set[str]:
    """The words that mean something: not the articles and prepositions."""
    return {word for word in fold(text).split() if len(word) > 3 or word.isdigit()}
