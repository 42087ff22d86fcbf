"""Where an interview stands: which questions count, which comes next, how far it is."""

from __future__ import annotations

from agents.interview.state import Answers, InterviewDefinition, InterviewState, Question


def applies(question: Question, answers: Answers) -> bool:
    """Whether a question counts, given the answers so far; one that hangs on an open question counts for now."""
    if question.only_if is None:
        return True
    key, wanted = question.only_if
    return key not in answers or answers[key] == wanted


def is_open(question: Question, state: InterviewState) -> bool:
    """Whether a question still waits for an answer."""
    return (question.key not in state.answers or question.key in state.reopened) and applies(question, state.answers)


def next_question(definition: InterviewDefinition, state: InterviewState) -> Question | None:
    """The question to ask: the one being asked while it is open, else the first one open that was not skipped."""
    waiting = [question for question in definition.questions if is_open(question, state)]
    askable = [question for question in waiting if question.required or question.key not in state.skipped]
    current = next((question for question in askable if question.key == state.current_question), None)
    if is_complete(definition, state):
        return None
    return current or (askable[0] if askable else None)


def is_complete(definition: InterviewDefinition, state: InterviewState) -> bool:
    """Whether every required question is answered."""
    return not any(question.required and is_open(question, state) for question in definition.questions)


def progress(definition: InterviewDefinition, state: InterviewState) -> int:
    """Answered required questions of all required ones, in percent; 100 only when none is left."""
    required = [question for question in definition.questions if question.required and applies(question, state.answers)]
    answered = sum(not is_open(question, state) for question in required)
    return answered * 100 // len(required) if required else 100


def phase(definition: InterviewDefinition, state: InterviewState) -> str:
    """The phase of the question to be asked, else the last one."""
    question = next_question(definition, state)
    return question.phase if question else definition.phases[-1].key
