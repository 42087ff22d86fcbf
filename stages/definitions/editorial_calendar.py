"""Stage 6: ninety days of publishing that the team can carry."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from agents.interview.parsing.words import fold
from agents.interview.state import Bilingual, InterviewContext, Origin
from stages.definitions.base import Given, StageDefinition
from stages.definitions.buyers_journey import journey_of
from stages.definitions.calendar_checks import CHECKS
from stages.definitions.calendar_drafting import slots, turn, writers
from stages.definitions.calendar_schema import Brief, Cadence, EditorialCalendar, Entry, Pieces, WorkflowStep
from stages.definitions.calendar_titles import contents
from stages.definitions.channels import channels_of, chosen
from stages.definitions.content_pillars import ContentPillars, pillars_of
from stages.definitions.offer import offer_of
from stages.definitions.questions.editorial_calendar import PHASES, QUESTIONS
from stages.definitions.scheduling import WEEKS, expand, open_days, week_of, working_days
from stages.definitions.sections.editorial_calendar import SECTIONS
from stages.definitions.texts import same


def calendar_of(context: InterviewContext) -> EditorialCalendar:
    """Stage 6's deliverable, as later stages read it."""
    return EditorialCalendar.model_validate(context.earlier["editorial_calendar"])


def assemble(given: Given, context: InterviewContext) -> EditorialCalendar:
    cadence = Cadence(
        start_date=given.day("start_date") or context.today,
        pieces=[Pieces(**{**row, "channel": row.get("channel") or ""}) for row in given.rows("pieces")],
        excluded_days=expand(given.chosen("excluded_days")),
        people=given.items("people"),
    )
    stage5 = pillars_of(context)
    workflow = [WorkflowStep(**row) for row in given.rows("workflow")]
    entries = _entries(cadence, writers(cadence.people, workflow), stage5, context)
    return EditorialCalendar(
        cadence=cadence,
        entries=_with_events(entries, given),
        briefs=_briefs(given, stage5, context),
        workflow=workflow,
    )


def _entries(cadence: Cadence, owners: list[str], stage5: ContentPillars, context: InterviewContext) -> list[Entry]:
    channels = [channel.name for channel in chosen(channels_of(context))]
    # "Video on Instagram" names its channel.
    pieces = [(row.format, row.pieces_a_week, row.channel or _told_in(row.format, channels)) for row in cadence.pieces]
    planned = slots(cadence.start_date, cadence.excluded_days, pieces)
    pillars, rows = contents(stage5), journey_of(context).rows
    action = offer_of(context).story.call_to_action
    entries = []
    weekly = sum(row.pieces_a_week for row in cadence.pieces) or 1
    for position, slot in enumerate(planned):
        place = turn(position, weekly, len(pillars))
        pillar = pillars[place]
        row = rows[(place + pillar.told) % len(rows)]
        title, keyword = pillar.next(row.phase, context.language)
        entries.append(
            Entry(
                week=slot.week,
                date=slot.day,
                title=title,
                format=slot.format,
                channel=slot.channel or _nth(channels, turn(position, weekly, len(channels) or 1)),
                pillar=pillar.name,
                journey_phase=row.phase,
                keyword=keyword,
                call_to_action=action if row.phase == "decision" else row.cta,
                owner=_nth(owners, position % (len(owners) or 1)),
            )
        )
    return entries


def _told_in(text: str, names: Sequence[str]) -> str:
    return next((name for name in names if f" {fold(name)} " in f" {fold(text)} "), "")


def _nth(items: list[str], position: int) -> str:
    return items[position] if items else ""


def _with_events(entries: list[Entry], given: Given) -> list[Entry]:
    """Each key date is told in the piece nearest before it, or in the first one after."""
    entries = list(entries)
    for row in given.rows("key_dates"):
        day = datetime.date.fromisoformat(row["date"])
        before = [position for position, entry in enumerate(entries) if entry.date and entry.date <= day]
        position = before[-1] if before else 0
        if entries:
            entries[position] = entries[position].model_copy(
                update={"title": f"{row['event']}: {entries[position].title}"}
            )
    return entries


