"""The HTTP client under the vendors' SDKs: one pool a provider, and a bound on how long an answer may trickle."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2

from agents.conf import AgentSettings


def http_client(settings: AgentSettings, *, transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """A client for one provider, to be shared by all threads. `transport` replaces the network in tests."""
    return httpx2.Client(
        limits=httpx2.Limits(
            max_connections=settings.max_connections,
            max_keepalive_connections=settings.max_connections,
            keepalive_expiry=settings.keepalive,
        ),
        timeout=settings.request_timeout,
        event_hooks={"request": [_start], "response": [_bound]},
        transport=transport,
    )


def timeouts(seconds: float, settings: AgentSettings) -> httpx2.Timeout:
    """At most `seconds` for each phase, and less for reaching the server at all."""
    return httpx2.Timeout(seconds, connect=min(seconds, settings.connect_timeout))


def _start(request: httpx2.Request) -> None:
    request.extensions["started"] = time.monotonic()


def _bound(response: httpx2.Response) -> None:
    # A read timeout starts anew with every byte; the deadline of a turn does not.
    seconds = response.request.extensions["timeout"]["read"]
    if seconds is not None:
        response.stream = _Bounded(response.stream, until=response.request.extensions["started"] + seconds)


class _Bounded(httpx2.SyncByteStream):
    """A body that may not arrive later than `until`."""

    def __init__(self, stream: httpx2.SyncByteStream, *, until: float) -> None:
        self._stream = stream
        self._until = until

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            if time.monotonic() > self._until:
                raise httpx2.ReadTimeout("The answer took too long to arrive.")
            yield chunk

    def close(self) -> None:
        self._stream.close()
