"""The threads that background jobs work in."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections

Result = TypeVar("Result")


async def in_pool(function: Callable[..., Result], **arguments: Any) -> Result:
    """Call a service in the pool of this process and wait for it without holding up other jobs.

    A synchronous task would hold one of asgiref's few threads; here as many jobs wait for a model at once as the
    worker may take. The thread's database connections go back when the service is done.
    """
    context = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool(), context.run, _call, function, arguments)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.PROCRASTINATE_WORKER_DEFAULTS["concurrency"], thread_name_prefix="job")


def _call(function: Callable[..., Result], arguments: dict[str, Any]) -> Result:
    try:
        return function(**arguments)
    finally:
        connections.close_all()
