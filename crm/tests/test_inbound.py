"""Messages come in once, however often they are delivered."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from booms.core.errors import Conflict
from crm.models import Conversation, InboundMessage, Run, RunStatus
from crm.tests.factories import make_channel, receive

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_a_message_is_stored_with_its_conversation_and_a_leased_run():
    receipt = receive(text="Hola", sent_at=NOW, metadata={"a": 1})
    run = Run.objects.get(pk=receipt.run_id)
    assert run.status == RunStatus.RECEIVED
    assert run.lease_token == receipt.lease_token is not None
    assert run.sla_due_at == NOW + timedelta(hours=2)
    message = run.messages.get()
    assert (message.text, message.sent_at, message.metadata) == ("Hola", NOW, {"a": 1})
    assert message.conversation == run.conversation == Conversation.objects.get(client_id="CRM-001")


def test_two_messages_of_a_client_share_a_conversation():
    receive(text="one", sent_at=NOW)
    receive(text="two", sent_at=NOW)
    assert Conversation.objects.count() == 1
    assert Run.objects.count() == 2


@pytest.mark.parametrize(
    "identity", [{}, {"message_id": "m-1"}, {"idempotency_key": "k-1"}, {"message_id": "m", "idempotency_key": "k"}]
)
def test_the_same_delivery_again_finds_the_first_run(identity):
    first = receive(sent_at=NOW, **identity)
    second = receive(sent_at=NOW, **identity)
    assert second.run_id == first.run_id
    assert first.created
    assert not second.created
    assert second.lease_token is None
    assert InboundMessage.objects.count() == 1


def test_a_time_in_another_zone_is_the_same_time():
    from datetime import timezone as zone

    first = receive(sent_at=NOW)
    assert receive(sent_at=NOW.astimezone(zone(timedelta(hours=5)))).run_id == first.run_id


def test_the_same_text_at_another_time_is_another_message():
    assert receive(sent_at=NOW).run_id != receive(sent_at=NOW + timedelta(seconds=1)).run_id


@pytest.mark.parametrize("identity", [{"message_id": "m-1"}, {"idempotency_key": "k-1"}])
@pytest.mark.parametrize("change", [{"text": "other"}, {"client_id": "other"}, {"metadata": {"x": 1}}])
def test_a_used_key_with_another_body_is_refused_and_names_the_run(identity, change):
    first = receive(sent_at=NOW, **identity)
    with pytest.raises(Conflict) as refusal:
        receive(**({"sent_at": NOW} | identity | change))
    assert refusal.value.state == {"run_id": str(first.run_id)}
    assert Run.objects.count() == 1


def test_the_same_message_with_other_metadata_is_the_same_delivery():
    first = receive(sent_at=NOW, metadata={"retry": 0})
    assert receive(sent_at=NOW, metadata={"retry": 1}).run_id == first.run_id


def test_a_message_id_and_an_idempotency_key_of_the_same_text_are_different_things():
    assert receive(sent_at=NOW, message_id="x").run_id != receive(sent_at=NOW, idempotency_key="x").run_id


def test_deliveries_are_told_apart_by_channel():
    other = make_channel(address="other")
    assert receive(sent_at=NOW, message_id="m").run_id != receive(other, sent_at=NOW, message_id="m").run_id


def test_a_message_for_later_is_queued_in_the_same_transaction_and_leased_to_nobody():
    receipt = receive(in_background=True)
    job = ProcrastinateJob.objects.get(task_name="crm.run_continue")
    assert job.args == {"run_id": str(receipt.run_id)}
    assert Run.objects.get(pk=receipt.run_id).lease_token is None


@pytest.mark.django_db(transaction=True)
def test_the_same_delivery_from_many_threads_at_once_makes_one_run():
    channel = make_channel()
    barrier, receipts, faults = threading.Barrier(8), [], []

    def deliver():
        try:
            barrier.wait(10)
            receipts.append(receive(channel, sent_at=NOW, message_id="same"))
        except Exception as error:  # noqa: BLE001 (shown by the assertion)
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert faults == []
    assert Run.objects.count() == 1
    assert len({receipt.run_id for receipt in receipts}) == 1
    assert sum(receipt.created for receipt in receipts) == 1
