"""A delivery from its arrival to its answer, for whoever waits for that."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from booms.core.database import release_connection
from crm import selectors
from crm.models import Run, RunStatus
from crm.services.inbound import message_receive
from crm.services.leases import lease_take
from crm.services.queueing import run_leave_to_worker
from crm.services.runs import run_process, run_work

WAIT_SECONDS = 25.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 0.5


def message_handle(*, in_background: bool = False, **delivery: Any) -> Run:
    """Take a delivery in and, unless `in_background`, see it through; takes what `message_receive` takes.

    A repeated delivery waits for the first one, and one behind others of its conversation for its turn, up to 25 s.
    The run may still be `received` when this returns; then a worker sees it through.
    """
    receipt = message_receive(in_background=in_background, **delivery)
    if receipt.work is not None:
        return run_work(receipt.work, in_response=True)
    if in_background:
        return selectors.run_result(receipt.run_id)
    return run_wait(run_id=receipt.run_id)


def run_wait(*, run_id: UUID, seconds: float = WAIT_SECONDS) -> Run:
    """The run as soon as it is worked on, by others or, when its turn comes, by us; as it stands after `seconds`.

    No connection is held between looks.
    """
    give_up, pause = time.monotonic() + seconds, FIRST_PAUSE
    while True:
        run = selectors.run_result(run_id)
        if run.status != RunStatus.RECEIVED:
            return run
        lease_token = lease_take(run_id)
        if lease_token is not None:
            return run_process(run_id=run_id, lease_token=lease_token, in_response=True)
        if time.monotonic() + pause > give_up:
            run_leave_to_worker(run_id=run_id)
            return run
        release_connection()
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)
