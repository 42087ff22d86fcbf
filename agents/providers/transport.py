"""The HTTP client under the vendors' SDKs: pools for many threads, and a bound on how long an answer may trickle."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from urllib.request import getproxies

import httpx2

from agents.conf import AgentSettings

POOLS = 64


def http_client(settings: AgentSettings, *, transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """A client for one provider, to be shared by all threads. `transport` replaces the network in tests."""
    limits = httpx2.Limits(
        max_connections=settings.max_connections,
        max_keepalive_connections=settings.max_connections,
        keepalive_expiry=settings.keepalive,
    )
    if transport is None and not getproxies():
        transport = PooledTransport(limits)
    return httpx2.Client(
        limits=limits,
        timeout=settings.request_timeout,
        event_hooks={"request": [_start], "response": [_bound]},
        transport=transport,
    )


class PooledTransport(httpx2.BaseTransport):
    """Many small pools, each for a few threads.

    A pool looks at every connection it has whenever a request comes or goes. With 200 threads on one pool that is
    half the time a call takes; here it is a few connections a pool.
    """

    def __init__(self, limits: httpx2.Limits) -> None:
        context = httpx2.create_ssl_context()
        self._pools = [httpx2.HTTPTransport(verify=context, limits=limits) for _ in range(POOLS)]
        self._next = itertools.cycle(self._pools)
        self._own = threading.local()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        pool = getattr(self._own, "pool", None)
        if pool is None:
            pool = self._own.pool = next(self._next)
        return pool.handle_request(request)

    def close(self) -> None:
        for pool in self._pools:
            pool.close()


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
