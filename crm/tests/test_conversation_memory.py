"""What a conversation remembers: its language, and what was said before."""

from __future__ import annotations

import pytest
from django.utils import timezone

from crm import selectors
from crm.models import Channel, Conversation, Run
from crm.services.channels import channel_default
from crm.services.handling import message_handle
from crm.tests.factories import receive
from crm.tests.outbox import make_sending_channel

pytestmark = pytest.mark.django_db


def say(text):
    run = message_handle(channel=channel_default(), client_id="CRM-9", text=text, sent_at=timezone.now())
    return Run.objects.get(pk=run.pk)


def test_a_conversation_goes_on_in_its_language_when_a_message_shows_none():
    first = say("Hola, ¿a qué hora abren mañana? Muchas gracias.")
    assert Conversation.objects.get().language == first.language == "es"
    second = say("ok 👍")
    assert second.language == "es"
    assert Conversation.objects.get().language == "es"


def test_a_conversation_follows_its_customer_into_another_language():
    say("Hola, ¿a qué hora abren mañana? Muchas gracias.")
    say("Sorry, could you please answer in English from now on? When do you open tomorrow?")
    assert Conversation.objects.get().language == "en"


def test_the_drafter_and_the_supervisor_see_what_was_said_before():
    first = say("Hola, ¿a qué hora abren mañana? Muchas gracias.")
    second = say("¿Y los domingos?")
    told = selectors.customer_message(second, tuple(second.messages.all()))
    said = [("client", "Hola, ¿a qué hora abren mañana? Muchas gracias."), ("us", first.reply.text)]
    assert [(exchange.author, exchange.text) for exchange in told.history] == said
    assert [entry.text for entry in selectors.case(second.pk).entries if not entry.is_current] == [t for _, t in said]


@pytest.mark.parametrize("sizes", [[10_001], [6_000, 6_000]])
def test_models_are_given_a_bounded_text_and_a_human_decides_what_is_longer(sizes):
    channel = make_sending_channel(Channel.Kind.WHATSAPP_META)
    receipts = [receive(channel, in_background=True, text="word " * (size // 5) + str(size)) for size in sizes]
    run = selectors.run_for_work(receipts[0].run_id)
    told = selectors.customer_message(run, tuple(run.messages.all()))
    assert len(told.text) < 10_010
    assert told.text.endswith("[…]")
    assert told.must_escalate == "unreadable_content"
    seen = [entry.text for entry in selectors.case(run.pk).entries]
    assert sum(map(len, seen)) >= sum(sizes)
