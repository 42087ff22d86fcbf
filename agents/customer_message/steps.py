"""The record of a step: when it began, how long it took, who served it and how it ended."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from agents.customer_message.state import Step
from agents.messages import Completion


class Stopwatch:
    """Started when a step begins; makes its record when it ends."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._at = datetime.now(UTC)
        self._start = time.perf_counter()

    def step(self, outcome: str = "ok", completion: Completion | None = None, **detail: object) -> Step:
        served = {}
        if completion is not None:
            served = {
                "provider": completion.response.provider,
                "model": completion.response.model,
                "total_tokens": completion.usage.total_tokens,
                "cost_usd": None if completion.cost_usd is None else str(completion.cost_usd),
            }
        duration = round((time.perf_counter() - self._start) * 1000)
        return Step(name=self.name, started_at=self._at, duration_ms=duration, outcome=outcome, detail=detail, **served)
