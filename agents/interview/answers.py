"""Reading, keeping and taking back answers; the one way into `InterviewState.answers`, for rules and models alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from agents.interview.parsing import Reading, parse_answer
from agents.interview.parsing.amounts import read_currency
from agents.interview.parsing.lists import match_choice
from agents.interview.parsing.words import accepts, fold
from agents.interview.progress import next_question, phase
from agents.interview.rendering import render_answer
from agents.interview.state import (
    Answers,
    Column,
    InterviewContext,
    InterviewDefinition,
    InterviewState,
    Offered,
    Origin,
    Parsed,
    ParseFault,
    Question,
    QuestionKind,
)


def question_of(definition: InterviewDefinition, key: str) -> Question:
    """The question with this key; KeyError if the definition has none."""
    for question in definition.questions:
        if question.key == key:
            return question
    raise KeyError(key)


def resolved(question: Question, answers: Answers, context: InterviewContext) -> Question:
    """The question with the choices that depend on what is known filled in."""
    columns = tuple(
        replace(column, choices=column.options(answers, context)) if column.options else column
        for column in question.columns
    )
    choices = question.options(answers, context) if question.options else question.choices
    return replace(question, choices=choices, columns=columns)


def read_answer(
    question: Question, text: str, *, answers: Answers, context: InterviewContext, language: str = ""
) -> Parsed | ParseFault:
    """What a text says in answer to a question, checked against what is known; a plain yes takes what was offered."""
    offers = question.offer or question.key in context.found
    offered = offer_for(question, answers, context) if offers and accepts(text) else None
    if offered:
        return Parsed(offered.value, offered.origin)
    currency = _currency(answers) or context.currency
    reading = Reading(language=language or context.language, today=context.today, currency=currency)
    parsed = parse_answer(resolved(question, answers, context), text, reading)
    if isinstance(parsed, Parsed) and question.check:
        return question.check(parsed.value, answers, context) or parsed
    return parsed


def _currency(answers: Answers) -> str:
    """The currency of the money already stated: what follows without one is in the same."""
    stated = (value["currency"] for value in answers.values() if isinstance(value, dict) and value.get("currency"))
    return next(stated, "")


def offer_for(question: Question, answers: Answers, context: InterviewContext) -> Offered | None:
    """What was found, or is known, in answer to a question, if anything, and if it would be taken."""
    found = context.found.get(question.key)
    candidates = (
        Offered(found, Origin.WEB_SOURCE) if found else None,
        question.offer(answers, context) if question.offer else None,
    )
    return next((offer for offer in candidates if offer and _is_taken(question, offer, answers, context)), None)


def _is_taken(question: Question, offered: Offered, answers: Answers, context: InterviewContext) -> bool:
    if offered.value in ("", [], None):
        return False
    text = render_answer(resolved(question, answers, context), offered.value, context.language)
    return isinstance(read_answer(question, text, answers=answers, context=context), Parsed)


def with_answer(
    definition: InterviewDefinition, state: InterviewState, key: str, value: Any, origin: Origin = Origin.CLIENT
) -> InterviewState:
    """The state with this answer in it, given or corrected."""
    return settle(
        definition,
        state.model_copy(
            update={
                "answers": {**state.answers, key: value},
                "origins": {**state.origins, key: origin},
                "skipped": tuple(other for other in state.skipped if other != key),
                "reopened": tuple(other for other in state.reopened if other != key),
                "pending": {other: said for other, said in state.pending.items() if other != key},
                "last_answered": key,
            }
        ),
    )


def with_pending(state: InterviewState, key: str, said: str) -> InterviewState:
    """The state with the beginning of an answer kept until the rest is said."""
    return state.model_copy(update={"pending": {**state.pending, key: said}})


def with_skipped(definition: InterviewDefinition, state: InterviewState, key: str) -> InterviewState:
    """The state with an optional question passed over."""
    return settle(definition, state.model_copy(update={"skipped": (*state.skipped, key)}))


def with_reopened(definition: InterviewDefinition, state: InterviewState, keys: Iterable[str]) -> InterviewState:
    """The state with answers open again, to be mended; the first of them is asked next."""
    known = {question.key for question in definition.questions}
    open_keys = tuple(dict.fromkeys((*state.reopened, *(key for key in keys if key in known and key in state.answers))))
    return settle(definition, state.model_copy(update={"reopened": open_keys, "current_question": None}))


def with_first(definition: InterviewDefinition, state: InterviewState, key: str) -> InterviewState:
    """The state with one answer open again, kept to be edited, and asked before any other."""
    return settle(definition, with_reopened(definition, state, [key]).model_copy(update={"current_question": key}))


def without_answer(definition: InterviewDefinition, state: InterviewState, key: str) -> InterviewState:
    """The state without this answer, which is asked again at once."""
    kept = {other: value for other, value in state.answers.items() if other != key}
    gone = {
        "answers": kept,
        "origins": {other: origin for other, origin in state.origins.items() if other != key},
        "reopened": tuple(other for other in state.reopened if other != key),
        "last_answered": None if state.last_answered == key else state.last_answered,
        "current_question": key,
    }
    return settle(definition, state.model_copy(update=gone))


def settle(definition: InterviewDefinition, state: InterviewState) -> InterviewState:
    """The state with its phase and current question brought up to date."""
    question = next_question(definition, state)
    updated = state.model_copy(update={"current_question": question.key if question else None})
    return updated.model_copy(update={"phase": phase(definition, updated)})


def started(definition: InterviewDefinition, answers: InterviewState | None = None) -> InterviewState:
    """The state of an interview that begins, or begins again with earlier answers kept."""
    return settle(definition, (answers or InterviewState()).model_copy(update={"current_question": None}))


def example_for(question: Question, *, answers: Answers, context: InterviewContext, language: str) -> str:
    """An answer that this question takes, in this account: what is known, else the example fitted to what is known."""
    offered = offer_for(question, answers, context)
    whole = resolved(question, answers, context)
    if offered:
        return render_answer(whole, offered.value, language)
    example, currency = question.example.of(language), _currency(answers) or context.currency
    needs_money = question.kind is QuestionKind.MONEY or any(column.is_money for column in question.columns)
    needs_money = needs_money or any(column.kind is QuestionKind.MONEY for column in question.columns)
    if not (question.fit or question.options or needs_money or any(column.options for column in question.columns)):
        return example
    spoken = read_currency(example, default=currency) or currency
    reading = Reading(language=language, today=context.today, currency=spoken)
    loose = replace(question, columns=tuple(replace(column, covers=False) for column in question.columns))
    parsed = parse_answer(loose, example, reading)
    if isinstance(parsed, ParseFault) or parsed.value in ([], ""):
        return example
    other = spoken != currency and bool(context.earlier)
    value = _in_currency(parsed.value, currency) if other else parsed.value
    own = question.fit(value, answers, context, language) if question.fit else None
    fitted = own or (_fit_rows(whole, value) if whole.columns else _fit_choices(whole, value))
    if fitted == parsed.value and not other:
        return example
    shown = render_answer(whole, fitted, language)
    taken = read_answer(question, shown, answers=answers, context=context, language=language)
    return shown if isinstance(taken, Parsed) else example


def _in_currency(value: Any, currency: str) -> Any:
    """The value with its amounts in another currency: an example's figures mean nothing but their size."""
    if isinstance(value, list):
        return [_in_currency(part, currency) for part in value]
    if isinstance(value, dict):
        changed = {key: _in_currency(part, currency) for key, part in value.items()}
        return changed | {"currency": currency} if "amount" in value else changed
    return value


