"""Databases that were filled before conversations had an order: forward, backward, and forward again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from crm import services
from crm.models import Reply, Run, RunStatus
from crm.services.superseding import MOST_FOLDED
from crm.tests.factories import receive
from crm.tests.order.playing import model, work_off

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = [("crm", "0002_run_sources")], [("crm", "0003_one_writer_outbox_and_events")]


@pytest.fixture
def migrate():
    def to(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def old_run(apps, conversation, *, minutes, status="received", **fields):
    if status != "received":
        fields |= {"proposed_action": "send_standard_response", "sla_breached": False, "settled_at": timezone.now()}
    else:
        fields |= {"lease_token": uuid4(), "leased_until": timezone.now() + timedelta(seconds=60)}
    run = apps.get_model("crm", "Run").objects.create(
        conversation=conversation, status=status, sla_due_at=timezone.now() + timedelta(hours=2), **fields
    )
    sent_at = timezone.now() - timedelta(minutes=minutes)
    apps.get_model("crm", "Run").objects.filter(pk=run.pk).update(created_at=sent_at, updated_at=sent_at)
    apps.get_model("crm", "InboundMessage").objects.create(
        conversation=conversation, run=run, text=f"{minutes} minutes ago", sent_at=sent_at,
        delivery_hash=uuid4().hex, body_hash=uuid4().hex,
    )  # fmt: skip
    return run.pk


def test_old_runs_are_numbered_and_those_unfinished_are_worked_off(migrate):
    apps = migrate(BEFORE)
    channel = apps.get_model("crm", "Channel").objects.create(kind="api", address="old")
    conversations = [
        apps.get_model("crm", "Conversation").objects.create(channel=channel, client_id=name) for name in "ab"
    ]
    old_run(apps, conversations[0], minutes=30, status="processed")
    leased = [old_run(apps, conversations[0], minutes=minutes) for minutes in (9, 6, 3)]
    elsewhere = old_run(apps, conversations[1], minutes=5)
    migrate(AFTER)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert [Run.objects.get(pk=run).position for run in leased] == [2, 3, 4]
    assert Run.objects.get(pk=elsewhere).conversation.run_count == 1
    assert not Run.objects.filter(lease_token__isnull=False).exists()
    assert services.runs_sweep() == 2  # the first of each conversation
    with model() as serving:
        work_off()
    assert not Run.objects.filter(status=RunStatus.RECEIVED).exists()
    assert len(leased) - 1 <= MOST_FOLDED
    assert "9 minutes ago\n\n6 minutes ago\n\n3 minutes ago" in serving.analysed
    assert Reply.objects.count() == 2


def test_the_way_back_keeps_every_row_and_forward_again_numbers_them_anew(migrate):
    first = receive(text="one", in_background=True)
    work_off()
    second = receive(text="two")
    services.run_process(run_id=second.run_id, lease_token=second.lease_token)
    statuses = dict(Run.objects.values_list("pk", "status"))
    apps = migrate(BEFORE)
    assert dict(apps.get_model("crm", "Run").objects.values_list("pk", "status")) == statuses
    assert apps.get_model("crm", "InboundMessage").objects.count() == 2
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert [Run.objects.get(pk=receipt.run_id).position for receipt in (first, second)] == [1, 2]
