"""A supervisor decides: one decision wins, in one transaction; what follows from it happens once, in a second one."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction

from accounts.models import User
from agents.customer_message.graph import TURN_SECONDS, draft_reply
from agents.customer_message.state import Analysis
from agents.messages import Deadline
from booms.core.database import release_connection
from booms.core.errors import Conflict, InvalidInput
from crm import selectors
from crm.models import Decision, Reply, Run, RunStatus
from crm.services.cases import claim_check, run_lock
from crm.services.leases import lease_new
from crm.services.outbox import reply_add
from crm.services.windows import window_check
from crm.transitions import run_transition
from crm.vendors.senders import longest_reply

logger = logging.getLogger(__name__)


def decision_make(
    *,
    run_id: UUID,
    supervisor: User,
    approved: bool,
    reason: str = "",
    reply: str = "",
    draft_digest: str = "",
) -> Run:
    """Approve a case, with the edited reply if one is given, or reject it; then answer the customer if approved.

    `draft_digest` is what `selectors.draft_digest` gave for the draft that was read; empty: the current one is meant.
    Raises `InvalidInput` for a rejection without a reason or a reply longer than its channel carries, `NotFound`, and
    `Conflict` when the case is decided already, claimed by another, not what was read any more, or when the customer
    may not be written to now.
    """
    reason, reply = reason.strip(), reply.strip()
    if not approved and not reason:
        raise InvalidInput("A rejection needs a reason.", loc=("body", "reason"), kind="missing")
    run = _decide(run_id, supervisor, approved=approved, reason=reason, reply=reply, draft_digest=draft_digest)
    logger.info("Case decided", extra={"run": str(run_id), "approved": approved, "supervisor": str(supervisor.pk)})
    if run.status != RunStatus.APPROVING:
        return run
    return decision_execute(run_id=run_id, lease_token=run.lease_token)


def decision_execute(*, run_id: UUID, lease_token: UUID) -> Run:
    """Answer the customer of an approved case: edited text, else the ready draft, else a new one. Done once."""
    run = selectors.run_for_work(run_id)
    decision = Decision.objects.get(run_id=run_id)
    text = decision.reply or run.draft or _new_draft(run)
    release_connection()
    author = Reply.Author.SUPERVISOR if decision.reply else Reply.Author.AGENT
    return _execute(run_id, lease_token, text=text, author=author)


@transaction.atomic
def _decide(run_id: UUID, supervisor: User, *, approved: bool, reason: str, reply: str, draft_digest: str) -> Run:
    run = run_lock(run_id)
    claim_check(run, supervisor)
    current = selectors.draft_digest(run)
    if draft_digest and draft_digest != current:
        raise Conflict(
            "The draft or the conversation has changed since it was read; look at the case again.",
            state={"status": run.status, "draft_digest": current},
        )
    if approved:
        _check_length(run, reply or run.draft)
        window_check(run.conversation)
    edited = reply if approved and reply != run.draft else ""
    kind = Decision.Kind.REJECTED if not approved else Decision.Kind.EDITED if edited else Decision.Kind.APPROVED
    decision = Decision(run=run, supervisor=supervisor, kind=kind, reason=reason, reply=edited, draft_digest=current)
    decision.save(force_insert=True)
    run.claimed_by = run.claimed_until = None
    if approved:
        lease_new(run)
    run_transition(run, RunStatus.APPROVING if approved else RunStatus.REJECTED, actor=supervisor, reason=reason)
    return run


def _check_length(run: Run, text: str) -> None:
    longest = longest_reply(run.conversation.channel)
    if len(text) > longest:
        raise InvalidInput(f"The reply is longer than {longest} characters.", loc=("body", "reply"), kind="too_long")


def _new_draft(run: Run) -> str:
    message = selectors.customer_message(run, tuple(run.messages.all()))
    release_connection()
    return draft_reply(
        message,
        analysis=Analysis.model_validate(run.analysis) if run.analysis else None,
        rule=run.rule or None,
        action=run.proposed_action,
        language=run.language,
        deadline=Deadline.after(TURN_SECONDS),
    ).text


@transaction.atomic
def _execute(run_id: UUID, lease_token: UUID, *, text: str, author: str) -> Run:
    run = run_lock(run_id)
    if run.status != RunStatus.APPROVING or run.lease_token != lease_token:
        logger.warning("An approval was executed by another worker", extra={"run": str(run_id)})
        return selectors.run_result(run_id)
    reply_add(run, text=text, author=author)
    run_transition(run, RunStatus.APPROVED_AND_EXECUTED)
    return run
