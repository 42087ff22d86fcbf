"""Runs are worked on: context in, pipeline, result stored if the lease is still ours."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from agents.customer_message.graph import run as run_pipeline
from agents.customer_message.graph import unhandled
from agents.customer_message.result import GRAPH_VERSION, Result
from agents.customer_message.state import Action, CustomerMessage, Language
from booms.core.database import release_connection
from crm import selectors
from crm.models import Conversation, InboundMessage, Reply, Run, RunStatus, RunStep
from crm.services.leases import LEASE
from crm.services.outbox import reply_add
from crm.services.queueing import run_continue_defer
from crm.services.superseding import following_run, is_stale, run_supersede
from crm.transitions import run_transition

logger = logging.getLogger(__name__)

# A message that brought its worker down this often is put before a human without being worked on again.
MOST_ATTEMPTS = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A leased run as it is worked on: with its conversation, channel and messages at hand."""

    run: Run
    messages: tuple[InboundMessage, ...]
    has_history: bool = True


def run_process(*, run_id: UUID, lease_token: UUID, in_response: bool = False) -> Run:
    """Take up a run whose lease the caller holds; see `run_work`."""
    run = selectors.run_for_work(run_id)
    run.lease_token = lease_token
    return run_work(Work(run=run, messages=tuple(run.messages.all())), in_response=in_response)


def run_work(work: Work, *, in_response: bool = False) -> Run:
    """Take a leased run through the pipeline and settle it. No connection is held while models are called.

    `in_response`: the webhook that brought the message waits for the answer and gives it in its own.
    """
    run = work.run
    message = selectors.customer_message(run, work.messages, has_history=work.has_history)
    release_connection()
    result = run_pipeline(message) if run.attempts <= MOST_ATTEMPTS else unhandled(message)
    return run_settle(
        run_id=run.pk,
        lease_token=run.lease_token,
        result=result,
        sources=sources_of(message, result),
        in_response=in_response,
    )


@transaction.atomic
def run_settle(
    *,
    run_id: UUID,
    lease_token: UUID,
    result: Result,
    sources: Sequence[Mapping[str, Any]] = (),
    in_response: bool = False,
) -> Run:
    """Store a result, unless the lease has gone to somebody else: then theirs counts, and ours is dropped.

    With the conversation locked nobody adds to it: what came while the models were at work is known, and follows.
    """
    run = (
        Run.objects.select_for_update(of=("self", "conversation"), no_key=True)
        .select_related("conversation__channel")
        .get(pk=run_id)
    )
    if run.status != RunStatus.RECEIVED or run.lease_token != lease_token:
        logger.warning("A result came after its lease", extra={"run": str(run_id), "status": run.status})
        return selectors.run_result(run_id)
    following = following_run(run)
    _keep_result(run, result)
    run.sources = list(sources)
    if following is not None and is_stale(run, following):
        run_supersede(run, following)
    elif result.action == Action.ESCALATE_TO_HUMAN:
        run_transition(run, RunStatus.PENDING_APPROVAL, reason=result.rule)
    else:
        run_transition(run, RunStatus.PROCESSED, reason=result.rule)
        reply_add(run, text=result.reply, author=Reply.Author.AGENT, in_response=in_response)
    _keep_steps(run, result)
    _pin_language(run.conversation, result.language)
    if following is not None:
        # A request that waits for its turn takes it up itself, unless it has gone by then.
        run_continue_defer(following.pk, at=following.work_at or following.created_at + LEASE)
    return run


def sources_of(message: CustomerMessage, result: Result) -> list[dict[str, Any]]:
    """What a draft leans on: the strategy's stages and versions, and pages of documents.

    Only a model reads them: what rules wrote, or the fixed sentence, leans on nothing.
    """
    if not result.by_model:
        return []
    found: list[dict[str, Any]] = []
    if message.brief is not None:
        found.append({"kind": "strategy", "version": message.brief.version})
    return found + [
        {
            "kind": "document",
            "document": passage.document,
            "document_id": str(passage.document_id),
            "page": passage.page,
            "heading": passage.heading,
        }
        for passage in message.passages
    ]


def _keep_result(run: Run, result: Result) -> None:
    run.sla_breached = result.sla_breached
    run.language = result.language
    run.proposed_action = result.action
    run.rule = result.rule
    run.supervisor_note = result.note
    run.draft = result.reply
    run.degraded = list(result.degraded)
    run.graph_version = GRAPH_VERSION
    run.settled_at = timezone.now()
    if result.analysis is not None:
        run.sentiment = result.analysis.sentiment
        run.intent = result.analysis.intent
        run.analysis = result.analysis.model_dump()


def _keep_steps(run: Run, result: Result) -> None:
    RunStep.objects.bulk_create(
        RunStep(
            run=run,
            attempt=run.attempts,
            name=step.name,
            started_at=step.started_at,
            duration_ms=step.duration_ms,
            outcome=step.outcome,
            provider=step.provider,
            model=step.model,
            total_tokens=step.total_tokens,
            cost_usd=step.cost_usd,
            detail=dict(step.detail),
        )
        for step in result.steps
    )


def _pin_language(conversation: Conversation, language: str) -> None:
    if language != Language.OTHER and conversation.language != language:
        conversation.language = language
        conversation.save(update_fields=["language", "updated_at"])
