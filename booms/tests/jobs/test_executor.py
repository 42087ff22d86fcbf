"""The pool that background jobs work in."""

from __future__ import annotations

import asyncio
import threading

import pytest
from django.db import connections

from booms.core.context import request_id
from booms.jobs.executor import in_pool


def test_many_services_wait_at_once_and_hold_up_nobody():
    together = threading.Barrier(40, timeout=20)

    async def all_of_them():
        return await asyncio.gather(*(in_pool(together.wait) for _ in range(40)))

    assert sorted(asyncio.run(all_of_them())) == list(range(40))


def test_arguments_results_faults_and_the_log_s_context_pass_through():
    def service(*, left, right):
        return left / right, request_id.get()

    async def work():
        request_id.set("job-7")
        return await in_pool(service, left=6, right=3)

    assert asyncio.run(work()) == (2.0, "job-7")
    with pytest.raises(ZeroDivisionError):
        asyncio.run(in_pool(service, left=1, right=0))


@pytest.mark.django_db(transaction=True)
def test_a_service_gives_its_connection_back():
    def service():
        connections["default"].ensure_connection()
        return connections["default"]

    used = asyncio.run(in_pool(service))
    assert used.connection is None
