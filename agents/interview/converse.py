"""One message of the consultant understood, by a model or by rules; what counts as an answer is code's decision."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agents.errors import ToolLoopExceeded
from agents.interview.answers import (
    is_said,
    offer_for,
    question_of,
    read_answer,
    resolved,
    settle,
    with_answer,
)
from agents.interview.parsing.words import accepts, fold, is_yes
from agents.interview.progress import is_complete, is_open, next_question
from agents.interview.rendering import render_answer
from agents.interview.research import NOTHING_FOUND, Findings, addresses, propose, without_made_up
from agents.interview.state import InterviewState, Parsed, ParseFault, Question
from agents.interview.turn import Spent, TurnInput
from agents.messages import Deadline, Message, ModelRequest, Role
from agents.offline import interviewer, interviewer_phrases
from agents.offline.interviewer_orders import says_done
from agents.prompting import delimit, load
from agents.tools.execution import Conversation
from agents.tools.execution import converse as ask_with_tools

MAX_TOKENS = 1500
TEMPERATURE = 0.7
HISTORY_MESSAGES = 12
QUESTION_SENTENCE = re.compile(r"(?:¿[^?]*\?|[^.!?\n¿]*\?)")


class Understood(BaseModel):
    """An answer that a model read in the consultant's message; `words` are the consultant's own."""

    model_config = ConfigDict(extra="forbid")

    key: str
    words: str


class Proposed(BaseModel):
    """Rows for a question's table that a model puts together from what its tools found, one a line."""

    model_config = ConfigDict(extra="forbid")

    key: str
    rows: str


class Hearing(BaseModel):
    """What a model made of a message. `remark` is said to the consultant before the next question.

    `proposals` answer nothing: they are offered to be confirmed.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Literal["answer", "correction", "question", "unknown", "off_topic", "finished"]
    answers: list[Understood]
    remark: str
    proposals: list[Proposed] = Field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """The conversation after a message. `complete`: the deliverable is to be assembled now."""

    state: InterviewState
    message: str
    spent: Spent
    complete: bool


def by_rules(turn: TurnInput, spent: Spent) -> Heard:
    """The message understood without a model."""
    heard = interviewer.take_turn(turn.definition, turn.context, turn.state, turn.message)
    # A correction of a stage that was complete already leaves it open until the consultant says that it is right.
    finishes = _says_done(turn.message) or not is_complete(turn.definition, settle(turn.definition, turn.state))
    return Heard(state=heard.state, message=heard.message, spent=spent, complete=heard.complete and finishes)


def by_model(turn: TurnInput, spent: Spent, deadline: Deadline) -> Heard:
    """The message understood by a model: it proposes answers, the parsers and the consultant's own words decide.

    Raises `AgentError` when no model answers.
    """
    ask = partial(
        ask_with_tools,
        _request(turn),
        model_id=turn.model_id,
        deadline=deadline,
        context=turn.call,
        allow_offline=False,
    )
    try:
        conversation = ask(tools=turn.tools)
    except ToolLoopExceeded:
        # It searches without end: without tools it can only answer.
        conversation = ask(tools=())
    for run in conversation.runs:
        turn.listener("tool", {"name": run.name, "outcome": run.outcome})
    hearing = conversation.completion.response.parsed
    spent = spent.plus(conversation.completion, conversation.runs, conversation.sources)
    return _compose(turn, hearing, spent, _findings(turn, conversation))


def _findings(turn: TurnInput, conversation: Conversation) -> Findings:
    named = [name for source in conversation.sources for name in (source.url, source.title) if name]
    return Findings(
        addresses=frozenset((*turn.sources, *named)),
        texts=tuple(run.content for run in conversation.runs if run.content),
    )


def _compose(turn: TurnInput, hearing: Hearing, spent: Spent, findings: Findings = NOTHING_FOUND) -> Heard:
    before = settle(turn.definition, turn.state)
    state, answered, faults = _keep(turn, before, hearing)
    state = _propose(turn, state, hearing, findings)
    turn = replace(turn, context=replace(turn.context, found=state.found))
    question = next_question(turn.definition, state)
    language = turn.context.language
    given = f"{turn.message} {state.answers} {turn.context.website}"
    remark = without_made_up(statements_only(hearing.remark), {*findings.addresses, *addresses(given)})
    parts = [remark, *faults]
    complete = is_complete(turn.definition, state)
    if question is not None:
        parts.append(interviewer_phrases.ask(question, state, turn.context, language))
    elif not answered and hearing.kind == "correction":
        parts.append(interviewer_phrases.which_answer(_names(turn, state), language))
    finishes = hearing.kind == "finished" or _says_done(turn.message) or not is_complete(turn.definition, before)
    if complete and not finishes:
        parts.append(interviewer_phrases.waits_for_done(language))
    return Heard(
        state=state,
        message="\n\n".join(part for part in parts if part).strip() or interviewer_phrases.led_back(language),
        spent=spent,
        complete=complete and finishes,
    )


def _keep(turn: TurnInput, state: InterviewState, hearing: Hearing) -> tuple[InterviewState, list[str], list[str]]:
    """Answers that parse and that the consultant really gave; what does not parse is said."""
    answered, faults = [], []
    language = turn.context.language
    asked = next_question(turn.definition, state)
    if asked and accepts(turn.message) and (offered := offer_for(asked, state.answers, turn.context)):
        # A plain yes needs no model to be understood.
        return with_answer(turn.definition, state, asked.key, offered.value, offered.origin), [asked.key], []
    known = {question.key for question in turn.definition.questions}
    for understood in hearing.answers:
        if understood.key not in known or not _given(turn, understood):
            continue
        question = question_of(turn.definition, understood.key)
        value = read_answer(question, understood.words, answers=state.answers, context=turn.context, language=language)
        if isinstance(value, ParseFault):
            faults.append(interviewer_phrases.unreadable(question, value, language))
        elif isinstance(value, Parsed):
            state = with_answer(turn.definition, state, question.key, value.value, value.origin)
            answered.append(question.key)
    return state, answered, faults


def _propose(turn: TurnInput, state: InterviewState, hearing: Hearing, findings: Findings) -> InterviewState:
    """The state with what was found for questions that are still open, and is really from the sources it names."""
    waiting = {question.key: question for question in turn.definition.questions if is_open(question, state)}
    found = dict(state.found)
    for proposed in hearing.proposals:
        question = waiting.get(proposed.key)
        rows = (
            propose(question, proposed.rows, answers=state.answers, context=turn.context, findings=findings)
            if question
            else None
        )
        if rows:
            found[proposed.key] = rows
    return state.model_copy(update={"found": found})


def _given(turn: TurnInput, understood: Understood) -> bool:
    """Whether the words are the consultant's. A model that invents an answer is not believed."""
    return is_said(understood.words, turn.message) or fold(understood.words) in fold(turn.message)


