"""Failed attempts, counted in the database so that all processes count together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import FailureCount
from booms.core.errors import TooManyAttempts

LOGIN_LIMIT = 10  # failed logins a minute by user and address
ADDRESS_LIMIT = 60  # failed logins, or failed keys, a minute by address

Parties = Sequence[tuple[str, str, int]]


def failures_check(parties: Parties) -> None:
    """Raise `TooManyAttempts` when one of `(scope, party, limit)` has failed too often in this minute."""
    minute = _minute()
    keys = {(scope, party_hash(party)): limit for scope, party, limit in parties}
    rows = FailureCount.objects.filter(minute=minute, party__in=[party for _scope, party in keys])
    for row in rows:
        limit = keys.get((row.scope, row.party))
        if limit is not None and row.count >= limit:
            left = minute + timedelta(minutes=1) - timezone.now()
            raise TooManyAttempts(retry_after=max(1, round(left.total_seconds())))


def failures_record(parties: Parties) -> None:
    """Count a failure for each party; one statement each, so that processes do not lose each other's counts."""
    with connection.cursor() as cursor:
        for scope, party, _limit in sorted(parties):
            cursor.execute(
                "INSERT INTO accounts_failurecount (scope, party, minute, count) VALUES (%s, %s, %s, 1)"
                " ON CONFLICT (scope, party, minute) DO UPDATE SET count = accounts_failurecount.count + 1",
                [scope, party_hash(party), _minute()],
            )


def failures_forget(*, older_than: timedelta = timedelta(hours=1)) -> int:
    """Delete counts nobody asks for any more; the number deleted."""
    return FailureCount.objects.filter(minute__lt=timezone.now() - older_than).delete()[0]


def _minute() -> datetime:
    return timezone.now().replace(second=0, microsecond=0)


def party_hash(party: str) -> str:
    return hashlib.sha256(party.encode("utf-8", "replace")).hexdigest()
