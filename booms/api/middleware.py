"""What wraps every request: its id, its line in the log, and a limit on its body."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from booms.api.exceptions import is_api, json_error, unexpected
from booms.api.limits import body_limit
from booms.core.context import request_id

logger = logging.getLogger("booms.requests")

SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestLogMiddleware:
    """Gives the request an id that every log line of it bears, and writes `POST /path → 200  (12.3 ms)`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        current = given if SANE.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(current)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = current
            if request.method == "HEAD" and not response.streaming:
                response.content = b""
            logger.info(
                "%s %s → %s  (%.1f ms)",
                request.method,
                request.path,
                response.status_code,
                (time.perf_counter() - started) * 1000,
            )
            return response
        finally:
            request_id.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The trace of an unexpected fault, with the request's id; API clients get JSON, also under DEBUG."""
        if isinstance(exception, Http404 | PermissionDenied | SuspiciousOperation):
            return None
        logger.error("Unexpected error", exc_info=exception, extra={"path": request.path})
        return unexpected(exception) if is_api(request) else None


class BodyLimitMiddleware:
    """Refuses a body over the limit by its announced length, before it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.headers.get("Content-Length") or "0"
        limit = body_limit(request.path)
        if length.isdigit() and int(length) > limit:
            sentence = f"The body is larger than {limit} bytes."
            if is_api(request):
                return json_error(413, sentence, "too_large")
            return HttpResponse(sentence, status=413, content_type="text/plain")
        return self.get_response(request)
