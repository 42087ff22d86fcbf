"""Typed settings of the agents app, read once from `django.conf.settings.AGENTS`."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

OFFLINE = "offline"
VENDORS = ("openai", "anthropic", "google")
# What a vendor's models have in common, where the shipped list or MODEL_IDS says nothing else.
COMMON = {"anthropic": {"temperature": False}}
CATALOGUE = Path(__file__).parent / "providers" / "models.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Capabilities:
    """What a model takes. What it does not take is left out of the request, never tried.

    `structured_output`: `schema` (the vendor enforces ours), `json` (any JSON), `prompt` (only asked for in words).
    `schema_with_tools`: both may stand in one request. `effort` is the least reasoning the model can be told to do, in
    its vendor's words; empty: it cannot be told. `reasoning_tokens` is room to think on top of the answer's own limit.
    """

    temperature: bool = True
    structured_output: Literal["schema", "json", "prompt"] = "schema"
    tools: bool = True
    schema_with_tools: bool = True
    effort: str = ""
    reasoning_tokens: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """A model that can be chosen: our id, and what its provider calls it."""

    id: str
    provider: str
    name: str
    capabilities: Capabilities = field(default_factory=Capabilities)
    retires_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """How to reach a vendor; an empty `base_url` is the vendor's own."""

    api_key: str = field(default="", repr=False)
    base_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentSettings:
    """Everything the agents app may be told from outside. Times are in seconds."""

    openai: Access
    anthropic: Access
    google: Access
    perplexity: Access
    models: Mapping[str, Model]
    default_model: str = "openai-gpt4o"
    crm_model: str = "google-gemini-2.5-flash-lite"
    fallback_models: tuple[str, ...] = ()
    embedding_model: str = "offline"
    speculative_draft: bool = True
    attempts: int = 3
    connect_timeout: float = 5.0
    request_timeout: float = 60.0
    max_connections: int = 1024
    keepalive: float = 120.0
    tool_steps: int = 6

    def access(self, vendor: str) -> Access:
        return getattr(self, vendor)

    def capabilities(self, provider: str) -> Mapping[str, Capabilities]:
        """What each of a provider's models takes, by the provider's name of the model."""
        return {model.name: model.capabilities for model in self.models.values() if model.provider == provider}


# Setting name in AGENTS → field here; vendors' keys and MODEL_IDS are read apart.
NAMES = {
    "DEFAULT_AI_MODEL": "default_model",
    "CRM_AI_MODEL": "crm_model",
    "EMBEDDING_MODEL": "embedding_model",
    "CRM_SPECULATIVE_DRAFT": "speculative_draft",
    "ATTEMPTS": "attempts",
    "CONNECT_TIMEOUT": "connect_timeout",
    "REQUEST_TIMEOUT": "request_timeout",
    "MAX_CONNECTIONS": "max_connections",
    "KEEPALIVE": "keepalive",
    "TOOL_STEPS": "tool_steps",
}


# `lru_cache` lets threads that come at once build one each; providers belong to the one object all of them see.
_building = threading.Lock()


def settings() -> AgentSettings:
    """The settings, built at first use and again when a test changes them."""
    with _building:
        return _settings()


@lru_cache(maxsize=1)
def _settings() -> AgentSettings:
    return from_mapping(getattr(django_settings, "AGENTS", {}))


def from_mapping(given: Mapping[str, Any]) -> AgentSettings:
    """Build settings from the upper-case names of the environment. Absent or empty values keep their defaults."""
    chosen = {NAMES[key]: value for key, value in given.items() if key in NAMES and value not in (None, "")}
    chosen["fallback_models"] = tuple(given.get("AI_FALLBACK_MODELS") or ())
    for vendor in (*VENDORS, "perplexity"):
        chosen[vendor] = Access(
            api_key=given.get(f"{vendor.upper()}_API_KEY") or "",
            base_url=given.get(f"{vendor.upper()}_BASE_URL") or "",
        )
    return AgentSettings(models=catalogue(given.get("MODEL_IDS") or {}), **chosen)


def catalogue(overrides: Mapping[str, str | Mapping[str, Any]]) -> Mapping[str, Model]:
    """The shipped models with `overrides` on top: a vendor's name for an id, or any values of a known or new model."""
    entries: dict[str, dict[str, Any]] = json.loads(CATALOGUE.read_text(encoding="utf-8"))["models"]
    for model_id, override in overrides.items():
        entry = {"model": override} if isinstance(override, str) else dict(override)
        known = entries.get(model_id, {})
        # Another model does not retire when the one it replaces does.
        entries[model_id] = known | ({"retires_on": None} if "model" in entry else {}) | entry
    return {model_id: _model(model_id, entry) for model_id, entry in entries.items()}


def _model(model_id: str, entry: Mapping[str, Any]) -> Model:
    known = {item.name for item in fields(Capabilities)}
    capabilities = entry.get("capabilities", {})
    if unknown := set(capabilities) - known:
        raise ImproperlyConfigured(f"Model {model_id}: unknown capabilities {', '.join(sorted(unknown))}.")
    if entry.get("provider") not in (*VENDORS, OFFLINE) or not entry.get("model"):
        raise ImproperlyConfigured(f"Model {model_id} needs a provider ({', '.join(VENDORS)}) and a model name.")
    retires_on = entry.get("retires_on")
    return Model(
        id=model_id,
        provider=entry["provider"],
        name=entry["model"],
        capabilities=Capabilities(**(COMMON.get(entry["provider"], {}) | capabilities)),
        retires_on=date.fromisoformat(retires_on) if retires_on else None,
    )


def _forget(*, setting: str, **_: object) -> None:
    if setting == "AGENTS":
        _settings.cache_clear()


setting_changed.connect(_forget, dispatch_uid="agents.conf")