def statements_only(remark: str) -> str:
    """A remark without its questions: the one question of a message is the definition's."""
    return re.sub(r"\s{2,}", " ", QUESTION_SENTENCE.sub("", remark)).strip()[:1500]


def _says_done(message: str) -> bool:
    return is_yes(message) or says_done(message)


def _names(turn: TurnInput, state: InterviewState) -> list[Any]:
    return [question.name for question in turn.definition.questions if question.key in state.answers]


def _request(turn: TurnInput) -> ModelRequest:
    history = [
        Message(
            role=Role.USER if said.by_consultant else Role.ASSISTANT,
            content=delimit("consultant", said.text) if said.by_consultant else said.text,
        )
        for said in turn.history[-HISTORY_MESSAGES:]
    ]
    content = "\n\n".join((delimit("interview", _situation(turn)), delimit("consultant", turn.message)))
    return ModelRequest(
        purpose="interview.converse",
        prompt=load(
            "interview_converse",
            agent_name=turn.definition.agent_name,
            stage=turn.definition.title.en,
            goal=turn.definition.goal.en,
            language="Spanish" if turn.context.language == "es" else "English",
            guidance=load(turn.definition.prompt).text,
        ),
        messages=(*history, Message(role=Role.USER, content=content)),
        inputs={"message": turn.message},
        schema=Hearing,
        temperature=TEMPERATURE,
        max_tokens=MAX_TOKENS,
    )


def _situation(turn: TurnInput) -> str:
    """Where the interview stands: what is asked, what is known, what is still open."""
    state = settle(turn.definition, turn.state)
    question = next_question(turn.definition, state)
    language = turn.context.language
    lines = [f"client: {turn.context.company} {turn.context.website}", f"consultant: {turn.context.consultant}"]
    lines.append(f"question being asked: {question.key}" if question else "every question has been answered")
    lines += [_wanted(item, state, turn) for item in _coming(question, state, turn) if item.columns]
    for item in turn.definition.questions:
        lines.append(_line(item, state, turn, language))
    for slug, deliverable in turn.context.earlier.items():
        lines.append(f"earlier deliverable {slug}: {str(deliverable)[:4000]}")
    return "\n".join(lines)


def _coming(asked: Question | None, state: InterviewState, turn: TurnInput) -> list[Question]:
    """The question being asked and the one that follows it."""
    waiting = [question for question in turn.definition.questions if is_open(question, state) and question != asked]
    return [*([asked] if asked else []), *waiting[:1]]


def _wanted(question: Question, state: InterviewState, turn: TurnInput) -> str:
    """How the rows of a table are written, and what is offered so far."""
    language = turn.context.language
    whole = resolved(question, state.answers, turn.context)
    columns = " | ".join(column.label.of(language) for column in whole.columns)
    names = "; ".join(choice.label.of(language) for column in whole.columns for choice in column.choices)
    offered = offer_for(question, state.answers, turn.context)
    told = render_answer(whole, offered.value, language) if offered else "nothing"
    return (
        f"rows of {question.key}: {columns} (names: {names or 'free'}; currency: {turn.context.currency}); "
        f"offered: {told}"
    )


def _line(question: Question, state: InterviewState, turn: TurnInput, language: str) -> str:
    need = "required" if question.required else "optional"
    if is_open(question, state):
        return f"- {question.key} ({question.kind}, {need}, open): {question.text.of(language)}"
    if question.key not in state.answers:
        return f"- {question.key} (does not apply)"
    whole = resolved(question, state.answers, turn.context)
    return f"- {question.key} (answered): {render_answer(whole, state.answers[question.key], language)}"
