"""Vendors fail, deliver twice, out of order and forged; two servers and two workers share everything."""

from __future__ import annotations

import time

import pytest

from crm.tests.doubles import hang, meta_error, reset, status
from crm.tests.faults.conftest import customers
from crm.tests.faults.stage import Message, wait_until
from crm.tests.vendors.payloads import meta_sign

FAULTS = {
    "answers 500": [status(500, {"error": {"code": 2}})],
    "answers 429 with Retry-After": [status(429, {"error": {"code": 130429}}, Retry_After="1")],
    "says that it is overloaded": [meta_error(131016, http=500)],
}


def take_in(scene, messages, all_at_once):
    with scene.running("server") as (server,):
        assert set(all_at_once(lambda message: scene.deliver(message, server), messages)) == {200}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_vendor_that_is_down_for_a_moment(scene, note, all_at_once, fault):
    messages = customers(3)
    take_in(scene, messages, all_at_once)
    scene.vendors.play(*FAULTS[fault])
    scene.settle()
    tally = note(f"vendor {fault}", messages)
    assert tally.once + tally.waiting == 3


@pytest.mark.parametrize(
    ("title", "step", "waiting"),
    [
        ("accepts, and does not answer in time", hang(0.5, accept=True), 0),
        ("cuts the connection, having accepted", reset(accept=True), 0),
        ("cuts the connection without accepting", reset(accept=False), 1),
    ],
)
def test_a_vendor_that_does_not_say_whether_it_sent(scene, note, all_at_once, title, step, waiting):
    """Nothing is sent again on a guess: what never arrived waits for a human."""
    messages = customers(2)
    take_in(scene, messages, all_at_once)
    scene.vendors.play(step)
    scene.settle()
    tally = note(f"vendor {title}", messages)
    assert (tally.once, tally.waiting) == (2 - waiting, waiting)
    assert scene.count("crm_reply", "status = 'failed' AND failure = 'unknown'") == 1


def test_a_delivery_that_comes_five_times_at_once_to_two_servers(scene, note, all_at_once):
    messages = customers(4)
    with scene.running("server", "server") as servers:
        again = [(message, servers[number % 2]) for number in range(5) for message in messages]
        assert set(all_at_once(lambda pair: scene.deliver(*pair), again)) == {200}
    scene.settle()
    tally = note("the same deliveries five times at once, to two servers", messages)
    assert (tally.accepted, tally.once) == (4, 4)
    assert len(scene.vendors.accepted) == 4


def test_messages_of_a_burst_that_come_out_of_order(scene, note):
    client, now = "34699000001", time.time()
    messages = [Message(client=client, text=f"part {number}", sent_at=now - 9 + number) for number in (1, 2, 3)]
    with scene.running("server") as (server,):
        assert [scene.deliver(message, server) for message in reversed(messages)] == [200] * 3
    scene.settle()
    tally = note("three messages of a burst in reverse order", messages)
    assert tally.once == 3
    (run,) = scene.query("SELECT id FROM crm_run WHERE status = 'processed'")
    texts = scene.query("SELECT text FROM crm_inboundmessage WHERE run_id = %s ORDER BY sent_at, created_at", run["id"])
    assert [row["text"] for row in texts] == ["part 1", "part 2", "part 3"]
    assert len(scene.vendors.accepted) == 1


def test_forged_deliveries_are_refused_and_leave_nothing(scene, note):
    messages = customers(2)
    with scene.running("server") as (server,):
        assert scene.deliver(messages[0], server, signature=meta_sign(b"another body")) == 401
        assert scene.deliver(messages[1], server, signature="sha256=" + "0" * 64) == 401
    assert scene.count("crm_inboundmessage") == scene.count("crm_webhookevent") == 0
    assert note("forged deliveries", []).accepted == 0


def test_deliveries_replayed_after_they_were_answered(scene, note, all_at_once):
    messages = customers(3)
    take_in(scene, messages, all_at_once)
    scene.settle()
    take_in(scene, messages * 3, all_at_once)
    scene.settle()
    tally = note("deliveries replayed after they were answered", messages)
    assert (tally.accepted, tally.once) == (3, 3)
    assert len(scene.vendors.accepted) == 3


def test_two_servers_and_two_workers(scene, note, all_at_once):
    messages = customers(60)
    with scene.running("server", "server", "worker", "worker") as (*servers, _first, _second):
        pairs = [(message, servers[number % 2]) for number, message in enumerate(messages)]
        assert set(all_at_once(lambda pair: scene.deliver(*pair), pairs)) == {200}
        wait_until(scene.is_settled)
    tally = note("two servers, two workers, sixty customers at once", messages)
    assert (tally.accepted, tally.once) == (60, 60)
    assert len(scene.vendors.accepted) == 60
