from datetime import date

import pytest
from django.core import checks

from agents.checks import model_messages
from agents.conf import from_mapping

DAY = date(2026, 11, 22)


def found(day=DAY, **given):
    return [message.id for message in model_messages(from_mapping(given), today=day)]


def test_without_any_key_it_is_said_once_and_is_no_warning():
    assert found() == ["agents.I001"]


def test_a_model_with_a_key_that_lives_on_is_nothing_to_tell():
    assert found(ANTHROPIC_API_KEY="k", DEFAULT_AI_MODEL="anthropic-claude-opus-4", CRM_AI_MODEL="offline") == []


def test_a_model_without_a_key_says_which_to_set():
    given = {"OPENAI_API_KEY": "k", "DEFAULT_AI_MODEL": "openai-gpt-6-luna"}
    (message,) = model_messages(from_mapping(given), today=DAY)
    assert (message.id, "GOOGLE_AI_API_KEY" in message.hint) == ("agents.W001", True)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 1), []), (date(2026, 12, 1), ["agents.W003"]), (date(2027, 1, 14), ["agents.W002"])],
)
def test_a_retirement_is_announced_and_then_told(day, expected):
    assert found(day, OPENAI_API_KEY="k", CRM_AI_MODEL="openai-gpt-6-luna") == expected


def test_a_retirement_means_nothing_to_a_server_of_ones_own():
    given = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "CRM_AI_MODEL": "openai-gpt-6-luna"}
    assert found(date(2027, 1, 14), **given) == []


def test_a_model_that_does_not_exist_stops_the_start():
    given = {"OPENAI_API_KEY": "k", "DEFAULT_AI_MODEL": "gpt-17", "CRM_AI_MODEL": "openai-gpt-6-luna"}
    (message,) = model_messages(from_mapping(given), today=DAY)
    assert message.is_serious(checks.ERROR)
    assert "DEFAULT_AI_MODEL" in message.msg
    assert "openai-gpt-6-luna" in message.hint


def test_an_address_without_a_key_is_not_used_and_says_so():
    assert found(OPENAI_BASE_URL="http://127.0.0.1:11434/v1") == ["agents.I001", "agents.W004"]


def test_models_after_offline_never_serve():
    assert "agents.W005" in found(AI_FALLBACK_MODELS=["offline", "openai-gpt4o"])


def test_the_checks_run_at_start(settings):
    settings.AGENTS = settings.AGENTS | {"DEFAULT_AI_MODEL": "gpt-17"}
    assert "agents.E001" in [message.id for message in checks.run_checks()]
