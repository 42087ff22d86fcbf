"""Everything at once, by many threads, in an order nobody chose: what must hold holds, without a deadlock."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from booms.core.errors import Conflict
from crm import services
from crm.models import Channel, Conversation, InboundMessage, Reply, Run, RunStatus
from crm.services.handling import message_handle
from crm.services.inbound import message_receive
from crm.tests.factories import ANGRY, make_supervisor
from crm.tests.order.playing import CALM, Thread, end_windows, job_do, job_take, model, queued, work_off

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = [f"client-{number}" for number in range(3)]
SECONDS = 3.0


class Crowd:
    """Threads that write, repeat themselves, work, decide and sweep until `end`; a deadlock is an error in one."""

    def __init__(self, channel, supervisor, seed):
        self.channel, self.supervisor = channel, supervisor
        self.random = random.Random(seed)
        self.end = time.monotonic() + SECONDS
        self.sent = []

    def until_the_end(self, act):
        def loop():
            while time.monotonic() < self.end:
                act()

        return Thread(loop)

    def write(self):
        number = len(self.sent)
        delivery = {
            "client_id": self.random.choice(CLIENTS),
            "text": f"message {number} {'disgrace' if self.random.random() < 0.2 else ''}",
            "sent_at": timezone.now(),
            "message_id": f"m-{number}-{self.random.random()}",
        }
        self.sent.append(delivery)
        self.deliver(delivery)

    def repeat(self):
        if self.sent:
            self.deliver(self.random.choice(self.sent[-10:]))
        time.sleep(0.02)

    def deliver(self, delivery):
        if self.random.random() < 0.3:
            message_handle(channel=self.channel, **delivery)
        else:
            message_receive(channel=self.channel, in_background=True, **delivery)

    def work(self):
        taken = job_take()
        if taken:
            job_do(*taken)
        time.sleep(0.005)

    def decide(self):
        run = Run.objects.filter(status=RunStatus.PENDING_APPROVAL).first()
        try:
            if run:
                services.decision_make(run_id=run.pk, supervisor=self.supervisor, approved=True)
        except Conflict:
            assert Run.objects.get(pk=run.pk).status != RunStatus.PENDING_APPROVAL
        time.sleep(0.03)

    def look(self):
        leased = Run.objects.filter(status=RunStatus.RECEIVED, lease_token__isnull=False)
        assert all(count == 1 for count in Counter(leased.values_list("conversation", flat=True)).values())
        time.sleep(0.01)

    def kill(self):
        """A worker dies now and then: its lease runs out while it goes on, like one that was only asleep."""
        held = Run.objects.filter(leased_until__isnull=False).order_by("?").values_list("pk", flat=True).first()
        Run.objects.filter(pk=held, leased_until__isnull=False).update(leased_until=timezone.now() - timedelta(1))
        services.runs_sweep()
        time.sleep(0.1)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_at_once_every_message_is_in_one_settled_run_and_every_run_answers_once(seed):
    channel = Channel.objects.create(kind=Channel.Kind.API, address="crowded", quiet_ms=20)
    crowd = Crowd(channel, make_supervisor(), seed)
    acts = [crowd.write] * 4 + [crowd.repeat] * 2 + [crowd.work] * 3 + [crowd.decide] * 2 + [crowd.look, crowd.kill]
    with model(seconds=0.01, analysis=lambda text: ANGRY if "disgrace" in text else CALM):
        threads = [crowd.until_the_end(act) for act in acts]
        while any(thread.is_alive() for thread in threads):
            # Whoever still waits for an answer may be behind runs that only workers take up.
            time.sleep(0.1)
            end_windows()
            work_off(workers=2, impatient=True)
        for thread in threads:
            thread.result()
        end_windows()
        work_off(workers=2, impatient=True)
    assert not queued().exists()
    assert InboundMessage.objects.count() == len(crowd.sent) > 20
    assert not Run.objects.filter(status__in=[RunStatus.RECEIVED, RunStatus.APPROVING]).exists()
    for conversation in Conversation.objects.all():
        positions = sorted(conversation.runs.values_list("position", flat=True))
        assert positions == list(range(1, conversation.run_count + 1))
    answered = Run.objects.filter(status__in=[RunStatus.PROCESSED, RunStatus.APPROVED_AND_EXECUTED])
    assert Reply.objects.count() == answered.count()
    assert not InboundMessage.objects.filter(run__status=RunStatus.SUPERSEDED).exists()
    assert not Run.objects.exclude(status=RunStatus.SUPERSEDED).filter(messages=None).exists()