def _fit_rows(question: Question, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    covered = next((column for column in question.columns if column.covers and column.choices), None)
    wanted = len(covered.choices) if covered else len(rows)
    repeated = [dict(rows[position % len(rows)]) for position in range(wanted)]
    for column in question.columns:
        if column.choices and column.options:
            for position, row in enumerate(repeated):
                row[column.key] = _fit(column, row[column.key], position, covered is column)
    return repeated


def _fit(column: Column, value: Any, position: int, in_order: bool) -> Any:
    if column.kind is QuestionKind.LIST:
        return value
    known = match_choice(str(value), column.choices) if value is not None else None
    if known and not in_order:
        return known.value
    return column.choices[position % len(column.choices)].value


def _fit_choices(question: Question, value: Any) -> Any:
    if not question.choices:
        return value
    if isinstance(value, list):
        fitted = [found.value for item in value if (found := match_choice(item, question.choices))]
        return fitted or [choice.value for choice in question.choices[: len(value)]]
    found = match_choice(str(value), question.choices)
    return (found or question.choices[0]).value


def is_said(value_text: str, message: str) -> bool:
    """Whether an answer that a model attributes to the consultant is in their message: three words in four are."""
    wanted = [word for word in fold(value_text).split() if len(word) > 2 or word.isdigit()]
    said = set(fold(message).split())
    return bool(wanted) and sum(word in said for word in wanted) * 4 >= len(wanted) * 3
