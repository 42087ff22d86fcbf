"""What the gate checks in stage 6."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from agents.interview.rendering import render_date
from agents.interview.state import Bilingual, InterviewContext
from agents.interview.verdict import Category, Issue
from stages.definitions.base import error, warning
from stages.definitions.buyers_journey import journey_of
from stages.definitions.calendar_schema import EditorialCalendar, Entry
from stages.definitions.channels import channels_of, chosen
from stages.definitions.content_pillars import pillars_of
from stages.definitions.scheduling import DAYS, WEEKS, week_of
from stages.definitions.texts import join, same
from stages.definitions.vocabulary import TERMS, WEEKDAYS, term

EVEN_WITHIN = Decimal(15)  # points of 100 that a pillar's share may be away from even


def check_dates(deliverable: EditorialCalendar, _context: InterviewContext) -> Iterator[Issue]:
    start, excluded = deliverable.cadence.start_date, deliverable.cadence.excluded_days
    for position, entry in enumerate(deliverable.entries):
        if entry.date is None or entry.week is None or week_of(entry.date, start) != entry.week:
            end = start + timedelta(days=DAYS - 1)
            yield error(
                f"entries.{position}.date",
                Bilingual(
                    f"«{entry.title}» no tiene un día posible en los noventa días ({start} a {end}).",
                    f"“{entry.title}” has no possible day in the ninety days ({start} to {end}).",
                ),
                Bilingual(
                    "Cambia su semana, los días excluidos o la fecha de inicio.",
                    "Change its week, the days excluded or the start date.",
                ),
                category=Category.NUMBERS,
                question="excluded_days",
            )
        elif WEEKDAYS[entry.date.weekday()] in excluded:
            weekday = WEEKDAYS[entry.date.weekday()]
            yield error(
                f"entries.{position}.date",
                Bilingual(
                    f"«{entry.title}» cae en {TERMS[weekday].es}, un día que la cadencia excluye.",
                    f"“{entry.title}” falls on a {TERMS[weekday].en}, a day that the cadence excludes.",
                ),
                Bilingual("Muévela, o permite ese día.", "Move it, or allow that day."),
                question="excluded_days",
            )


def check_weeks(deliverable: EditorialCalendar, _context: InterviewContext) -> Iterator[Issue]:
    weeks = Counter(entry.week for entry in deliverable.entries)
    missing = [str(week) for week in range(1, WEEKS + 1) if not weeks[week]]
    if missing:
        yield error(
            "entries",
            Bilingual(
                f"No hay ninguna pieza en las semanas {join(missing)}.", f"There is no piece in weeks {join(missing)}."
            ),
            Bilingual(
                "Cada una de las trece semanas necesita al menos una: libera algún día o aumenta la cadencia.",
                "Each of the thirteen weeks needs one at least: free a day or raise the cadence.",
            ),
            category=Category.COMPLETENESS,
            question="excluded_days",
        )


def check_cadence(deliverable: EditorialCalendar, _context: InterviewContext) -> Iterator[Issue]:
    most = {row.format: row.pieces_a_week for row in deliverable.cadence.pieces}
    counted = Counter((entry.week, _format(entry, most)) for entry in deliverable.entries)
    for (week, name), pieces in sorted(counted.items(), key=lambda item: (item[0][0] or 0, item[0][1])):
        if pieces > most.get(name, 0):
            allowed = most.get(name, 0)
            yield error(
                "entries",
                Bilingual(
                    f"La semana {week} tiene {pieces} piezas de «{name}» y la cadencia admite {allowed}.",
                    f"Week {week} has {pieces} pieces of “{name}” and the cadence allows {allowed}.",
                ),
                Bilingual(
                    "Mueve piezas de semana, o aumenta la cadencia.",
                    "Move pieces to other weeks, or raise the cadence.",
                ),
                question="pieces",
            )


def _format(entry: Entry, known: dict[str, int]) -> str:
    return next((name for name in known if same(name, entry.format)), entry.format)


def check_names(deliverable: EditorialCalendar, context: InterviewContext) -> Iterator[Issue]:
    stage5 = pillars_of(context)
    allowed = {
        "channel": (
            [channel.name for channel in chosen(channels_of(context))],
            4,
            Bilingual("canal", "channel"),
            "pieces",
        ),
        "pillar": ([pillar.name for pillar in stage5.pillars], 5, Bilingual("pilar", "pillar"), None),
        "keyword": ([word.keyword for word in stage5.keywords], 5, Bilingual("palabra clave", "keyword"), None),
    }
    for key, (names, stage, what, question) in allowed.items():
        foreign = Counter(getattr(entry, key) for entry in deliverable.entries if getattr(entry, key) not in names)
        for name, number in foreign.items():
            yield error(
                f"entries.*.{key}",
                Bilingual(
                    f"{number} piezas usan «{name}» ({what.es}), que no está entre lo elegido en la etapa {stage}.",
                    f"{number} pieces use “{name}” ({what.en}), which is not among what stage {stage} chose.",
                ),
                Bilingual(f"Usa: {join(names[:12])}.", f"Use: {join(names[:12])}."),
                question=question,
            )


def check_balance(deliverable: EditorialCalendar, context: InterviewContext) -> Iterator[Issue]:
    entries = deliverable.entries
    pillars = [pillar.name for pillar in pillars_of(context).pillars]
    counted = Counter(entry.pillar for entry in entries)
    even = Decimal(100) / (len(pillars) or 1)
    for name in pillars:
        share = Decimal(100) * counted[name] / (len(entries) or 1)
        if not counted[name] or abs(share - even) > EVEN_WITHIN:
            yield error(
                "entries.*.pillar",
                Bilingual(
                    f"El pilar «{name}» de la etapa 5 tiene el {share:.0f} % de las piezas; lo parejo es {even:.0f} %.",
                    f"The pillar “{name}” of stage 5 has {share:.0f}% of the pieces; even would be {even:.0f}%.",
                ),
                Bilingual(f"Acércalo a menos de {EVEN_WITHIN} puntos.", f"Bring it within {EVEN_WITHIN} points."),
            )
    used = {entry.journey_phase for entry in entries}
    for phase in dict.fromkeys(row.phase for row in journey_of(context).rows):
        if phase not in used:
            yield error(
                "entries.*.journey_phase",
                Bilingual(
                    f"Ninguna pieza acompaña la fase «{term(phase, 'es')}» de la etapa 2.",
                    f"No piece serves the phase “{term(phase, 'en')}” of stage 2.",
                ),
                Bilingual("Dedícale alguna pieza.", "Give it some pieces."),
            )


def check_cells(deliverable: EditorialCalendar, _context: InterviewContext) -> Iterator[Issue]:
    for position, entry in enumerate(deliverable.entries):
        empty = [key for key in ("title", "format", "call_to_action", "owner") if not getattr(entry, key)]
        if empty:
            yield error(
                f"entries.{position}.{empty[0]}",
                Bilingual(
                    f"La pieza {position + 1} tiene vacío «{empty[0]}».",
                    f"Piece {position + 1} has an empty “{empty[0]}”.",
                ),
                Bilingual("Complétalo.", "Fill it in."),
                category=Category.COMPLETENESS,
                question="people" if empty == ["owner"] else None,
            )
    if not deliverable.workflow:
        yield error(
            "workflow",
            Bilingual("Faltan los pasos de aprobación.", "The approval steps are missing."),
            Bilingual("Añade al menos uno.", "Add one at least."),
            category=Category.COMPLETENESS,
            question="workflow",
        )


def check_briefs(deliverable: EditorialCalendar, context: InterviewContext) -> Iterator[Issue]:
    stage5 = pillars_of(context)
    words = {word.keyword: word.pillar for word in stage5.keywords}
    served = [words.get(_keyword(brief.keyword, words)) for brief in deliverable.briefs]
    with_words = {word.pillar for word in stage5.keywords}
    for pillar in stage5.pillars:
        if pillar.name in with_words and pillar.name not in served:
            yield error(
                "briefs",
                Bilingual(
                    f"Ningún brief lleva una palabra clave del pilar «{pillar.name}» de la etapa 5.",
                    f"No brief has a keyword of the pillar “{pillar.name}” of stage 5.",
                ),
                Bilingual("Añade un brief para ese pilar.", "Add a brief for that pillar."),
                category=Category.COMPLETENESS,
            )
    for position, brief in enumerate(deliverable.briefs):
        if not brief.title or not brief.outline or not brief.cta:
            yield error(
                f"briefs.{position}",
                Bilingual(f"El brief «{brief.title}» está incompleto.", f"The brief “{brief.title}” is incomplete."),
                Bilingual(
                    "Completa título, apartados y llamada a la acción.", "Fill in title, outline and call to action."
                ),
                category=Category.COMPLETENESS,
                question="brief_outline",
            )


def _keyword(text: str, words: dict[str, str]) -> str:
    return next((word for word in words if same(word, text)), text)


def check_start(deliverable: EditorialCalendar, context: InterviewContext) -> Iterator[Issue]:
    start = deliverable.cadence.start_date
    if start and start < context.today:
        es, en = (render_date(start, language) for language in ("es", "en"))
        yield warning(
            "cadence.start_date",
            Bilingual(f"El calendario empieza el {es}, que ya pasó.", f"The calendar starts on {en}, which is past."),
            Bilingual("Cambia la fecha de inicio.", "Change the start date."),
            category=Category.COHERENCE,
            question="start_date",
        )


CHECKS = (check_start, check_dates, check_weeks, check_cadence, check_names, check_balance, check_cells, check_briefs)
