"""Start-up checks: a model that cannot serve is said before a customer finds out, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.checks import CheckMessage, Error, Info, register
from django.core.checks import Warning as Caution

from agents.conf import OFFLINE, VENDORS, AgentSettings, settings
from agents.knowledge.embeddings import MODELS

NOTICE = timedelta(days=60)
KEYS = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "google": "GOOGLE_AI_API_KEY"}


@register
def models_can_serve(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """The models that are asked for exist, have a key, and are not retired."""
    return list(model_messages(settings(), today=date.today()))


def model_messages(chosen: AgentSettings, *, today: date) -> Iterator[CheckMessage]:
    asked = _asked(chosen)
    for variable, model_id in asked:
        if model_id not in chosen.models:
            yield _unknown(variable, model_id, chosen)
    if not any(chosen.access(vendor).api_key for vendor in VENDORS):
        yield Info(
            "No model provider has a key: everything is answered by rules.",
            hint=f"Set {', '.join(KEYS.values())} or any one of them.",
            id="agents.I001",
        )
    else:
        yield from _keys(asked, chosen)
        yield from _retirements(asked, chosen, today)
    yield from _lonely_addresses(chosen)
    yield from _embeddings(chosen)
    if OFFLINE in chosen.fallback_models[:-1]:
        yield Caution(
            "AI_FALLBACK_MODELS names models after offline, which never serve.",
            hint="Put offline last.",
            id="agents.W005",
        )


def _asked(chosen: AgentSettings) -> Sequence[tuple[str, str]]:
    return (
        ("DEFAULT_AI_MODEL", chosen.default_model),
        ("CRM_AI_MODEL", chosen.crm_model),
        *(("AI_FALLBACK_MODELS", model_id) for model_id in chosen.fallback_models),
    )


def _unknown(variable: str, model_id: str, chosen: AgentSettings) -> CheckMessage:
    return Error(
        f"{variable} names {model_id!r}, which is no model.",
        hint=f"Choose one of {', '.join(chosen.models)}.",
        id="agents.E001",
    )


def _keys(asked: Sequence[tuple[str, str]], chosen: AgentSettings) -> Iterator[CheckMessage]:
    for variable, model_id in asked:
        model = chosen.models.get(model_id)
        if model and model.provider != OFFLINE and not chosen.access(model.provider).api_key:
            yield Caution(
                f"{variable} names {model_id}, but {KEYS[model.provider]} is not set: another model serves.",
                hint=f"Set {KEYS[model.provider]}, or choose a model whose provider has a key.",
                id="agents.W001",
            )


def _retirements(asked: Sequence[tuple[str, str]], chosen: AgentSettings, today: date) -> Iterator[CheckMessage]:
    for variable, model_id in asked:
        model = chosen.models.get(model_id)
        if model is None or model.retires_on is None:
            continue
        access = chosen.access(model.provider)
        # A server of the operator's own keeps what model it likes under that name.
        if not access.api_key or access.base_url:
            continue
        hint = f"Choose another for {variable}, or give {model_id} another name in MODEL_IDS."
        if model.retires_on <= today:
            told = f"{model_id} ({model.name}) was retired by its provider on {model.retires_on}."
            yield Caution(told, hint=hint, id="agents.W002")
        elif model.retires_on <= today + NOTICE:
            told = f"{model_id} ({model.name}) will be retired by its provider on {model.retires_on}."
            yield Caution(told, hint=hint, id="agents.W003")


def _lonely_addresses(chosen: AgentSettings) -> Iterator[CheckMessage]:
    for vendor in VENDORS:
        access = chosen.access(vendor)
        if access.base_url and not access.api_key:
            yield Caution(
                f"{vendor.upper()}_BASE_URL is set, but {KEYS[vendor]} is not: the server there is not used.",
                hint=f"Set {KEYS[vendor]}; a server that needs no key takes any.",
                id="agents.W004",
            )


def _embeddings(chosen: AgentSettings) -> Iterator[CheckMessage]:
    key = MODELS.get(chosen.embedding_model)
    if key is None:
        yield Error(
            f"EMBEDDING_MODEL names {chosen.embedding_model!r}, which is no embedding model.",
            hint=f"Choose one of {', '.join(MODELS)}.",
            id="agents.E002",
        )
    elif key.provider != OFFLINE and not chosen.access(key.provider).api_key:
        yield Caution(
            f"EMBEDDING_MODEL names {chosen.embedding_model}, but {KEYS[key.provider]} is not set:"
            " no document can be taken in with it.",
            hint=f"Set {KEYS[key.provider]}, or choose offline.",
            id="agents.W006",
        )
