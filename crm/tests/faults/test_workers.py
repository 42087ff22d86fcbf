"""Workers are killed at every step: what they held is taken up by another, and no customer is written to twice."""

from __future__ import annotations

import signal
import time

import pytest

from crm.tests.faults.conftest import customers
from crm.tests.faults.stage import wait_until

STEPS = {
    "before it takes a run up": ("before", "crm.services.work.lease_take"),
    "after it took a run up": ("after", "crm.services.work.lease_take"),
    "during the model call": ("during", "crm.services.runs.run_pipeline"),
    "after the model call, before its result is stored": ("after", "crm.services.runs.run_pipeline"),
    "after the result is stored": ("after", "crm.services.runs.run_settle"),
    "before an attempt to send is noted": ("before", "crm.services.sending._start"),
}


def take_in(scene, messages, all_at_once):
    with scene.running("server") as (server,):
        assert set(all_at_once(lambda message: scene.deliver(message, server), messages)) == {200}


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed(scene, note, all_at_once, step):
    messages = customers(3)
    take_in(scene, messages, all_at_once)
    with scene.running("worker", kill=STEPS[step]) as (worker,):
        wait_until(lambda: not worker.lives())
    scene.settle()
    tally = note(f"worker killed {step}", messages)
    assert (tally.accepted, tally.once, tally.waiting) == (3, 3, 0)


def test_a_worker_killed_after_the_vendor_accepted(scene, note, all_at_once):
    """What the vendor accepted arrives once; of another call that was under way nobody can know."""
    messages = customers(3)
    take_in(scene, messages, all_at_once)
    with scene.running("worker", kill=("after", "crm.services.sending.attempt")) as (worker,):
        wait_until(lambda: not worker.lives())
    scene.settle()
    tally = note("worker killed after the vendor accepted, before that is stored", messages)
    assert tally.once >= 1
    assert tally.once + tally.waiting == 3


def test_a_worker_killed_before_the_vendor_is_called(scene, note, all_at_once):
    """Nobody can know that the vendor was not reached: the reply is put before a human, not sent again."""
    messages = customers(3)
    take_in(scene, messages, all_at_once)
    with scene.running("worker", kill=("before", "crm.services.sending.attempt")) as (worker,):
        wait_until(lambda: not worker.lives())
    scene.settle()
    tally = note("worker killed before the vendor is called", messages)
    assert tally.accepted == 3
    assert tally.waiting >= 1
    assert {row["failure"] for row in scene.query("SELECT failure FROM crm_reply WHERE status = 'failed'")} == {
        "unknown"
    }


def test_one_of_two_workers_killed_again_and_again(scene, note, all_at_once):
    messages = customers(20)
    take_in(scene, messages, all_at_once)
    with scene.running("worker"):
        for _ in range(4):
            with scene.running("worker"):
                time.sleep(0.6)
        wait_until(lambda: scene.count("crm_run", "status <> 'received'"))
    scene.settle(workers=2)
    tally = note("one of two workers killed four times", messages)
    assert (tally.accepted, tally.once + tally.waiting) == (20, 20)


def test_a_worker_told_to_stop_finishes_what_it_began(scene, note, all_at_once):
    messages = customers(5)
    take_in(scene, messages, all_at_once)
    with scene.running("worker") as (worker,):
        wait_until(lambda: scene.count("crm_run", "lease_token IS NOT NULL"))
        worker.kill(signal.SIGTERM)
    assert scene.count("crm_run", "lease_token IS NOT NULL") == 0
    assert scene.count("procrastinate_jobs", "status = 'doing'") == 0
    assert scene.count("crm_run", "status = 'processed'") >= 1
    scene.settle()
    assert note("worker told to stop during model calls", messages).once == 5
