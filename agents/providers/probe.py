"""Try a model with one small request, as an operator does before trusting it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from agents.conf import Model
from agents.errors import AgentError
from agents.messages import CallContext, Deadline, Message, ModelRequest, Role, Usage
from agents.prompting import load
from agents.providers import registry

SECONDS = 30.0


class Greeting(BaseModel):
    """A greeting in two languages."""

    language: Literal["en", "es"]
    greeting: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """What came of trying a model; `error` is empty when it answered as it should."""

    model: Model
    error: str = ""
    answered_by: str = ""
    usage: Usage = field(default_factory=Usage)
    cost_usd: Decimal | None = None
    duration_ms: int = 0


def probe_models(models: Iterable[Model], *, progress: Callable[[Probe], None]) -> list[Probe]:
    """Try the models at the same time; `progress` hears of each when it is done. In the order given."""
    models = list(models)
    # So that the times are those of the models, not of importing SDKs.
    registry.warm_up()
    with ThreadPoolExecutor(max_workers=max(1, len(models)), thread_name_prefix="probe") as pool:
        tasks = {pool.submit(probe, model): place for place, model in enumerate(models)}
        for task in as_completed(tasks):
            progress(task.result())
        return [task.result() for task in tasks]


def probe(model: Model) -> Probe:
    """One structured answer from this model and no other; counted in the ledger like any request."""
    request = ModelRequest(
        purpose="check",
        prompt=load("check_model"),
        messages=(Message(role=Role.USER, content="Greet me in Spanish."),),
        schema=Greeting,
        temperature=0,
        max_tokens=200,
    )
    try:
        completion = registry.complete(
            request,
            model_id=model.id,
            deadline=Deadline.after(SECONDS),
            context=CallContext(),
            allow_fallback=False,
        )
    except AgentError as error:
        cause = error.__cause__ if isinstance(error.__cause__, AgentError) else error
        return Probe(model=model, error=f"{cause.code}: {cause}")
    return Probe(
        model=model,
        answered_by=completion.response.model,
        usage=completion.usage,
        cost_usd=completion.cost_usd,
        duration_ms=completion.duration_ms,
    )
