"""A failed reply is sent again when a supervisor says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from booms.core.errors import Conflict
from crm.models import InboundMessage, Reply
from crm.services.deliveries import reply_status_note
from crm.services.sending import deliveries_sweep, reply_send_again
from crm.tests.doubles import reset, twilio_error
from crm.tests.factories import make_supervisor
from crm.tests.outbox import (
    META,
    TWILIO,
    jobs,
    later,
    make_sending_channel,
    queued_reply,
    send,
    take_job,
)

pytestmark = pytest.mark.django_db


def test_a_supervisor_has_a_failed_reply_sent_again_once_however_often_they_ask(vendors):
    supervisor, reply = make_supervisor(), queued_reply(make_sending_channel(META))
    take_job(reply)
    vendors.play(reset())
    send(reply)
    later(minutes=3)
    deliveries_sweep()

    for _press in range(2):
        again = reply_send_again(run_id=reply.run_id, supervisor=supervisor)
        assert (again.status, again.failure) == (Reply.Status.QUEUED, "")
    assert jobs(reply).count() == 1
    deliveries_sweep()

    assert send(reply).number == 2
    assert reply.status == Reply.Status.SENT
    with pytest.raises(Conflict, match="not failed"):
        reply_send_again(run_id=reply.run_id, supervisor=supervisor)


def test_a_reply_whose_window_is_closed_cannot_be_sent_again(vendors):
    reply = queued_reply(make_sending_channel(TWILIO))
    vendors.play(twilio_error(21211))
    send(reply)
    InboundMessage.objects.update(sent_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(Conflict, match="closed on"):
        reply_send_again(run_id=reply.run_id, supervisor=make_supervisor())
    reply.refresh_from_db()
    assert reply.status == Reply.Status.FAILED


def test_news_of_an_attempt_that_failed_does_not_fail_the_next_one(vendors):
    supervisor, reply = make_supervisor(), queued_reply(make_sending_channel(META))
    send(reply)
    first = reply.vendor_id
    failed = {"vendor": "meta", "vendor_id": first, "reply_id": str(reply.pk), "status": "failed", "at": timezone.now()}
    assert reply_status_note(failure="131026", reason="Undeliverable", **failed)
    reply_send_again(run_id=reply.run_id, supervisor=supervisor)

    assert reply_status_note(failure="131026", **failed)
    reply.refresh_from_db()
    assert reply.status == Reply.Status.QUEUED
    send(reply)
    assert reply.vendor_id != first
    assert reply_status_note(failure="131026", **failed)
    reply.refresh_from_db()
    assert reply.status == Reply.Status.SENT
