"""A turn of a conversation: the message stored first, the interview outside any transaction, its result in one more."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agents.errors import AgentError
from agents.interview.graph import run as run_interview
from agents.interview.turn import Listener, Said, TurnInput, TurnResult, nobody_listens
from agents.messages import CallContext
from booms.core.database import release_connection
from booms.core.errors import Conflict, InvalidInput, Unavailable
from stages.definitions import gate
from stages.definitions.provenance import trace
from stages.models import DeliverableVersion, Stage, StageMessage, StageStatus, Turn
from stages.services.answers import answer_of, current_state
from stages.services.interviewing import context_of, definition_of, message_add, state_keep, state_of
from stages.services.lifecycle import stage_open
from stages.services.locking import refused, stages_lock
from stages.services.tools import tools_of
from stages.services.versions import attempt_record

logger = logging.getLogger(__name__)

# Longer than an interview's turn may take (60 s), with room for a slow machine.
LEASE = timedelta(seconds=75)
WAIT_SECONDS = 60.0
PAUSE_SECONDS = 0.25
HISTORY_MESSAGES = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatAnswer:
    """What a turn is answered with; the same for every delivery of the same turn."""

    body: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A message that is stored, and the turn that will answer it. `answer` is set when an earlier delivery got it."""

    turn_id: UUID
    lease_token: UUID | None = None
    answer: Mapping[str, Any] | None = None
    stage: Stage | None = None
    said: tuple[Said, ...] = ()
    message: str = ""
    actor: User | None = field(default=None, repr=False)


def chat(*, listener: Listener = nobody_listens, **delivery: Any) -> ChatAnswer:
    """Take a message and answer it; takes what `message_accept` takes.

    Raises what `message_accept` raises, and `Unavailable` when no model answers: the message is kept, and sending it
    again answers it.
    """
    return turn_answer(message_accept(**delivery), listener=listener)


def turn_answer(accepted: Accepted, *, listener: Listener = nobody_listens) -> ChatAnswer:
    """Answer an accepted message, or give the answer that another delivery of it got."""
    if accepted.answer is not None:
        return ChatAnswer(body=accepted.answer)
    if accepted.lease_token is None:
        return _wait(accepted.turn_id)
    prepared = _prepare(accepted, listener)
    release_connection()
    try:
        result = run_interview(prepared)
    except AgentError as error:
        _turn_fail(accepted)
        logger.warning(
            "No model answered a stage's turn", extra={"stage": str(prepared.call.subject_id), "reason": error.code}
        )
        raise Unavailable(
            "No model answers at the moment. Your message is kept: send it again to have it answered.", retry_after=15
        ) from error
    except Exception:
        _turn_fail(accepted)
        raise
    return ChatAnswer(body=_settle(accepted, prepared, result))


@transaction.atomic
def message_accept(
    *,
    user: User,
    account_id: UUID,
    stage_id: UUID,
    stage_number: int,
    user_message: str,
    revision: int | None = None,
    idempotency_key: str = "",
) -> Accepted:
    """Store a consultant's message and give its turn to the caller.

    Raises `NotFound` for another's stage, `InvalidInput` when the number is another stage's, and `Conflict` when the
    stage is closed, the revision outdated, another message is being answered, or a key was used for another message.
    """
    stage, _stages = stages_lock(user, stage_id)
    _check_place(stage, account_id, stage_number)
    delivered = _delivered_before(stage, idempotency_key, user_message)
    if delivered is not None and (delivered.status == Turn.Status.ANSWERED or _is_under_way(delivered)):
        return Accepted(turn_id=delivered.pk, answer=delivered.answer)
    _check_open(stage, revision)
    if stage.status == StageStatus.UNLOCKED:
        stage_open(stage, actor=user)
    turn = _turn_take(stage, user_message, idempotency_key, delivered)
    return _accepted(stage, turn, user)


def _check_place(stage: Stage, account_id: UUID, stage_number: int) -> None:
    if stage.account_id != account_id:
        raise InvalidInput("The stage belongs to another account.", loc=("body", "account_id"))
    if stage.number != stage_number:
        raise InvalidInput(f"This is stage {stage.number}, not {stage_number}.", loc=("body", "stage_number"))


def _check_open(stage: Stage, revision: int | None) -> None:
    if stage.status not in {StageStatus.UNLOCKED, StageStatus.IN_PROGRESS}:
        raise refused(stage)
    if revision is not None and revision != stage.revision:
        raise Conflict(
            "The conversation has moved on; look at its current state.",
            state={"conversation_state": current_state(stage)},
        )


def _delivered_before(stage: Stage, idempotency_key: str, text: str) -> Turn | None:
    """The turn that an earlier delivery under this key began. Raises `Conflict` when it was another message."""
    if not idempotency_key:
        return None
    turn = stage.turns.select_related("user_message").filter(idempotency_key=idempotency_key).first()
    if turn is not None and turn.user_message.content != text:
        raise Conflict("This Idempotency-Key was used before with another message.")
    if turn is not None and turn.status != Turn.Status.ANSWERED and turn.user_message.round != stage.round:
        raise Conflict("The stage was started over before this message was answered; send it under another key.")
    return turn


def _is_under_way(turn: Turn) -> bool:
    accepted = turn.status == Turn.Status.ACCEPTED
    return accepted and turn.leased_until is not None and turn.leased_until > timezone.now()


