"""Replies made by rules: in the customer's language, about what was asked, without inner words and promises."""

import itertools
import json
import re
from datetime import UTC, datetime

import pytest

from agents.customer_message.state import Action, BrandBrief, Exchange, Intent, Language, Sentiment
from agents.offline.drafter import FALLBACK_REPLIES, draft
from agents.offline.language import detect
from agents.offline.rulebook import load
from agents.offline.safety import asks_for_human

INNER_WORDS = re.compile(
    r"escal|sentiment|\bsla\b|triage|negativ|intent|automat|\bia\b|\bai\b|regla|rules", re.IGNORECASE
)
PROMISES = re.compile(r"\d|hours|days|horas|días|will be refunded|se le reembolsará|today|hoy|mañana|tomorrow")
TEXTS = ["hello", "Where is my order?", "¿Dónde está mi factura?", "the room was dirty", "me cobraron dos veces", "x"]
EVERY_CASE = list(itertools.product(("es", "en"), Intent, Sentiment, Action, TEXTS))


def reply(
    language="en", intent="general_inquiry", sentiment="neutral", action="send_standard_response", text="hello", **kept
):
    return draft(language=language, intent=intent, sentiment=sentiment, action=action, text=text, **kept)


def sentences(text):
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


@pytest.mark.parametrize(("language", "intent", "sentiment", "action", "text"), EVERY_CASE)
def test_every_reply_is_short_in_the_language_and_without_inner_words_or_promises(
    language, intent, sentiment, action, text
):
    written = reply(language, intent, sentiment, action, text)
    assert 2 <= len(sentences(written)) <= 4
    assert detect(written)[0] == language
    assert not INNER_WORDS.search(written)
    assert not PROMISES.search(written)
    assert "{" not in written


def test_the_topic_and_the_reference_are_named():
    written = reply(intent="support_request", text="Please resend the invoice for order 7731")
    assert "your invoice (7731)" in written


def test_a_refund_request_is_received_and_will_be_reviewed():
    assert "reviewed" in reply(intent="refund_request", text="refund order 7731 please")
    assert "revisada" in reply("es", intent="refund_request", text="reembolso del pedido 8840")


@pytest.mark.parametrize(("language", "apology"), [("en", r"sorry|apologi"), ("es", "Lamentamos|disculpas|Sentimos")])
def test_a_dissatisfied_customer_gets_an_apology(language, apology):
    written = reply(language, "support_request", "negative", "escalate_to_human", "nobody answers")
    assert re.search(apology, written)


def test_a_happy_customer_is_thanked():
    assert re.search("(?i)thank", reply(sentiment="positive", text="you are great"))


def test_the_company_is_named_when_known_even_with_braces_in_its_name():
    brief = BrandBrief(version="1", company="Acme {Ltd}")
    assert "Acme {Ltd}" in reply(brief=brief)


def test_a_second_message_is_greeted_as_one():
    history = (Exchange(author="us", text="Hello", at=datetime(2026, 1, 1, tzinfo=UTC)),)
    assert re.search("again|back", reply(history=history))


def test_the_same_text_gets_the_same_reply():
    assert reply(text="Where is my parcel?") == reply(text="Where is my parcel?")


def test_another_language_is_answered_in_english():
    assert detect(reply(language="other", text="Bonjour"))[0] is Language.ENGLISH


def test_there_is_a_fallback_for_every_language():
    assert FALLBACK_REPLIES.keys() == {language.value for language in Language}


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_a_reply_says_to_write_for_a_person_reaches_one(language):
    replies = json.dumps(load("replies")[language], ensure_ascii=False)
    offered = set(re.findall("[“«](.+?)[”»]", replies))
    assert offered
    assert all(asks_for_human(words) for words in offered)
