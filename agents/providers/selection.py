"""Which model serves: the providers of this process, who has a key, and the order in which models are tried."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from agents.conf import OFFLINE, VENDORS, AgentSettings, Model, settings
from agents.providers.base import Provider

logger = logging.getLogger(__name__)

# Imported when first used: the SDKs take seconds.
CLASSES = {
    "openai": "agents.providers.openai.OpenAIProvider",
    "anthropic": "agents.providers.anthropic.AnthropicProvider",
    "google": "agents.providers.google.GoogleProvider",
    "offline": "agents.providers.offline.OfflineProvider",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelChoice:
    """A configured model as an API shows it."""

    id: str
    provider: str
    has_key: bool
    is_default: bool


class Providers:
    """The providers of this process, made when first needed."""

    def __init__(self) -> None:
        self._providers: dict[str, Provider] = {}
        self._made_for: AgentSettings | None = None
        self._installed: dict[str, Provider] | None = None
        self._lock = threading.Lock()
        self._announced: set[tuple[str, str]] = set()

    def provider(self, name: str) -> Provider:
        if self._installed and name in self._installed:
            return self._installed[name]
        chosen = settings()
        if chosen is self._made_for and name in self._providers:
            return self._providers[name]
        with self._lock:
            if chosen is not self._made_for:
                self._close_all()
                self._made_for = chosen
            if name not in self._providers:
                self._providers[name] = make_provider(name, chosen)
            return self._providers[name]

    def has_key(self, vendor: str) -> bool:
        if vendor == OFFLINE:
            return True
        if self._installed is not None:
            return vendor in self._installed
        return bool(settings().access(vendor).api_key)

    def serving_model(self, model_id: str = "") -> Model:
        """The model that answers when `model_id` (default: the configured one) is asked for."""
        asked = model_id or settings().default_model
        served = next(model for model in self._preferences(asked) if self.has_key(model.provider))
        if served.id != asked and (asked, served.id) not in self._announced:
            self._announced.add((asked, served.id))
            logger.warning("Another model serves: no key", extra={"asked": asked, "serves": served.id})
        return served

    def _preferences(self, asked: str) -> Iterator[Model]:
        """The rule: the one asked for, then the fallbacks, then any vendor's first model, then rules."""
        models = settings().models
        yield from (models[name] for name in (asked, *settings().fallback_models) if name in models)
        yield from (model for vendor in VENDORS for model in models.values() if model.provider == vendor)
        yield models[OFFLINE]

    def chain(self, model_id: str, *, allow_offline: bool) -> list[Model]:
        """The models to try in turn: the serving one, then the fallbacks that have a key, then rules if allowed."""
        models = settings().models
        following = [models[name] for name in settings().fallback_models if name in models]
        if allow_offline:
            following.append(models[OFFLINE])
        chain = [self.serving_model(model_id), *(model for model in following if self.has_key(model.provider))]
        return list(dict.fromkeys(chain))

    def choices(self) -> list[ModelChoice]:
        """The configured models, in order, for a client to choose from."""
        default = settings().default_model
        return [
            ModelChoice(
                id=model.id,
                provider=model.provider,
                has_key=self.has_key(model.provider),
                is_default=model.id == default,
            )
            for model in settings().models.values()
        ]

    def close(self) -> None:
        with self._lock:
            self._close_all()

    def _close_all(self) -> None:
        providers, self._providers = self._providers, {}
        for provider in providers.values():
            provider.close()

    @contextmanager
    def override(self, **providers: Provider) -> Iterator[None]:
        """For tests: these providers and no others have keys; the rest is offline."""
        before, self._installed = self._installed, providers
        try:
            yield
        finally:
            self._installed = before


def make_provider(name: str, chosen: AgentSettings, **options: Any) -> Provider:
    """A new provider; its SDK is imported now."""
    module, _, attribute = CLASSES[name].rpartition(".")
    provider = getattr(import_module(module), attribute)
    return provider() if name == OFFLINE else provider(chosen, **options)
