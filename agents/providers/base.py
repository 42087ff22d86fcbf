"""The interface every provider fulfils."""

from __future__ import annotations

from typing import ClassVar, Protocol

from agents.messages import ModelRequest, ModelResponse


class Provider(Protocol):
    """Turns one request into one response, or raises an `agents.errors.ProviderError`. Thread-safe; no retries."""

    name: ClassVar[str]

    def complete(self, request: ModelRequest, *, model: str, timeout: float) -> ModelResponse:
        """Ask `model` (the vendor's name) and wait at most `timeout` seconds."""
        ...

    def close(self) -> None:
        """Give back connections; called once at exit."""
        ...
