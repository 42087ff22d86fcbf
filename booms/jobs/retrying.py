"""Which failures of a job are worth another attempt, and when."""

from __future__ import annotations

import django.db
import psycopg
from procrastinate import BaseRetryStrategy, RetryDecision, exceptions
from procrastinate.jobs import Job
from psycopg_pool import PoolTimeout

# What a database that is restarted, out of connections or in a deadlock answers. Another attempt may well succeed.
TRANSIENT = (
    django.db.OperationalError,
    django.db.InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    PoolTimeout,
    exceptions.ConnectorException,
)
# Seconds before each further attempt; some five minutes in all.
PAUSES = (1, 5, 15, 60, 120, 120)


class WhenDatabaseIsBack(BaseRetryStrategy):
    """Another attempt after growing pauses when the database was the reason; other errors fail the job at once."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, TRANSIENT) or job.attempts >= len(PAUSES):
            return None
        return RetryDecision(retry_in={"seconds": PAUSES[job.attempts]})
