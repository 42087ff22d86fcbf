from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from agents.conf import Capabilities, from_mapping, settings


def test_what_is_not_given_keeps_its_default():
    chosen = from_mapping({})
    assert (chosen.default_model, chosen.crm_model) == ("openai-gpt4o", "google-gemini-2.5-flash-lite")
    assert chosen.fallback_models == ()
    assert chosen.speculative_draft is True


def test_what_is_given_is_read():
    chosen = from_mapping(
        {
            "OPENAI_API_KEY": "k",
            "OPENAI_BASE_URL": "http://127.0.0.1:1/v1",
            "CRM_SPECULATIVE_DRAFT": False,
            "AI_FALLBACK_MODELS": ["offline"],
        }
    )
    assert (chosen.openai.api_key, chosen.openai.base_url) == ("k", "http://127.0.0.1:1/v1")
    assert chosen.speculative_draft is False
    assert chosen.fallback_models == ("offline",)


def test_a_key_is_not_shown_by_accident():
    assert "very-secret" not in repr(from_mapping({"OPENAI_API_KEY": "very-secret"}))


@pytest.mark.parametrize(
    "model_id",
    ["openai-gpt4o", "anthropic-claude-opus-4", "google-gemini-2.5-pro", "google-gemini-2.5-flash-lite", "offline"],
)
def test_the_originals_ids_stay_valid(model_id):
    assert model_id in from_mapping({}).models


def test_the_shipped_models_have_names_their_vendors_sdks_know():
    from typing import get_args

    from anthropic.types.model import Model as AnthropicModel
    from openai.types.shared.chat_model import ChatModel

    known = {"openai": set(get_args(ChatModel)), "anthropic": set(get_args(get_args(AnthropicModel)[0]))}
    for model in from_mapping({}).models.values():
        assert model.name in known.get(model.provider, {model.name})


@pytest.mark.parametrize("entry", ["llama3.3", {"model": "llama3.3"}])
def test_a_mapping_gives_an_id_another_model_of_the_same_provider(entry):
    model = from_mapping({"MODEL_IDS": {"openai-gpt4o": entry}}).models["openai-gpt4o"]
    assert (model.name, model.provider, model.retires_on) == ("llama3.3", "openai", None)


def test_a_mapping_changes_one_value_and_keeps_the_others():
    able = {"capabilities": {"structured_output": "json"}}
    model = from_mapping({"MODEL_IDS": {"openai-gpt4o": able}}).models["openai-gpt4o"]
    assert (model.name, model.retires_on) == ("gpt-4o", date(2027, 1, 14))
    assert model.capabilities.structured_output == "json"


def test_a_mapping_adds_a_model_with_what_it_takes():
    able = {"structured_output": "prompt", "tools": False}
    model = from_mapping({"MODEL_IDS": {"local": {"provider": "openai", "model": "q", "capabilities": able}}}).models[
        "local"
    ]
    assert model.capabilities == Capabilities(structured_output="prompt", tools=False)


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"provider": "openai"},
        {"provider": "acme", "model": "m"},
        {"provider": "openai", "model": "m", "capabilities": {"magic": True}},
    ],
)
def test_a_faulty_mapping_names_the_model(entry):
    with pytest.raises(ImproperlyConfigured, match="mine"):
        from_mapping({"MODEL_IDS": {"mine": entry}})


def test_changed_settings_are_read_again(settings):
    from agents.conf import settings as read

    settings.AGENTS = settings.AGENTS | {"CRM_AI_MODEL": "offline"}
    assert read().crm_model == "offline"


def test_settings_are_built_once():
    assert settings() is settings()
