"""Servers are killed: who was not answered delivers again, and nobody is answered twice."""

from __future__ import annotations

import pytest

from crm.tests.faults.conftest import customers
from crm.tests.faults.stage import wait_until

ASKED = {
    "before commit": ("after", "crm.services.events._event_keep"),
    "after commit": ("after", "crm.services.handling.message_receive"),
    "during the model call": ("during", "crm.services.runs.run_pipeline"),
    "after the model call, before its result is stored": ("after", "crm.services.runs.run_pipeline"),
    "after the result is stored, before the answer": ("after", "crm.services.runs.run_settle"),
}
DELIVERED = {
    "before commit": ("after", "crm.services.events.parts_take"),
    "after commit, before 200": ("after", "crm.services.events._request_take"),
}


@pytest.mark.parametrize("moment", ASKED)
def test_a_server_killed_while_a_bot_waits_for_its_answer(scene, note, all_at_once, moment):
    messages = customers(3)
    with scene.running("server", kill=ASKED[moment]) as (server,):
        assert 0 in all_at_once(lambda message: scene.ask(message, server), messages)
        wait_until(lambda: not server.lives())
    scene.settle()
    with scene.running("server") as (server,):
        assert all_at_once(lambda message: scene.ask(message, server), messages) == [200] * 3
    tally = note(f"server killed {moment} (API)", messages)
    assert (tally.accepted, tally.once, tally.waiting) == (3, 3, 0)
    assert {message.answers[-1]["status"] for message in messages} == {"processed"}


@pytest.mark.parametrize("moment", DELIVERED)
def test_a_server_killed_while_meta_delivers(scene, note, all_at_once, moment):
    messages = customers(3)
    with scene.running("server", kill=DELIVERED[moment]) as (server,):
        assert 0 in all_at_once(lambda message: scene.deliver(message, server), messages)
        wait_until(lambda: not server.lives())
    with scene.running("server") as (server,):
        assert all_at_once(lambda message: scene.deliver(message, server), messages) == [200] * 3
    scene.settle()
    tally = note(f"server killed {moment} (WhatsApp)", messages)
    assert (tally.accepted, tally.once) == (3, 3)


def test_a_server_killed_between_a_supervisor_s_decision_and_the_reply(scene, note):
    messages = customers(1, text="This is a disgrace.")
    with scene.running("server") as (server,):
        assert scene.deliver(messages[0], server) == 200
    scene.settle()
    assert scene.tally(messages).waiting == 1
    with scene.running("approve", kill=("before", "crm.services.decisions.decision_execute")) as (server,):
        wait_until(lambda: not server.lives())
    assert scene.query("SELECT status FROM crm_run") == [{"status": "approving"}]
    scene.settle()
    assert note("server killed after a decision, before its reply", messages).once == 1
