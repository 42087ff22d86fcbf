"""Requests as they are kept."""

from __future__ import annotations

from rest_framework.request import Request

from booms.core.context import request_id
from crm.services.events import WebhookRequest
from crm.services.intake import IDEMPOTENCY_KEY, QUERY

KEPT_HEADERS = (IDEMPOTENCY_KEY, "Prefer", "User-Agent")


def webhook_request(request: Request, source: str) -> WebhookRequest:
    """What is kept of a request: the raw body, its query, and headers that hold no secret."""
    headers = {name: request.headers[name][:500] for name in KEPT_HEADERS if request.headers.get(name)}
    if query := request.META.get("QUERY_STRING"):
        headers[QUERY] = query[:2000]
    return WebhookRequest(
        source=source,
        body=request.body,
        content_type=request.headers.get("Content-Type", ""),
        headers=headers | {"X-Request-ID": request_id.get()},
    )
