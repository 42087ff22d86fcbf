"""A customer's message on each of the three wires, and with the first vendor failing in each way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from llmock.scenarios import Delay, Fail, Match, Reply

from agents.customer_message import graph
from agents.customer_message.state import Action, Analysis, CustomerMessage, Rule
from agents.models import ModelCall
from agents.tests.conftest import LLMOCK

# The graph's threads have connections of their own.
pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
IDS = {"openai": "openai-gpt4o", "anthropic": "anthropic-claude-opus-4", "google": "google-gemini-2.5-flash-lite"}
DRAFTS = {
    "en": "Thank you for writing to us. Our team is looking into your question and will come back to you here.",
    "es": "Gracias por escribirnos. Nuestro equipo está revisando tu consulta y te responderá por aquí.",
}


def message(text, model_id, *, age=timedelta(minutes=5)):
    return CustomerMessage(
        run_id=uuid4(), client_id="CRM-1", text=text, sent_at=NOW - age, now=NOW, sla_hours=2.0, model_id=model_id
    )


def verdict(**fields):
    values = {
        "sentiment": "neutral",
        "intent": "general_inquiry",
        "language": "en",
        "asks_for_human": False,
        "suspected_injection": False,
    }
    sure = {name: 0.95 for name in Analysis.model_fields if name.endswith("_confidence")}
    return json.dumps(values | sure | fields)


@pytest.fixture(autouse=True)
def one_after_the_other(local_vendors, settings):
    """Without speculation the vendor is asked in a known order."""
    settings.AGENTS = settings.AGENTS | {"CRM_SPECULATIVE_DRAFT": False}


SCENARIOS = {
    "a neutral question": (
        "What are your opening hours?",
        timedelta(minutes=5),
        [verdict(), DRAFTS["en"]],
        (Action.SEND_STANDARD_RESPONSE, Rule.STANDARD, "en"),
    ),
    "a calm refund": (
        "Could I get a refund for order 12, please?",
        timedelta(minutes=5),
        [verdict(intent="refund_request"), DRAFTS["en"]],
        (Action.PROCESS_REFUND, Rule.REFUND_REQUEST, "en"),
    ),
    "an angry one": (
        "This is unacceptable, I am furious about my parcel!",
        timedelta(minutes=5),
        [verdict(sentiment="negative"), DRAFTS["en"], DRAFTS["en"]],
        (Action.ESCALATE_TO_HUMAN, Rule.NEGATIVE_SENTIMENT, "en"),
    ),
    "five hours old": (
        "What are your opening hours?",
        timedelta(hours=5),
        [verdict(), DRAFTS["en"], DRAFTS["en"]],
        (Action.ESCALATE_TO_HUMAN, Rule.SLA_BREACHED, "en"),
    ),
    "in Spanish": (
        "¿Cuál es su horario de atención?",
        timedelta(minutes=5),
        [verdict(language="es"), DRAFTS["es"]],
        (Action.SEND_STANDARD_RESPONSE, Rule.STANDARD, "es"),
    ),
}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_vendor_serves_every_scenario(vendor, local_vendors, scenario):
    text, age, replies, expected = SCENARIOS[scenario]
    for reply in replies:
        local_vendors.reply(reply, provider=LLMOCK[vendor])
    result = graph.run(message(text, IDS[vendor], age=age))
    assert (result.action, result.rule, result.language) == expected
    assert result.degraded == ()
    rows = ModelCall.objects.order_by("created_at")
    assert [row.outcome for row in rows] == ["ok"] * len(replies)
    assert {row.served_model for row in rows} == {IDS[vendor]}
    assert all(row.cost_usd > 0 for row in rows)


FAILURES = {
    "authentication": lambda match: [Fail(401, times=None, match=match)],
    "rate_limit": lambda match: [Fail(429, retry_after=60, times=None, match=match)],
    "overloaded": lambda match: [Fail(503, times=None, match=match)],
    "model_not_found": lambda match: [Fail(404, times=None, match=match)],
    "bad_request": lambda match: [Fail(400, times=None, match=match)],
    "timeout": lambda match: [Delay(5, times=None, match=match)],
    "truncated": lambda match: [Reply(text="{", finish_reason="length", times=None, match=match)],
    "content_blocked": lambda match: [Reply(text="", finish_reason="content_filter", times=None, match=match)],
    # Twice: the answer and its repair. The draft then needs no JSON.
    "invalid_output": lambda match: [Reply(text="no", times=2, match=match), Reply(text=DRAFTS["en"], match=match)],
    "empty": lambda match: [Reply(text=" ", times=None, match=match)],
}


@pytest.fixture
def no_long_pauses(monkeypatch):
    monkeypatch.setattr("agents.providers.registry.sleep", lambda seconds: None)


@pytest.mark.parametrize("failure", FAILURES)
def test_when_the_first_vendor_fails_the_next_serves(local_vendors, settings, no_long_pauses, failure):
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": [IDS["anthropic"]], "REQUEST_TIMEOUT": 0.3}
    local_vendors.add(*FAILURES[failure](Match(provider="openai")))
    local_vendors.reply(verdict(), provider="anthropic").reply(DRAFTS["en"], provider="anthropic")
    result = graph.run(message("What are your opening hours?", IDS["openai"]))
    assert (result.action, result.reply) == (Action.SEND_STANDARD_RESPONSE, DRAFTS["en"])
    rows = list(ModelCall.objects.order_by("created_at"))
    first = next(row for row in rows if row.provider == "openai")
    served = [row for row in rows if row.outcome == "ok" and row.provider == "anthropic"]
    assert (first.outcome, first.asked_model) == (failure, IDS["openai"])
    assert {row.purpose for row in served} >= {"crm.analyst"}
    assert {(row.asked_model, row.vendor_model) for row in served} == {(IDS["openai"], "claude-opus-5-5")}
    assert all(row.cost_usd > 0 for row in served)


def test_when_every_vendor_fails_the_rules_serve(local_vendors, settings, no_long_pauses):
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": [IDS["anthropic"]]}
    local_vendors.outage()
    result = graph.run(message("What are your opening hours?", IDS["openai"]))
    assert "analyst" in result.degraded
    assert result.reply
    last = ModelCall.objects.filter(outcome="ok").latest("created_at")
    assert (last.provider, last.cost_usd) == ("offline", 0)
