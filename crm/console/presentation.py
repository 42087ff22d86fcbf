"""What the console's pages show, worked out before the template: time left, rows, history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from agents.conf import OFFLINE
from crm.console import wording
from crm.models import Run
from crm.selectors import Case

SOON = timedelta(hours=1)
EXCERPT_CHARACTERS = 280
# Further off is as good as for ever.
MOST_DAYS = 999
Urgency = Literal["late", "soon", "calm"]


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeLeft:
    """How long until the SLA is breached; `text` is what `times.js` goes on writing each second."""

    due_at: datetime
    text: str
    urgency: Urgency

    @classmethod
    def until(cls, due_at: datetime, now: datetime) -> TimeLeft:
        left = due_at - now
        urgency: Urgency = "late" if left < timedelta(0) else "soon" if left <= SOON else "calm"
        return cls(due_at=due_at, text=clock(left), urgency=urgency)


def clock(left: timedelta) -> str:
    """`09:29`, `1:30:29`, `2 d 4 h`, `999 d` at most; with a minus sign when the time is over."""
    seconds = int(abs(left.total_seconds()))
    sign = "−" if left < timedelta(0) else ""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours >= 24 * MOST_DAYS:
        return f"{sign}{MOST_DAYS} d"
    if hours >= 24:
        return f"{sign}{hours // 24} d {hours % 24} h"
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes:02}:{rest:02}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Who has a case open. `mine` is None while nobody has."""

    name: str = ""
    until: datetime | None = None
    mine: bool | None = None

    @classmethod
    def of(cls, run: Run, user: User, now: datetime) -> Claim:
        if run.claimed_by is None or run.claimed_until is None or run.claimed_until <= now:
            return cls()
        return cls(name=str(run.claimed_by), until=run.claimed_until, mine=run.claimed_by_id == user.pk)


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueRow:
    """A case in the queue."""

    run: Run
    time_left: TimeLeft
    excerpt: str
    claim: Claim
    sentiment: Promise | str
    intent: Promise | str
    action: Promise | str
    why: Promise | str
    text_language: str

    @classmethod
    def of(cls, run: Run, user: User, now: datetime) -> QueueRow:
        text = " ".join((run.message_text or "").split())
        return cls(
            run=run,
            time_left=TimeLeft.until(run.sla_due_at, now),
            excerpt=Truncator(text).chars(EXCERPT_CHARACTERS),
            claim=Claim.of(run, user, now),
            sentiment=wording.word(wording.SENTIMENTS, run.sentiment),
            intent=wording.word(wording.INTENTS, run.intent),
            action=wording.word(wording.ACTIONS, run.proposed_action),
            why=wording.word(wording.RULES, run.rule),
            text_language=text_language(run),
        )


def text_language(run: Run) -> str:
    """For the `lang` attribute of what was written; empty where the language is not known."""
    return run.language if run.language in {"es", "en"} else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing the analyst found, with its confidence in percent."""

    label: str
    value: Promise | str
    percent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryItem:
    """Something that happened to a case."""

    at: datetime
    who: Promise | str
    what: Promise | str
    detail: str = ""


def findings(run: Run) -> list[Finding]:
    """The analyst's verdict in words; empty when the analysis failed."""
    kinds = (
        ("sentiment", _("Sentiment"), wording.SENTIMENTS),
        ("intent", _("Intent"), wording.INTENTS),
        ("language", _("Language"), wording.LANGUAGES),
    )
    return [
        Finding(
            label=label,
            value=wording.word(words, run.analysis[key]),
            percent=int(100 * run.analysis.get(f"{key}_confidence", 0)),
        )
        for key, label, words in kinds
        if key in run.analysis
    ]


def without_model(case: Case) -> list[Promise | str]:
    """The steps that rules or fixed sentences did, in words: no model is there, or it failed."""
    names = [step.name for step in case.steps if step.provider == OFFLINE or step.name in case.run.degraded]
    return [wording.word(wording.STEPS, name) for name in dict.fromkeys([*names, *case.run.degraded])]


def history(case: Case) -> list[HistoryItem]:
    """Arrival, steps and changes of status, oldest first."""
    items = [*_arrivals(case), *_steps(case), *_transitions(case)]
    return sorted(items, key=lambda item: item.at)


def _arrivals(case: Case) -> Iterable[HistoryItem]:
    yield HistoryItem(
        at=case.run.created_at,
        who=wording.AUTHORS["client"],
        what=_("message received"),
        detail=case.conversation.channel.get_kind_display(),
    )


def _steps(case: Case) -> Iterable[HistoryItem]:
    for step in case.steps:
        facts = [f"{step.duration_ms} ms", step.model or step.provider]
        if step.total_tokens:
            facts.append(_("%(tokens)d tokens") % {"tokens": step.total_tokens})
        if step.cost_usd:
            facts.append(f"${step.cost_usd.normalize():f}")
        yield HistoryItem(
            at=step.started_at,
            who=wording.word(wording.STEPS, step.name),
            what=wording.word(wording.OUTCOMES, step.outcome),
            detail=" · ".join(fact for fact in facts if fact),
        )


def _transitions(case: Case) -> Iterable[HistoryItem]:
    for change in case.transitions:
        yield HistoryItem(
            at=change.created_at,
            who=str(change.actor) if change.actor else _("System"),
            what=change.get_to_status_display(),
            detail=str(wording.word(wording.RULES, change.reason)),
        )
