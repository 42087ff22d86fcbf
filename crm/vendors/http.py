"""One request to a vendor, and whether it got there: the one question that decides about sending again."""

from __future__ import annotations

import atexit
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

import httpx

TIMEOUT = httpx.Timeout(connect=5, write=10, read=20, pool=5)
# However slowly an answer trickles in, and whatever it holds.
LONGEST_SECONDS, MOST_BYTES = 10.0, 64 * 1024


class NotSent(Exception):
    """The request surely did not reach the vendor; the text says why."""


class Cut(Exception):
    """The request went out and no answer came: the vendor may have acted on it."""


class Unsendable(Exception):
    """The request cannot be made at all: an address or a secret is malformed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Status, header lines in lower case, and the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The body's object; empty when it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def retry_after(self) -> float | None:
        """Seconds from now, which the header gives as such or as a date."""
        value = self.headers.get("retry-after", "").strip()
        if value.isdecimal():
            return float(value[:9])
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
        except (ValueError, OverflowError):
            return None


def post(client: httpx.Client, url: str, **request: Any) -> Answer:
    """Send a request and read a bounded answer. Raises `NotSent`, `Cut`, `Unsendable`."""
    headers = {"Accept-Encoding": "identity", **request.pop("headers", {})}
    try:
        with client.stream("POST", url, headers=headers, **request) as response:
            return Answer(status=response.status_code, headers=dict(response.headers), body=_beginning(response))
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        raise NotSent(_sentence(error)) from error
    except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError) as error:
        raise Unsendable(f"The request cannot be made: {type(error).__name__}.") from error
    except httpx.TransportError as error:
        raise Cut(_sentence(error)) from error


@lru_cache(maxsize=1)
def vendor_client() -> httpx.Client:
    """For the vendors' addresses of the settings; through the machine's proxy, if it has one."""
    return make_client(trust_env=True)


def make_client(*, trust_env: bool) -> httpx.Client:
    """A client for a whole process. No connection is used twice: one that the other side just closed would leave a
    request cut, and its fate unknown.
    """
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    client = httpx.Client(timeout=TIMEOUT, limits=limits, follow_redirects=False, trust_env=trust_env)
    atexit.register(client.close)
    return client


def _beginning(response: httpx.Response) -> bytes:
    """What arrives in time and within bounds; a body that is cut off is what came of it."""
    body, give_up = b"", time.monotonic() + LONGEST_SECONDS
    try:
        for piece in response.iter_raw(8192):
            body += piece
            if len(body) >= MOST_BYTES or time.monotonic() > give_up:
                break
    except httpx.TransportError:
        return body
    return body[:MOST_BYTES]


def _sentence(error: httpx.TransportError) -> str:
    """What happened, without the address: it may hold what is nobody's business."""
    if isinstance(error, httpx.ConnectTimeout):
        return "The connection was not made in time."
    if isinstance(error, (httpx.ConnectError, httpx.ProxyError)):
        return "The connection was refused or could not be made."
    if isinstance(error, httpx.TimeoutException):
        return "No answer came in time."
    return "The connection was cut before an answer came."
