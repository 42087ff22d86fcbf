"""Writes of the agents app: the ledger row of a request to a model."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal

from django.db import DatabaseError, IntegrityError, connection, transaction

from agents.messages import CallContext, ModelRequest, Usage
from agents.models import ModelCall
from booms.core.database import release_connection

logger = logging.getLogger(__name__)


def model_call_record(
    *,
    request: ModelRequest,
    context: CallContext,
    asked_model: str,
    served_model: str,
    provider: str,
    vendor_model: str,
    attempt: int,
    usage: Usage,
    cost_usd: Decimal | None,
    duration_ms: int,
    outcome: str,
) -> None:
    """Write one row in a transaction of its own and give the connection back.

    The customer's answer matters more than its row: a database that fails here is logged, not raised.
    """
    call = ModelCall(
        account_id=context.account_id,
        purpose=request.purpose,
        subject_kind=context.subject_kind,
        subject_id=context.subject_id,
        asked_model=asked_model,
        served_model=served_model,
        provider=provider,
        vendor_model=vendor_model,
        attempt=attempt,
        prompt_tokens=usage.prompt_tokens,
        completion_tokens=usage.completion_tokens,
        cached_tokens=usage.cached_tokens,
        reasoning_tokens=usage.reasoning_tokens,
        cost_usd=cost_usd,
        duration_ms=duration_ms,
        outcome=outcome,
        prompt_name=request.prompt.name,
        prompt_hash=request.prompt.hash,
    )
    try:
        _insert(call)
    except DatabaseError:
        logger.exception("A model call could not be written to the ledger", extra={"purpose": request.purpose})
    finally:
        release_connection()


def _insert(call: ModelCall) -> None:
    try:
        with _own_transaction():
            call.save(force_insert=True)
    except IntegrityError:
        # The account was deleted while its model was answering: the tokens were spent all the same.
        call.account_id = None
        with _own_transaction():
            call.save(force_insert=True)


def _own_transaction() -> AbstractContextManager[None]:
    """A savepoint inside a transaction; outside, a single statement is one already and costs one round trip."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
