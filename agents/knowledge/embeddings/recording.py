"""A vendor's embedder with a row in the ledger for every request, and a second try where one may help."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import count
from uuid import UUID

from agents.conf import settings
from agents.errors import ProviderError, RateLimited
from agents.knowledge.embeddings.base import Embedded, Purpose, Vendor
from agents.messages import CallContext, ModelRequest, Prompt, Usage
from agents.providers.pricing import cost
from agents.services import model_call_record

FIRST_PAUSE = 0.4  # seconds before the second attempt; doubles from there
PURPOSES: dict[Purpose, str] = {"passage": "embed_passages", "query": "embed_question"}


class RecordingEmbedder:
    """Passages are worth waiting for: a request that failed for a moment is made again. A question is not."""

    def __init__(self, vendor: Vendor, model_id: str) -> None:
        self.key = vendor.key
        self.batch = vendor.batch
        self._vendor = vendor
        self._model_id = model_id

    def embed(
        self, texts: Sequence[str], *, purpose: Purpose, timeout: float, account_id: UUID | None = None
    ) -> list[list[float]]:
        attempts = settings().attempts if purpose == "passage" else 1
        for attempt in count(1):
            try:
                return self._request(texts, purpose, timeout, account_id, attempt).vectors
            except ProviderError as error:
                if not error.transient or attempt >= attempts:
                    raise
                time.sleep(min(timeout, _pause(error, attempt)))
        raise AssertionError("unreachable")

    def _request(
        self, texts: Sequence[str], purpose: Purpose, timeout: float, account_id: UUID | None, attempt: int
    ) -> Embedded:
        started = time.monotonic()
        usage, outcome = Usage(), "ok"
        try:
            answer = self._vendor.request(texts, purpose=purpose, timeout=timeout)
            usage = answer.usage
            return answer
        except ProviderError as error:
            usage, outcome = error.usage, error.code
            raise
        finally:
            model_call_record(
                request=ModelRequest(purpose=PURPOSES[purpose], prompt=Prompt(name="", hash="", text=""), messages=()),
                context=CallContext(account_id=account_id),
                asked_model=self._model_id,
                served_model=self._model_id,
                provider=self.key.provider,
                vendor_model=self.key.model,
                attempt=attempt,
                usage=usage,
                cost_usd=cost(usage, self.key.model) if usage.total_tokens else None,
                duration_ms=round((time.monotonic() - started) * 1000),
                outcome=outcome,
            )


def _pause(error: ProviderError, attempt: int) -> float:
    """What the vendor asks for, else exponential; with jitter, so that many workers do not come back at once."""
    asked = error.retry_after if isinstance(error, RateLimited) else None
    return (asked or FIRST_PAUSE * 2 ** (attempt - 1)) * random.uniform(1, 1.5)  # noqa: S311 no secret
