"""The provider that works by rules: no model, no key, no network; it names itself `offline` and its model `rules`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from pydantic import BaseModel

from agents.errors import UnsupportedPurpose
from agents.messages import ModelRequest, ModelResponse
from agents.offline.analyst import analyse
from agents.offline.briefing import brief
from agents.offline.drafter import draft

MODEL = "rules"

Handler = Callable[[Mapping[str, Any]], str | BaseModel]


def _analyst(inputs: Mapping[str, Any]) -> BaseModel:
    return analyse(inputs["text"])


def _drafter(inputs: Mapping[str, Any]) -> str:
    return draft(
        language=inputs["language"],
        intent=inputs["intent"],
        sentiment=inputs["sentiment"],
        action=inputs["action"],
        text=inputs["text"],
        history=inputs.get("history") or (),
        brief=inputs.get("brief"),
    )


def _briefing(inputs: Mapping[str, Any]) -> str:
    return brief(
        text=inputs["text"],
        client_id=inputs["client_id"],
        sentiment=inputs["sentiment"],
        intent=inputs["intent"],
        rule=inputs["rule"],
        sla_breached=inputs["sla_breached"],
        supervisor_language=inputs["supervisor_language"],
    )


CRM_HANDLERS: Mapping[str, Handler] = {
    "crm.analyst": _analyst,
    "crm.drafter": _drafter,
    "crm.briefing": _briefing,
}


class OfflineProvider:
    """Answers the purposes it has a handler for; `handlers` are added to the CRM's own."""

    name: ClassVar[str] = "offline"

    def __init__(self, handlers: Mapping[str, Handler] | None = None) -> None:
        self._handlers = {**CRM_HANDLERS, **(handlers or {})}

    def complete(self, request: ModelRequest, *, model: str = MODEL, timeout: float = 0) -> ModelResponse:
        """Answer by rules at once; raise `UnsupportedPurpose` for what no rule was written for."""
        handler = self._handlers.get(request.purpose)
        if handler is None:
            raise UnsupportedPurpose(f"no rules for {request.purpose!r}")
        answer = handler(request.inputs)
        if isinstance(answer, BaseModel):
            return ModelResponse(text=answer.model_dump_json(), parsed=answer, provider=self.name, model=MODEL)
        return ModelResponse(text=answer, provider=self.name, model=MODEL)

    def close(self) -> None:
        """Nothing is open."""
