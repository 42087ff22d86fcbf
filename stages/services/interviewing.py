"""What an interview is told of a stage, and what it leaves behind."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils import timezone

from agents.interview.answers import settle
from agents.interview.progress import progress
from agents.interview.state import InterviewContext, InterviewState
from stages import selectors
from stages.definitions.base import StageDefinition
from stages.definitions.catalogue import definition
from stages.definitions.currencies import currency_stated
from stages.models import Stage, StageMessage


def definition_of(stage: Stage) -> StageDefinition:
    return definition(stage.number)


def context_of(stage: Stage) -> InterviewContext:
    """What is known before anything is asked: the account, its people, and earlier stages' deliverables."""
    account, earlier = stage.account, selectors.earlier_deliverables(stage)
    return InterviewContext(
        language=account.language,
        today=timezone.now().astimezone(ZoneInfo(account.timezone)).date(),
        company=account.client_name,
        website=account.company_website,
        consultant=account.user.full_name or account.user.get_username(),
        currency=currency_stated(earlier) or account.currency,
        earlier=earlier,
        found=(stage.state or {}).get("found") or {},
    )


def state_of(stage: Stage) -> InterviewState:
    """The conversation as it is kept, brought up to date with the definition of today."""
    return settle(definition_of(stage), InterviewState.model_validate(stage.state))


def state_keep(stage: Stage, state: InterviewState) -> None:
    """Put a conversation's state on a locked stage; the caller saves it."""
    stage.state = state.model_dump(mode="json")
    stage.progress = progress(definition_of(stage), state)
    stage.revision += 1
    stage.last_activity_at = timezone.now()


def message_add(stage: Stage, *, role: str, content: str, metadata: dict[str, Any] | None = None) -> StageMessage:
    """The next message of a locked stage's conversation."""
    last = stage.messages.aggregate(last=Max("position"))["last"] or 0
    message = StageMessage(
        stage=stage, round=stage.round, position=last + 1, role=role, content=content, metadata=metadata or {}
    )
    message.save(force_insert=True)
    return message
