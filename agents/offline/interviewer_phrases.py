"""The sentences of the offline interviewer, in both languages. Each message carries one question at most."""

from __future__ import annotations

from collections.abc import Sequence

from agents.interview.answers import example_for, offer_for, resolved
from agents.interview.rendering import render_answer
from agents.interview.state import (
    Bilingual,
    InterviewContext,
    InterviewDefinition,
    InterviewState,
    Offered,
    Origin,
    ParseFault,
    Phase,
    Question,
    QuestionKind,
)
from agents.interview.verdict import Decision, Issue, Severity, Verdict

_SHOWN = 160
_ROWS_SHOWN = 8
_ISSUES_SHOWN = 8
_BY_RULES = Bilingual(
    "Lo he montado con tus respuestas, sin modelo de lenguaje.",
    "I put it together from your answers, without a language model.",
)
_OPTIONS_SHOWN = 12
_GRIDS = frozenset((QuestionKind.GRADES, QuestionKind.TABLE))


def greet(definition: InterviewDefinition, context: InterviewContext, language: str) -> str:
    company = context.company
    who = f", {context.consultant}" if context.consultant else ""
    return Bilingual(
        f"Hola{who}. Soy {definition.agent_name}, y te acompaño en la etapa {definition.number} de {company}: "
        f"{definition.title.es}. "
        f"{definition.goal.es} Te haré una pregunta cada vez; puedes corregir cualquier respuesta cuando quieras.",
        f"Hello{who}. I am {definition.agent_name}, and I will take you through stage {definition.number} of "
        f"{company}: {definition.title.en}. "
        f"{definition.goal.en} I will ask one question at a time; you can correct any answer whenever you like.",
    ).of(language)


def ask(question: Question, state: InterviewState, context: InterviewContext, language: str) -> str:
    """The question, with what is already known to confirm, or an example."""
    whole = resolved(question, state.answers, context)
    lines = [question.text.of(language), *_options(whole, language)]
    previous = state.answers.get(question.key) if question.key in state.reopened else None
    offered = offer_for(question, state.answers, context)
    if previous is not None:
        lines.append(_before(render_answer(whole, previous, language), language))
    if offered:
        lines.append(_offer(whole, offered, language))
    else:
        lines.append(
            _example(example_for(question, answers=state.answers, context=context, language=language), language)
        )
    return "\n\n".join(lines)


def _options(question: Question, language: str) -> list[str]:
    lines = []
    if question.choices:
        shown = question.choices[:_OPTIONS_SHOWN]
        lines.append(
            "\n".join(f"{number}) {choice.label.of(language)}" for number, choice in enumerate(shown, start=1))
        )
    for column in question.columns:
        if column.options and column.choices:
            labels = "; ".join(choice.label.of(language) for choice in column.choices[:_OPTIONS_SHOWN])
            lines.append(f"{column.label.of(language)}: {labels}.")
    if question.columns:
        order = " | ".join(column.label.of(language) for column in question.columns)
        lines.append(
            Bilingual(f"Una fila por línea, en este orden: {order}", f"One row a line, in this order: {order}").of(
                language
            )
        )
    return lines


def _before(text: str, language: str) -> str:
    return Bilingual(f"Hasta ahora: {_block(text)}", f"So far: {_block(text)}").of(language)


def _offer(question: Question, offered: Offered, language: str) -> str:
    text = _block(render_answer(question, offered.value, language))
    source = Bilingual("Lo que propongo como supuesto", "What I propose as an assumption")
    if offered.origin is Origin.EARLIER_STAGE:
        source = Bilingual("Por lo que ya sabemos", "From what we already know")
    if offered.origin is Origin.COMPUTED:
        source = Bilingual("Calculado con tus respuestas", "Computed from your answers")
    if offered.origin is Origin.WEB_SOURCE:
        source = Bilingual("Lo que he encontrado, con su fuente", "What I found, with its source")
    return Bilingual(
        f"{source.es}: {text}\nResponde «sí» para confirmarlo, o escribe otra respuesta.",
        f"{source.en}: {text}\nAnswer “yes” to confirm it, or write another answer.",
    ).of(language)


