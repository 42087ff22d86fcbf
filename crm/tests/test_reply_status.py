"""Status callbacks come late, twice and in any order; a reply only ever moves up."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.models import Channel, Reply
from crm.services.deliveries import RANK, WORDS, reply_status_note
from crm.services.sending import reply_send
from crm.tests.outbox import make_sending_channel, queued_reply
from crm.vendors.failures import Failure, failure_word

pytestmark = pytest.mark.django_db
S = Reply.Status


@pytest.fixture
def sent(vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.WHATSAPP_META))
    reply_send(reply_id=reply.pk)
    reply.refresh_from_db()
    return reply


def note(reply, status, **fields):
    values = {"vendor": "meta", "vendor_id": reply.vendor_id, "reply_id": str(reply.pk), "at": timezone.now()}
    found = reply_status_note(status=status, **(values | fields))
    reply.refresh_from_db()
    return found


def test_statuses_move_a_reply_up_and_none_takes_it_back(sent):
    at = timezone.now() - timedelta(seconds=3)
    assert note(sent, "delivered", at=at)
    assert (sent.status, sent.status_at) == (S.DELIVERED, at)
    assert note(sent, "sent")
    assert (sent.status, sent.status_at) == (S.DELIVERED, at)
    assert note(sent, "read")
    assert note(sent, "failed", failure="131026")
    assert (sent.status, sent.failure) == (S.READ, "")


def test_a_message_may_fail_after_the_vendor_took_it_and_says_why(sent):
    assert note(sent, "failed", failure="131026", reason="Message undeliverable")
    assert (sent.status, sent.failure, sent.failure_reason) == (S.FAILED, "undeliverable", "Message undeliverable")
    assert note(sent, "sent")
    assert sent.status == S.FAILED
    assert note(sent, "delivered")
    assert (sent.status, sent.failure, sent.failure_reason) == (S.DELIVERED, "", "")


@pytest.mark.parametrize(
    ("status", "ours"), [("accepted", "sent"), ("sending", "sent"), ("undelivered", "failed"), ("canceled", "failed")]
)
def test_twilios_words_are_ours(vendors, status, ours):
    reply = queued_reply(make_sending_channel(Channel.Kind.SMS_TWILIO))
    reply_send(reply_id=reply.pk)
    reply.refresh_from_db()
    assert note(reply, status, vendor="twilio", failure="30003")
    assert reply.status == ours
    assert reply.failure == ("undeliverable" if ours == "failed" else "")


def test_a_failure_without_a_code_has_a_word_all_the_same(sent):
    note(sent, "failed")
    assert (sent.status, sent.failure) == (S.FAILED, Failure.REFUSED)


def test_a_time_that_lies_ahead_is_now(sent):
    note(sent, "delivered", at=timezone.now() + timedelta(days=300))
    assert sent.status_at <= timezone.now()


def test_a_word_nobody_knows_changes_nothing(sent):
    assert note(sent, "pondering")
    assert sent.status == S.SENT


@pytest.mark.parametrize(
    "fields",
    [
        {"vendor_id": "wamid.other", "reply_id": None},
        {"vendor_id": "", "reply_id": None},
        {"vendor_id": "", "reply_id": "no-uuid"},
        {"vendor_id": "", "reply_id": "\x00"},
        {"vendor_id": "wamid.other", "reply_id": str(uuid4())},
    ],
)
def test_a_status_of_nothing_of_ours_is_unmatched(sent, fields):
    assert not note(sent, "delivered", **fields)
    assert sent.status == S.SENT


def test_a_vendor_speaks_of_replies_on_its_own_channels_alone(sent):
    assert not note(sent, "read", vendor="twilio")
    assert sent.status == S.SENT


def test_an_id_that_is_not_ours_still_finds_the_reply_by_its_own(sent):
    assert note(sent, "read", reply_id=None)
    assert sent.status == S.READ


def test_replies_that_were_never_sent_out_have_no_status(vendors):
    reply = queued_reply(make_sending_channel(Channel.Kind.API, vendors), in_response=True)
    assert not note(reply, "read")
    assert reply.status == S.RETURNED


def test_codes_become_words_and_words_stay():
    assert failure_word("meta", "131047") == Failure.WINDOW_CLOSED
    assert failure_word("twilio", "63016") == Failure.WINDOW_CLOSED
    assert failure_word("twilio", "21610") == Failure.OPTED_OUT
    assert failure_word("meta", "21610") == failure_word("meta", "") == failure_word("nobody", "1") == Failure.REFUSED
    assert failure_word("meta", "unknown") == Failure.UNKNOWN


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(sorted(WORDS)), max_size=12), before_our_commit=st.booleans())
def test_whatever_the_order_and_number_of_statuses_a_reply_never_moves_back(vendors, words, before_our_commit):
    reply = queued_reply(_channel(), client_id=f"3460{uuid4().hex[:7]}")
    if not before_our_commit:
        reply_send(reply_id=reply.pk)
        reply.refresh_from_db()
    vendor_id = reply.vendor_id or f"wamid.{uuid4().hex}"
    reached = [RANK[reply.status]]
    for word in words:
        assert note(reply, word, vendor_id=vendor_id, failure="131026" if WORDS[word] == S.FAILED else "")
        reached.append(RANK[reply.status])
    assert reached == sorted(reached)
    assert reached[-1] == max(reached[0], *(RANK[WORDS[word]] for word in words), 0)
    assert bool(reply.failure) == (reply.status == S.FAILED)


def _channel():
    address = "1055501234"
    found = Channel.objects.filter(kind=Channel.Kind.WHATSAPP_META, address=address).first()
    return found or make_sending_channel(Channel.Kind.WHATSAPP_META)
