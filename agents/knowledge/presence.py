"""Whether there is anything to search at all: asked for every customer's message, hence remembered for a moment."""

from __future__ import annotations

import time
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from agents.models import Document

# Another process may have stored a document meanwhile; this one forgets at once.
SECONDS = 5.0

_known: dict[UUID | None, tuple[float, bool]] = {}


def has_documents(account_id: UUID | None) -> bool:
    """Whether the account, or everybody, has a document. One query, at most every few seconds."""
    until, answer = _known.get(account_id, (0.0, False))
    if time.monotonic() < until:
        return answer
    if len(_known) > 10_000:
        _known.clear()
    answer = Document.objects.filter(Q(account_id=account_id) | Q(account_id=None)).exists()
    _known[account_id] = (time.monotonic() + SECONDS, answer)
    return answer


def forget() -> None:
    """Documents have changed: for this transaction, and for all who ask after it."""
    _known.clear()
    transaction.on_commit(_known.clear)
