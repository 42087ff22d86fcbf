import logging
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from agents.conf import settings as agent_settings
from agents.providers import registry
from agents.providers.fake import FakeProvider
from agents.providers.selection import Providers

ANY = FakeProvider([])


@pytest.mark.parametrize(
    ("keys", "asked", "fallbacks", "served"),
    [
        (["openai"], "openai-gpt4o", [], "openai-gpt4o"),
        (["openai", "google"], "", [], "openai-gpt4o"),
        (["google"], "openai-gpt4o", [], "google-gemini-2.5-pro"),
        (["google", "anthropic"], "openai-gpt4o", ["google-gemini-2.5-flash-lite"], "google-gemini-2.5-flash-lite"),
        (["anthropic"], "openai-gpt4o", ["google-gemini-2.5-pro"], "anthropic-claude-opus-4"),
        (["anthropic"], "openai-gpt4o", ["google-gemini-2.5-pro", "offline"], "offline"),
        ([], "openai-gpt4o", ["google-gemini-2.5-pro"], "offline"),
        (["openai"], "offline", [], "offline"),
        (["openai"], "of-another-time", [], "openai-gpt4o"),
    ],
)
def test_which_model_serves(settings, keys, asked, fallbacks, served):
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": fallbacks}
    with registry.override(**dict.fromkeys(keys, ANY)):
        assert registry.serving_model(asked).id == served


def test_that_another_model_serves_is_said_once(caplog):
    providers = Providers()
    with providers.override(google=ANY), caplog.at_level(logging.WARNING):
        for _ in range(3):
            providers.serving_model("openai-gpt4o")
    (record,) = caplog.records
    assert (record.asked, record.serves) == ("openai-gpt4o", "google-gemini-2.5-pro")


def test_the_chain_has_every_model_once(settings):
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": ["openai-gpt4o", "anthropic-claude-opus-4", "offline"]}
    with registry.override(openai=ANY, anthropic=ANY):
        chain = registry.providers.chain("openai-gpt4o", allow_offline=True)
    assert [model.id for model in chain] == ["openai-gpt4o", "anthropic-claude-opus-4", "offline"]


def test_choices_say_who_has_a_key_and_which_is_the_default():
    with registry.override(google=ANY):
        choices = {choice.id: choice for choice in registry.choices()}
    assert list(choices) == list(agent_settings().models)
    assert choices["openai-gpt4o"].is_default
    assert not choices["openai-gpt4o"].has_key
    assert choices["google-gemini-2.5-pro"].has_key
    assert choices["offline"].has_key


def test_a_provider_is_made_once_and_closed_with_the_process(local_vendors):
    providers = Providers()
    made = providers.provider("openai")
    assert providers.provider("openai") is made
    providers.close()
    assert made._client.is_closed()


def test_threads_that_come_at_once_share_one_provider(local_vendors):
    providers = Providers()
    together = threading.Barrier(8, timeout=10)

    def take(_):
        together.wait()
        return providers.provider("openai")

    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(take, range(8)))
    assert len(made) == 1
    assert not made.pop()._client.is_closed()
    providers.close()


def test_a_provider_is_made_anew_for_other_settings(local_vendors, settings):
    providers = Providers()
    made = providers.provider("openai")
    settings.AGENTS = settings.AGENTS | {"OPENAI_API_KEY": "another"}
    assert providers.provider("openai") is not made
    assert made._client.is_closed()
    providers.close()


def test_no_sdk_is_imported_before_it_is_needed():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'booms.settings.test'; django.setup();"
        "import agents.providers.registry, agents.tools.execution;"
        "print([name for name in ('openai', 'anthropic', 'google.genai') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
