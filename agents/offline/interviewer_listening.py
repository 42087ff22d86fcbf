"""One message of an interview understood by rules, way after way, and taken into the state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from agents.interview.answers import (
    offer_for,
    with_pending,
    with_skipped,
)
from agents.interview.parsing.evasions import Evasion
from agents.interview.parsing.grades import parse_grades
from agents.interview.parsing.lists import split_items
from agents.interview.parsing.words import accepts, clean, fault, fold, is_no, is_yes, readable
from agents.interview.progress import applies, is_open, next_question
from agents.interview.state import (
    Parsed,
    ParseFault,
    Question,
    QuestionKind,
)
from agents.offline import interviewer_phrases as say
from agents.offline import interviewer_reading as reading
from agents.offline.interviewer_mending import Mender
from agents.offline.interviewer_orders import says_done
from agents.offline.interviewer_reading import Piece
from agents.offline.interviewer_topics import split_by_topic, without_lead

_GRIDS = frozenset((QuestionKind.GRADES, QuestionKind.TABLE))


class Listener(Mender):
    """One message being understood, whatever it is."""

    def hear(self, message: str) -> None:
        """Take in a message: `state`, `said` and `answered` then tell what became of it."""
        question = next_question(self.definition, self.state)
        text = clean(message)
        if not readable(text) and not (question and question.allow_none and is_no(text)):
            self.said.append(say.led_back(self.language) if question is None else self._unread(question))
        elif question is not None:
            any(way(question, message) for way in self._ways())
        elif not (
            self._as_order(None, message) or self._as_labelled(None, message) or self._as_correction(None, message)
        ) and not (is_yes(message) or says_done(message)):
            self.said.append(say.which_answer(self._names_answered(), self.language))

    def _ways(self) -> tuple[Callable[[Question, str], bool], ...]:
        return (
            self._as_exact_answer,
            self._as_order,
            self._as_evasion,
            self._as_labelled,
            self._as_correction,
            self._as_several,
            self._as_aside,
            self._as_answer,
        )

    # Ways to understand a message, each true if it did.

    def _as_exact_answer(self, question: Question, message: str) -> bool:
        """The example itself, or rows that read as a whole: no line of theirs is a label of another question."""
        is_example = fold(message) in {fold(text) for text in question.example}
        if question.kind is QuestionKind.GRADES:
            return self._spread_grades(question, message)
        if question.kind not in _GRIDS and not is_example:
            return False
        value = self._read(question, message)
        return isinstance(value, Parsed) and self._keep(question, value)

    def _as_evasion(self, question: Question, message: str) -> bool:
        """Not knowing, refusing, putting off, complaining: nothing of it is an answer."""
        match reading.evades(self.definition, question, message):
            case Evasion.UNKNOWN:
                self._pass_over(question)
            case Evasion.TOLD:
                self.said.append(say.told_before(self.language))
            case Evasion.INSULT:
                self.said.append(say.led_back(self.language))
            case _:
                return False
        return True

    def _as_labelled(self, question: Question | None, message: str) -> bool:
        """Lines that name their questions."""
        pieces, rest = reading.labelled_pieces(self.definition, message)
        if not pieces or (len(pieces) == 1 and rest and pieces[0].question == question):
            return False
        if question and readable(rest) and not reading.is_off_topic(rest):
            pieces.insert(0, Piece(question, rest))
        return self._keep_all([part for piece in pieces for part in self._by_topic(piece.question, piece.text, pieces)])

    def _by_topic(self, question: Question, text: str, named: Sequence[Piece] = ()) -> list[Piece]:
        """A text in the parts that answer its question and others that are open and not named beside it."""
        if question.kind in _GRIDS:
            return [Piece(question, text)]
        taken = {piece.question.key for piece in named}
        others = [q for q in self.definition.questions if q.key not in taken and applies(q, self.state.answers)]
        waiting = [q for q in others if is_open(q, self.state)]
        # A figure noted before may be mended in passing, but only by its name.
        noted = [replace(q, cue=None) for q in others if q not in waiting and q.kind in reading.SINGLE_VALUED]
        return split_by_topic(self.definition, question, [*waiting, *noted], text, self._reads)

    def _reads(self, question: Question, text: str) -> bool:
        return isinstance(self._read(question, text), Parsed)

    def _as_several(self, question: Question, message: str) -> bool:
        return (
            self._as_numbered(question, message)
            or self._as_topics(question, message)
            or self._as_statements(question, message)
        )

    def _as_topics(self, question: Question, message: str) -> bool:
        """ "A dental clinic. We sell implants": parts that speak of other open questions answer those."""
        parts = self._by_topic(question, message)
        return any(part.question != question for part in parts) and self._keep_all(parts)

    def _as_numbered(self, question: Question, message: str) -> bool:
        """1. 2. 3. under a question that takes one value: answers to it and to those after it."""
        parts = reading.numbered_parts(message)
        if question.kind is QuestionKind.LIST or question.kind in _GRIDS or not parts:
            return False
        following = [q for q in self.definition.questions if is_open(q, self.state)]
        waiting = following[following.index(question) :]
        return self._keep_all([Piece(asked, part) for asked, part in zip(waiting, parts, strict=False)])

    def _as_statements(self, question: Question, message: str) -> bool:
        """ "Software. The ticket is 3,000 €": sentences that state the answer to another question."""
        extras, rest = [], []
        for sentence in reading.sentences(message):
            piece = reading.find_statement(self.definition, sentence)
            taken = piece and piece.question != question
            taken = taken and piece and (piece.labelled or piece.question.kind in reading.SINGLE_VALUED)
            if piece and taken and isinstance(self._read(piece.question, piece.text), Parsed):
                extras.append(piece)
            else:
                rest.append(sentence)
        if not extras:
            return False
        mine = [Piece(question, " ".join(rest).rstrip(" .,;"))] if rest else []
        return self._keep_all([*mine, *extras])

    def _as_aside(self, question: Question, message: str) -> bool:
        """Not an answer: a question back, "I don't know", a yes to an offer, small talk."""
        if accepts(message) and offer_for(question, self.state.answers, self.context):
            return self._keep(question, self._read(question, message))
        if reading.is_request(message) or reading.is_small_talk(message):
            self.said.append(say.led_back(self.language))
        elif reading.asks_for_explanation(message, question):
            self.said.append(say.explain(question, self.definition, self.language))
        elif not question.required and is_no(message):
            self._pass_over(question)
        elif question.kind is not QuestionKind.CHOICE and reading.is_off_topic(message):
            self.said.append(say.led_back(self.language))
        else:
            return False
        return True

    def _as_answer(self, question: Question, message: str) -> bool:
        if question.kind is QuestionKind.TEXT and is_no(message) and not question.allow_none:
            self._pass_over(question)
            return True
        if question.kind in reading.SINGLE_VALUED and "\n" in message.strip():
            first, _, rest = message.strip().partition("\n")
            if isinstance(self._read(question, first), Parsed):
                return self._keep_lines(question, first, rest)
        value = self._read(question, without_lead(question, message))
        if isinstance(value, ParseFault) and value.incomplete:
            value = self._with_what_was_said(question, message, value)
        if isinstance(value, ParseFault):
            self.said.append(say.unreadable(question, value, self.language))
            return True
        return self._keep(question, value)

    def _with_what_was_said(self, question: Question, message: str, alone: ParseFault) -> Parsed | ParseFault:
        """The answer with what was said of it before; kept for the next message while it lacks something."""
        mine = "\n".join(split_items(message)) if question.kind is QuestionKind.LIST else message.strip()
        before = self.state.pending.get(question.key, "")
        whole = f"{before}\n{mine}".strip()
        value = self._read(question, whole) if before else alone
        if isinstance(value, ParseFault) and value.incomplete:
            self.state = with_pending(self.state, question.key, whole)
        return value

    # What is done with what was understood.

    def _keep_lines(self, question: Question, first: str, rest: str) -> bool:
        """One value a line: the first answers this question, the rest those after it, as far as they can be read."""
        self._keep_all([Piece(question, first)])
        following = next_question(self.definition, self.state)
        if following and readable(rest) and isinstance(value := self._read(following, rest), Parsed):
            self._keep(following, value)
        return True

    def _keep_all(self, pieces: list[Piece]) -> bool:
        for piece in pieces:
            value = self._read(piece.question, piece.text)
            if isinstance(value, ParseFault):
                self.said.append(say.unreadable(piece.question, value, self.language))
            elif applies(piece.question, self.state.answers):
                self._keep(piece.question, value)
        return True

    def _spread_grades(self, question: Question, message: str) -> bool:
        """Several criteria at once fill this question and the ones after it that want criteria."""
        parsed = parse_grades(message, minimum=1, maximum=None)
        if isinstance(parsed, ParseFault):
            return False
        rows = list(parsed.value)
        for slot in [q for q in self.definition.questions if q.kind is QuestionKind.GRADES and is_open(q, self.state)]:
            room = int(slot.maximum or len(rows))
            wrong = slot.check(rows[:room], self.state.answers, self.context) if rows and slot.check else None
            if wrong:
                self.said.append(say.unreadable(slot, wrong, self.language))
                return True
            if rows:
                self._keep(slot, Parsed(rows[:room]))
                rows = rows[room:]
        if rows:
            left = ", ".join(row["criterion"] for row in rows)
            self.said.append(
                fault(f"No caben más criterios: {left}.", f"There is no room for more criteria: {left}.").needs.of(
                    self.language
                )
            )
        return True

    def _pass_over(self, question: Question) -> None:
        if question.required:
            self.said.append(say.not_known(question, self.language))
            return
        self.state = with_skipped(self.definition, self.state, question.key)
        self.said.append(say.skipped(question, self.language))

    def _unread(self, question: Question) -> str:
        nothing = fault("No he podido leer una respuesta.", "I could not read an answer.")
        return say.unreadable(question, nothing, self.language)