def _example(example: str, language: str) -> str:
    return Bilingual(f"Por ejemplo: {_block(example)}", f"For example: {_block(example)}").of(language)


def _block(text: str) -> str:
    return f"\n{text}" if "\n" in text else text


def noted(
    question: Question, state: InterviewState, context: InterviewContext, language: str, *, changed: bool = False
) -> str:
    """What was understood, so that a misreading is seen at once."""
    whole = resolved(question, state.answers, context)
    value = state.answers[question.key]
    name = question.name.of(language)
    shown = render_answer(whole, value, language)
    if question.kind is QuestionKind.TABLE and value and len(value) <= _ROWS_SHOWN:
        shown = f"\n{shown}"
    elif question.kind in _GRIDS and len(value) > 1:
        shown = " " + Bilingual(f"{len(value)} filas", f"{len(value)} rows").of(language)
    else:
        shown = f" {_short(shown)}"
    verb = Bilingual("Corregido", "Corrected") if changed else Bilingual("Anotado", "Noted")
    return f"{verb.of(language)} · {name}:{shown}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1].rstrip() + "…"


def phase_begins(phase: Phase, language: str) -> str:
    return Bilingual(f"Pasamos a: {phase.title.es}.", f"Now: {phase.title.en}.").of(language)


def unreadable(question: Question, fault: ParseFault, language: str) -> str:
    if fault.incomplete:
        return Bilingual(
            f"Apunto eso en «{question.name.es}» y puedes añadir el resto. {fault.needs.es}",
            f"I keep that for “{question.name.en}” and you can add the rest. {fault.needs.en}",
        ).of(language)
    return Bilingual(
        f"No he podido anotar «{question.name.es}». {fault.needs.es}",
        f"I could not note “{question.name.en}”. {fault.needs.en}",
    ).of(language)


def explain(question: Question, definition: InterviewDefinition, language: str) -> str:
    """What a question means and what the answer is for."""
    meant = question.help or Bilingual(
        "Basta con lo que sepas hoy, en tus palabras.", "What you know today, in your own words, is enough."
    )
    phase = next(phase for phase in definition.phases if phase.key == question.phase)
    return Bilingual(
        f"Claro. {meant.es} «{question.name.es}» forma parte de «{phase.title.es}» y va al entregable "
        f"«{definition.title.es}».",
        f"Of course. {meant.en} “{question.name.en}” belongs to “{phase.title.en}” and goes into the deliverable "
        f"“{definition.title.en}”.",
    ).of(language)


def not_known(question: Question, language: str) -> str:
    return Bilingual(
        f"No pasa nada, pero «{question.name.es}» hace falta y no quiero inventarlo. Pregúntalo al cliente y vuelve "
        f"cuando quieras "
        "(la conversación se guarda), o dame tu mejor estimación.",
        f"That is fine, but “{question.name.en}” is needed and I will not make it up. Ask the client and come back "
        f"any time "
        "(the conversation is kept), or give me your best estimate.",
    ).of(language)


def skipped(question: Question, language: str) -> str:
    return Bilingual(
        f"De acuerdo, dejamos «{question.name.es}» en blanco.", f"All right, we leave “{question.name.en}” blank."
    ).of(language)


def led_back(language: str) -> str:
    return Bilingual(
        "Gracias. Sigamos con la etapa, que es lo que puedo hacer aquí.",
        "Thank you. Let us go on with the stage, which is what I can do here.",
    ).of(language)


def which_answer(names: Sequence[Bilingual], language: str) -> str:
    listed = ", ".join(name.of(language) for name in names)
    if not names:
        return Bilingual("Todavía no hay respuestas que cambiar.", "There are no answers to change yet.").of(language)
    return Bilingual(
        f"No sé qué respuesta quieres cambiar. Escribe, por ejemplo, «cambia {names[0].es.lower()} a …». Respuestas "
        f"dadas: {listed}.",
        f"I cannot tell which answer you want to change. Write, for example, “change {names[0].en.lower()} to …”. "
        f"Answers given: {listed}.",
    ).of(language)


