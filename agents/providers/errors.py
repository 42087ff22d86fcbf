"""What the vendors' SDKs and the network raise, in our words. The one place that knows HTTP statuses."""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from agents.errors import (
    AuthenticationFailed,
    BadRequest,
    ConnectionFailed,
    ContentBlocked,
    ModelNotFound,
    Overloaded,
    ProviderError,
    ProviderTimeout,
    RateLimited,
)

LONGEST = 300  # characters of a vendor's message that are kept; it may quote the request

# What vendors write in an error's code or type when its status alone would mislead.
BY_CODE: Mapping[str, type[ProviderError]] = {
    "insufficient_quota": AuthenticationFailed,
    "billing_error": AuthenticationFailed,
    "API_KEY_INVALID": AuthenticationFailed,
    "content_filter": ContentBlocked,
    "content_policy_violation": ContentBlocked,
    "model_not_found": ModelNotFound,
    "overloaded_error": Overloaded,
}
BY_STATUS: Mapping[int, type[ProviderError]] = {
    401: AuthenticationFailed,
    402: AuthenticationFailed,
    403: AuthenticationFailed,
    404: ModelNotFound,
    408: ProviderTimeout,
    409: Overloaded,
    429: RateLimited,
    504: ProviderTimeout,
}


def status_error(
    status: int, *, message: str = "", codes: tuple[str | None, ...] = (), retry_after: float | None = None
) -> ProviderError:
    """The error for an answer with `status`; `codes` are the machine words its body gave, the most telling first."""
    kind = next((BY_CODE[code] for code in codes if code in BY_CODE), None) or BY_STATUS.get(status)
    if kind is None:
        kind = Overloaded if status >= 500 else BadRequest
    message = f"{status}: {message[:LONGEST]}" if message else str(status)
    if issubclass(kind, RateLimited):
        return kind(message, retry_after=retry_after)
    return kind(message)


def transport_error(error: Exception, *, timed_out: bool) -> ProviderError:
    """The error for a request that got no answer. The kind is enough: an SDK's text may hold the address and more."""
    return (ProviderTimeout if timed_out else ConnectionFailed)(type(error.__cause__ or error).__name__)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by `retry-after-ms` or `retry-after` (seconds or a date), if the vendor says so."""
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(0.0, float(milliseconds) / 1000)
        if not (value := headers.get("retry-after", "")):
            return None
        if value.replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
