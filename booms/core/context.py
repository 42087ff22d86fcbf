"""The id of the request (or job) under way, for every log line of it."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