def _turn_take(stage: Stage, text: str, idempotency_key: str, delivered: Turn | None) -> Turn:
    """The turn that answers this message: an unanswered one with its key or words goes on, else a new one begins."""
    unanswered = list(
        stage.turns.select_related("user_message")
        .filter(user_message__round=stage.round)
        .exclude(status=Turn.Status.ANSWERED)
        .order_by("-created_at")
    )
    if any(_is_under_way(turn) for turn in unanswered):
        raise Conflict("A message is being answered in this stage.", state={"conversation_state": current_state(stage)})
    stage.turns.filter(status=Turn.Status.ACCEPTED).update(status=Turn.Status.FAILED)
    turn = delivered or next((turn for turn in unanswered if turn.user_message.content == text), None)
    if turn is None:
        turn = Turn(stage=stage, user_message=message_add(stage, role=StageMessage.Role.USER, content=text))
    turn.status = Turn.Status.ACCEPTED
    turn.idempotency_key = turn.idempotency_key or idempotency_key or None
    turn.lease_token, turn.leased_until = uuid4(), timezone.now() + LEASE
    turn.save()
    Stage.objects.filter(pk=stage.pk).update(last_activity_at=timezone.now())
    return turn


def _accepted(stage: Stage, turn: Turn, user: User) -> Accepted:
    """The turn with the conversation so far; messages nobody answered are answered together with this one."""
    recent = list(stage.messages.filter(round=stage.round).order_by("-position")[:HISTORY_MESSAGES])[::-1]
    unanswered: list[StageMessage] = []
    while recent and recent[-1].role == StageMessage.Role.USER:
        unanswered.insert(0, recent.pop())
    return Accepted(
        turn_id=turn.pk,
        lease_token=turn.lease_token,
        stage=stage,
        said=tuple(Said(by_consultant=m.role == StageMessage.Role.USER, text=m.content) for m in recent),
        message="\n".join(message.content for message in unanswered),
        actor=user,
    )


def _prepare(accepted: Accepted, listener: Listener) -> TurnInput:
    stage = accepted.stage
    definition, context = definition_of(stage), context_of(stage)
    return TurnInput(
        definition=definition,
        context=context,
        state=state_of(stage),
        message=accepted.message,
        judge=partial(gate.judge, definition, context=context),
        history=accepted.said,
        sources=tuple(_sources_found(stage)),
        model_id=stage.account.ai_model,
        tools=tools_of(definition, stage.account),
        call=CallContext(account_id=stage.account_id, subject_kind="stage", subject_id=stage.pk),
        listener=listener,
    )


@transaction.atomic
def _settle(accepted: Accepted, turn_input: TurnInput, result: TurnResult) -> Mapping[str, Any]:
    """Keep what the turn led to, if the turn is still ours: state, agent's message, deliverable, verdict."""
    stage, stages = stages_lock(accepted.actor, accepted.stage.pk)
    turn = Turn.objects.select_for_update().get(pk=accepted.turn_id)
    if turn.status != Turn.Status.ACCEPTED or turn.lease_token != accepted.lease_token:
        raise Conflict(
            "The stage was changed while the message was being answered.",
            state={"conversation_state": current_state(stage)},
        )
    state_keep(stage, result.state)
    stage.ai_model_used = result.spent.model_id
    stage.save()
    if result.verdict is not None and result.deliverable is not None:
        sources = [source.url or source.title for source in result.spent.sources] + list(turn_input.sources)
        attempt_record(
            stage,
            deliverable=result.deliverable,
            verdict=result.verdict,
            provenance=trace(
                turn_input.definition,
                result.deliverable,
                result.state,
                turn_input.context,
                sources=sources,
                by_model=result.by_model,
            ),
            maker=DeliverableVersion.Maker.MODEL if result.by_model else DeliverableVersion.Maker.RULES,
            stages=stages,
            actor=accepted.actor,
            ai_model=result.spent.model_id,
        )
    answer = answer_of(stage, result)
    message_add(stage, role=StageMessage.Role.ASSISTANT, content=result.message, metadata=answer["metadata"])
    # Messages that nobody had answered were answered with this one: whoever sends them again gets this answer.
    stage.turns.filter(user_message__round=stage.round).exclude(status=Turn.Status.ANSWERED).update(
        status=Turn.Status.ANSWERED, answer=answer, lease_token=None, leased_until=None
    )
    return answer


def _sources_found(stage: Stage) -> list[str]:
    """What the agent found in this round's earlier turns, by address or title."""
    found = stage.messages.filter(round=stage.round, metadata__has_key="sources").values_list("metadata", flat=True)
    return [source["url"] or source["title"] for metadata in found for source in metadata["sources"]]


def _turn_fail(accepted: Accepted) -> None:
    Turn.objects.filter(pk=accepted.turn_id, lease_token=accepted.lease_token).update(
        status=Turn.Status.FAILED, lease_token=None, leased_until=None
    )


def _wait(turn_id: UUID) -> ChatAnswer:
    """The answer of a turn that another delivery of the same message is getting."""
    give_up = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < give_up:
        turn = Turn.objects.get(pk=turn_id)
        if turn.status == Turn.Status.ANSWERED:
            return ChatAnswer(body=turn.answer)
        if not _is_under_way(turn):
            break  # failed, or its server died: the next delivery takes it up
        release_connection()
        time.sleep(PAUSE_SECONDS)
    raise Unavailable("The message has not been answered yet; send it again.", retry_after=5)
