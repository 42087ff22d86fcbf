"""A turn as it happens: server-sent events. The turn runs in a thread of its own and ends also when nobody listens."""

from __future__ import annotations

import contextvars
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any

from django.db import connections
from django.http import StreamingHttpResponse
from rest_framework.renderers import JSONRenderer

from booms.api.exceptions import UNEXPECTED
from booms.core.errors import DomainError
from stages import services

logger = logging.getLogger(__name__)

EVENT_STREAM = "text/event-stream"
HEARTBEAT_SECONDS = 10.0
END = None


class EventStreamRenderer(JSONRenderer):
    """Lets clients ask for events; what is refused before a turn begins is JSON all the same."""

    media_type = EVENT_STREAM
    format = "events"
    charset = "utf-8"


def event_stream(accepted: services.Accepted) -> StreamingHttpResponse:
    """`status`, `tool`, `message` and `done`, or `error`, as the turn goes on."""
    events: SimpleQueue[tuple[str, Any] | None] = SimpleQueue()
    context = contextvars.copy_context()
    _pool().submit(context.run, _run, accepted, events)
    response = StreamingHttpResponse(_written(events), content_type=f"{EVENT_STREAM}; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    return response


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=64, thread_name_prefix="turn")


def _run(accepted: services.Accepted, events: SimpleQueue) -> None:
    try:
        answer = services.turn_answer(accepted, listener=lambda kind, data: events.put((kind, data))).body
        events.put(("message", {"agent_message": answer["agent_message"]}))
        events.put(("done", answer))
    except DomainError as error:
        events.put(("error", {"detail": str(error), "code": error.code}))
    except Exception:  # the stream has begun: there is no other way left to say it
        logger.exception("Unexpected error in a turn")
        events.put(("error", {"detail": UNEXPECTED}))
    finally:
        connections.close_all()
        events.put(END)


def _written(events: SimpleQueue) -> Iterator[str]:
    while True:
        try:
            event = events.get(timeout=HEARTBEAT_SECONDS)
        except Empty:
            yield ": still here\n\n"
            continue
        if event is END:
            return
        kind, data = event
        yield f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False, default=str)}\n\n"
