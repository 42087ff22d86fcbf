"""The one way to ask a model: retries, one repair, fallbacks, one deadline, and a ledger row a request."""

from __future__ import annotations

import atexit
import logging
import random
import time
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from time import sleep

from agents.conf import OFFLINE, VENDORS, Model, settings
from agents.errors import DeadlineExceeded, InvalidOutput, NoModelAvailable, ProviderError, RateLimited, UnknownModel
from agents.messages import (
    CallContext,
    Completion,
    Deadline,
    Message,
    ModelRequest,
    ModelResponse,
    Role,
    Usage,
)
from agents.prompting import delimit, load
from agents.providers.pricing import cost
from agents.providers.selection import Providers
from agents.services import model_call_record
from booms.core.database import release_connection

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.4  # seconds before the second attempt; doubles from there, less up to half by jitter

providers = Providers()
atexit.register(providers.close)
serving_model = providers.serving_model
choices = providers.choices
override = providers.override


def complete(
    request: ModelRequest,
    *,
    model_id: str = "",
    deadline: Deadline,
    context: CallContext,
    allow_offline: bool = True,
    allow_fallback: bool = True,
) -> Completion:
    """Ask the serving model for `model_id`, then its fallbacks, until one answers.

    An empty `model_id` means the configured default. `allow_offline` lets the rules answer when every model failed;
    they answer anyway when no vendor has a key or `AI_FALLBACK_MODELS` names them. Without `allow_fallback` only the
    serving model is asked.
    Raises `NoModelAvailable`, from the last failure, when nobody answered.
    """
    asked = model_id or settings().default_model
    turn = Turn(request=request, asked=asked, deadline=deadline, context=context)
    chain = providers.chain(asked, allow_offline=allow_offline) if allow_fallback else [serving_model(asked)]
    return turn.run(chain)


@dataclass(kw_only=True, slots=True)
class Turn:
    """One question on its way through attempts and models; adds up what it takes."""

    request: ModelRequest
    asked: str
    deadline: Deadline
    context: CallContext
    usage: Usage = field(default_factory=Usage)
    cost_usd: Decimal | None = Decimal(0)
    started: float = field(default_factory=time.monotonic)

    def run(self, chain: list[Model]) -> Completion:
        release_connection()
        failure: ProviderError | None = None
        for position, model in enumerate(chain):
            try:
                response = self._ask(model, self._share(chain[position:]))
            except ProviderError as error:
                failure = error
                logger.warning("Model failed", extra=self._fields(model, error))
            else:
                return self._completion(model, response)
        raise NoModelAvailable(usage=self.usage) from failure

    def _share(self, left: list[Model]) -> Deadline:
        """An equal part of the time left for every model still to try: one that hangs leaves some to the next."""
        waiting = sum(model.provider != OFFLINE for model in left) or 1
        return self.deadline.sooner(self.deadline.remaining / waiting)

    def _ask(self, model: Model, deadline: Deadline) -> ModelResponse:
        try:
            return self._attempts(self.request, model, deadline)
        except InvalidOutput as error:
            return self._attempts(_repair(self.request, error), model, deadline)

    def _attempts(self, request: ModelRequest, model: Model, deadline: Deadline) -> ModelResponse:
        for attempt in count(1):
            try:
                return self._call(request, model, deadline, attempt)
            except ProviderError as error:
                pause = _pause(error, attempt)
                if not error.transient or attempt >= settings().attempts or pause >= deadline.remaining:
                    raise
                logger.info("Model will be asked again", extra=self._fields(model, error))
                sleep(pause)
        raise AssertionError("unreachable")

    def _call(self, request: ModelRequest, model: Model, deadline: Deadline, attempt: int) -> ModelResponse:
        """One request, and its row in the ledger whether it went well or not."""
        timeout = min(deadline.remaining, settings().request_timeout)
        if timeout <= 0 and model.provider != OFFLINE:
            raise DeadlineExceeded
        provider = providers.provider(model.provider)
        started = time.monotonic()
        try:
            response = provider.complete(request, model=model.name, timeout=timeout)
        except ProviderError as error:
            self._record(model, attempt, started, usage=error.usage, vendor_model=model.name, outcome=error.code)
            raise
        except Exception as error:
            # A fault of an SDK or of ours is no reason to leave the customer without the next model.
            logger.exception("A provider failed in an unexpected way", extra={"model_id": model.id})
            failure = ProviderError(type(error).__name__)
            self._record(model, attempt, started, usage=Usage(), vendor_model=model.name, outcome=failure.code)
            raise failure from error
        self._record(model, attempt, started, usage=response.usage, vendor_model=response.model, outcome="ok")
        return response

    def _record(
        self, model: Model, attempt: int, started: float, *, usage: Usage, vendor_model: str, outcome: str
    ) -> None:
        # A request that failed without a word of usage has no known cost; the rules are free.
        known = usage.total_tokens > 0 or model.provider == OFFLINE
        spent = cost(usage, vendor_model, model.name) if known else None
        self.usage += usage
        if known:
            self.cost_usd = None if spent is None or self.cost_usd is None else self.cost_usd + spent
        model_call_record(
            request=self.request,
            context=self.context,
            asked_model=self.asked,
            served_model=model.id,
            provider=model.provider,
            vendor_model=vendor_model,
            attempt=attempt,
            usage=usage,
            cost_usd=spent,
            duration_ms=_milliseconds(started),
            outcome=outcome,
        )

    def _completion(self, model: Model, response: ModelResponse) -> Completion:
        return Completion(
            response=response,
            model_id=model.id,
            fallback=model.id != self.asked,
            cost_usd=self.cost_usd,
            duration_ms=_milliseconds(self.started),
            usage=self.usage,
        )

    def _fields(self, model: Model, error: ProviderError) -> dict[str, str]:
        return {"purpose": self.request.purpose, "model_id": model.id, "outcome": error.code}


def _pause(error: ProviderError, attempt: int) -> float:
    """What the provider asks for, else exponential; with jitter, so that many threads do not come back at once."""
    jitter = random.uniform(0.5, 1)  # noqa: S311 no secret
    asked = error.retry_after if isinstance(error, RateLimited) else None
    return FIRST_PAUSE * 2 ** (attempt - 1) * jitter if asked is None else asked + FIRST_PAUSE * jitter


def _repair(request: ModelRequest, error: InvalidOutput) -> ModelRequest:
    """The same question again, with the unfit answer and its faults."""
    answer = Message(role=Role.ASSISTANT, content=error.text)
    repair = Message(role=Role.USER, content=load("json_repair", faults=delimit("faults", error.faults)).text)
    return replace(request, messages=(*request.messages, answer, repair))


def _milliseconds(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def check_model_id(model_id: str) -> None:
    """Raise `UnknownModel`, naming the choices, for an id that is not configured."""
    if model_id not in settings().models:
        raise UnknownModel(f"Unknown model {model_id!r}. Choose one of: {', '.join(settings().models)}.")


def warm_up() -> None:
    """Import the SDKs of vendors that have a key and open their clients, so that no customer waits for it."""
    for name in (*VENDORS, OFFLINE):
        if providers.has_key(name):
            providers.provider(name)