def recalled(questions: Sequence[Question], state: InterviewState, context: InterviewContext, language: str) -> str:
    """What is noted in answer to these questions."""
    noted_down = [question for question in questions if question.key in state.answers]
    if not noted_down:
        return Bilingual("Ahí todavía no hay nada apuntado.", "Nothing is noted there yet.").of(language)
    lines = [
        f"- {question.name.of(language)}: "
        f"{_short(render_answer(resolved(question, state.answers, context), state.answers[question.key], language))}"
        for question in noted_down
    ]
    return "\n".join([Bilingual("Esto es lo que tengo apuntado:", "This is what I have noted:").of(language), *lines])


def told_before(language: str) -> str:
    return Bilingual(
        "Perdona: no lo encuentro entre lo apuntado. Escríbemelo otra vez, por favor.",
        "Sorry: I cannot find it among what is noted. Please write it once more.",
    ).of(language)


def back_to(question: Question, language: str) -> str:
    return Bilingual(f"Volvemos a «{question.name.es}».", f"Back to “{question.name.en}”.").of(language)


def deleted(question: Question, language: str) -> str:
    return Bilingual(f"Borrado · {question.name.es}.", f"Deleted · {question.name.en}.").of(language)


def waits_for_done(language: str) -> str:
    """Everything was answered before the message: what is still to be said."""
    return Bilingual(
        "Cambia lo que quieras; cuando esté todo bien, escribe «listo» y preparo el entregable.",
        "Change whatever you like; when all is right, write “done” and I will prepare the deliverable.",
    ).of(language)


def all_answered(language: str) -> str:
    return Bilingual("Con esto tengo todo lo que necesito.", "With this I have everything I need.").of(language)


def kept(count: int, language: str) -> str:
    """How to go on where some answers are kept from before."""
    es = "la respuesta que ya diste" if count == 1 else f"las {count} respuestas que ya diste"
    en = "the answer you gave" if count == 1 else f"the {count} answers you gave"
    return Bilingual(
        f"Guardo {es}: puedes cambiarlas cuando quieras, y seguimos por lo que falta.",
        f"I have kept {en}: change them whenever you like, and we go on with what is missing.",
    ).of(language)


def ready_to_edit(definition: InterviewDefinition, language: str) -> str:
    """What to do when every answer is kept from before."""
    listed = ", ".join(question.name.of(language) for question in definition.questions)
    first = definition.questions[0].name
    return Bilingual(
        f"Guardo todas tus respuestas: {listed}. Cambia las que quieras, por ejemplo «cambia {first.es.lower()} a …», "
        f"y "
        "escribe «listo» para montar de nuevo el entregable.",
        f"I have kept all your answers: {listed}. Change any you like, for example “change {first.en.lower()} to …”, "
        f"and "
        "write “done” to put the deliverable together again.",
    ).of(language)


def closing(definition: InterviewDefinition, verdict: Verdict, language: str, *, by_model: bool = False) -> str:
    """What the gate said, for the consultant."""
    title = definition.title
    shown = list(verdict.issues)
    if verdict.decision is Decision.REJECTED:
        head = Bilingual(
            f"He preparado «{title.es}», pero todavía no puedo darlo por bueno:",
            f"I have prepared “{title.en}”, but it cannot pass yet:",
        )
        shown = [issue for issue in shown if issue.severity is Severity.ERROR]
    else:
        head = Bilingual(
            f"Listo: «{title.es}» está completo, revisado y guardado.",
            f"Done: “{title.en}” is complete, checked and stored.",
        )
    parts = [head.of(language)]
    if verdict.decision is not Decision.REJECTED and not by_model:
        parts[0] += " " + _BY_RULES.of(language)
    return "\n".join([*parts, *(_issue(issue, language) for issue in shown[:_ISSUES_SHOWN])])


def _issue(issue: Issue, language: str) -> str:
    return f"- {issue.message.of(language)} {issue.suggestion.of(language)}"
