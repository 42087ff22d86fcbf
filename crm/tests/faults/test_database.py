"""The database goes away while messages come in and are worked on, and comes back."""

from __future__ import annotations

import signal
import time
from itertools import pairwise
from threading import Thread

import psutil
import pytest

from booms.database import embedded
from crm.tests.faults.conftest import customers
from crm.tests.faults.stage import wait_until

PAUSE_SECONDS = 0.04


def end_database(scene, how):
    number = int((scene.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    server = psutil.Process(number)
    server.send_signal(how)
    # It is this process's child: until it is waited for it stays, as a zombie.
    wait_until(lambda: not server.is_running() or server.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.parametrize(("title", "how"), [("killed", signal.SIGKILL), ("restarted", signal.SIGINT)])
def test_the_database_goes_while_messages_come_in_and_workers_work(scene, note, title, how):
    messages, tries = customers(40), []

    def deliver_all(server):
        """As a vendor does: again until it is told 200."""
        for message in messages:
            while (status := scene.deliver(message, server)) != 200:
                tries.append(status)
                time.sleep(0.2)
            time.sleep(PAUSE_SECONDS)

    with scene.running("server", "worker", "worker") as (server, *workers):
        delivering = Thread(target=deliver_all, args=[server])
        delivering.start()
        wait_until(lambda: scene.count("crm_reply") > 3)
        end_database(scene, how)
        time.sleep(0.5)
        assert embedded.revive(scene.folder)
        delivering.join(60)
        assert not delivering.is_alive()
        assert server.lives()
        wait_until(lambda: scene.is_settled() or not any(worker.lives() for worker in workers))
    scene.settle(workers=2)
    tally = note(f"database {title} under way", messages)
    assert (tally.accepted, tally.once + tally.waiting) == (40, 40)
    assert len(tries) >= 1
    assert all(status in (0, 500, 503) for status in tries)
    positions = scene.query("SELECT conversation_id, position FROM crm_run ORDER BY conversation_id, position")
    assert all(first != second for first, second in pairwise(positions))
