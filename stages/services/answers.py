"""How a turn is answered: the same body for the response, the history and a repeated delivery."""

from __future__ import annotations

from typing import Any

from agents.interview.turn import Spent, TurnResult
from stages.models import Stage, StageStatus


def current_state(stage: Stage) -> dict[str, Any]:
    """The conversation's state as clients see it; only `revision` is ever read back."""
    state = stage.state or {}
    return {
        "revision": stage.revision,
        "phase": state.get("phase", ""),
        "current_question": state.get("current_question"),
        "answers": state.get("answers", {}),
    }


def answer_of(stage: Stage, result: TurnResult) -> dict[str, Any]:
    """The answer to a chat message, after the stage was brought up to date with its result."""
    complete = stage.status == StageStatus.COMPLETED
    verdict = result.verdict.as_json(stage.account.language) if result.verdict else None
    return {
        "agent_message": result.message,
        "updated_state": current_state(stage),
        "progress": stage.progress,
        "is_complete": complete,
        "output": result.deliverable if complete else None,
        "metadata": _metadata(result.spent) | {"validation": verdict},
    }


def _metadata(spent: Spent) -> dict[str, Any]:
    return {
        "model_used": spent.model_id,
        "provider": spent.provider,
        "usage": {
            "prompt_tokens": spent.usage.prompt_tokens,
            "completion_tokens": spent.usage.completion_tokens,
            "total_tokens": spent.usage.total_tokens,
        },
        "cost_usd": None if spent.cost_usd is None else str(spent.cost_usd),
        "tools_used": [
            {
                "name": run.name,
                "arguments": dict(run.arguments),
                "outcome": run.outcome,
                "result_size": run.result_size,
                "duration_ms": run.duration_ms,
            }
            for run in spent.tool_runs
        ],
        "sources": [{"title": source.title, "url": source.url, "page": source.page} for source in spent.sources],
        "fallback": spent.fallback,
    }