def _briefs(given: Given, stage5: ContentPillars, context: InterviewContext) -> list[Brief]:
    action = offer_of(context).story.call_to_action
    answers, links = Bilingual("Responde a|Enlaza con", "Answers|Links to").of(context.language).split("|")
    briefs = []
    for pillar in contents(stage5):
        spokes = pillar.cluster.spokes[:3] if pillar.cluster else []
        questions = pillar.cluster.questions[:2] if pillar.cluster else []
        told = [*(f"{answers}: {text}" for text in questions), *(f"{links}: {text}" for text in spokes)]
        briefs.append(
            Brief(
                title=pillar.cluster.hub_page if pillar.cluster else pillar.name,
                keyword=pillar.keywords[0].keyword if pillar.keywords else "",
                outline=[*given.items("brief_outline"), *told],
                cta=action,
            )
        )
    return briefs


def compute(deliverable: EditorialCalendar, context: InterviewContext) -> EditorialCalendar:
    """Weeks from dates, dates that cannot be from weeks, names as the earlier stages have them, in order of date."""
    cadence = deliverable.cadence.model_copy(update={"excluded_days": expand(deliverable.cadence.excluded_days)})
    stage5 = pillars_of(context)
    names = {
        "pillar": [pillar.name for pillar in stage5.pillars],
        "keyword": [word.keyword for word in stage5.keywords],
        "channel": [channel.name for channel in channels_of(context).channels],
    }
    used: dict[int, int] = {}
    entries = [_placed(_named(entry, names), cadence, used) for entry in deliverable.entries]
    entries.sort(key=lambda entry: entry.date or datetime.date.max)
    return deliverable.model_copy(update={"cadence": cadence, "entries": entries})


def _named(entry: Entry, names: dict[str, list[str]]) -> Entry:
    exact = {
        key: next((name for name in known if same(name, getattr(entry, key))), getattr(entry, key))
        for key, known in names.items()
    }
    return entry.model_copy(update=exact)


def _placed(entry: Entry, cadence: Cadence, used: dict[int, int]) -> Entry:
    """The entry on its date if that is a day of the plan, else on a day of its week, else without a date."""
    week = week_of(entry.date, cadence.start_date) if entry.date else None
    if week and entry.date in open_days(week, cadence.start_date, cadence.excluded_days):
        return entry.model_copy(update={"week": week})
    wanted = week or entry.week
    days = working_days(wanted, cadence.start_date, cadence.excluded_days) if wanted and 1 <= wanted <= WEEKS else []
    if not days or wanted is None:
        return entry.model_copy(update={"week": None, "date": None})
    turn_of_week = used[wanted] = used.get(wanted, -1) + 1
    return entry.model_copy(update={"week": wanted, "date": days[turn_of_week % len(days)]})


DEFINITION = StageDefinition(
    number=6,
    slug="editorial_calendar",
    agent_name="Planner, the Content Strategist",
    title=Bilingual("Calendario editorial", "Editorial calendar"),
    goal=Bilingual(
        "Al terminar tendrás noventa días de publicaciones que el equipo puede sostener.",
        "At the end you will have ninety days of publishing that the team can carry.",
    ),
    phases=PHASES,
    questions=QUESTIONS,
    output=EditorialCalendar,
    assemble=assemble,
    compute=compute,
    checks=CHECKS,
    sections=SECTIONS,
    tools=("web_search", "knowledge_search"),
    facts=(
        "cadence",
        "workflow",
    ),
    traces={
        "entries.*.week": Origin.COMPUTED,
        "entries.*.date": Origin.COMPUTED,
        "entries.*.status": Origin.COMPUTED,
        **{
            f"entries.*.{key}": Origin.EARLIER_STAGE
            for key in ("channel", "pillar", "journey_phase", "keyword", "call_to_action")
        },
        "briefs.*.keyword": Origin.EARLIER_STAGE,
        "cadence.pieces.*.channel": Origin.EARLIER_STAGE,
        "cadence.excluded_days.*": "excluded_days",
    },
)
