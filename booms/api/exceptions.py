"""Every fault's answer, in one place: `{"detail", "code"}`, and the list form for what does not fit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.encoding import force_str
from psycopg_pool import PoolTimeout
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.settings import api_settings

from booms.core import errors

logger = logging.getLogger(__name__)

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout)
UNEXPECTED = "An unexpected error occurred. Please try again later."
STATUS: tuple[tuple[type[errors.DomainError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotAvailable, 400),
    (errors.Conflict, 409),
    (errors.InvalidInput, 422),
    (errors.InvalidInputs, 422),
    (errors.Forbidden, 403),
    (errors.Unauthenticated, 401),
    (errors.TooManyAttempts, 429),
    (errors.Unavailable, 503),
)


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook. What is not expected is left to Django, whose `handler500` answers and whose log has the trace."""
    if isinstance(exception, errors.DomainError):
        return _domain(exception)
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    if not isinstance(exception, exceptions.APIException):
        return None
    if isinstance(exception, exceptions.ValidationError):
        return _answer(422, faults(exception.get_full_details(), _place(context)), "validation_error")
    if isinstance(exception, exceptions.ParseError):
        fault = {"loc": ["body"], "msg": force_str(exception.detail), "type": "unreadable"}
        return _answer(422, [fault], "validation_error")
    return _api(exception)


def _place(context: dict[str, Any]) -> str:
    request = context.get("request")
    return "query" if request is not None and request.method in {"GET", "HEAD", "DELETE"} else "body"


def _domain(error: errors.DomainError) -> Response:
    code = next(number for kind, number in STATUS if isinstance(error, kind))
    if isinstance(error, errors.InvalidInput):
        return _answer(code, [{"loc": list(error.loc), "msg": str(error), "type": error.kind}], error.code)
    if isinstance(error, errors.InvalidInputs):
        return _answer(code, error.faults, error.code)
    response = _answer(code, str(error), error.code, state=error.state)
    if code == 401:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.TooManyAttempts | errors.Unavailable):
        response["Retry-After"] = str(error.retry_after)
    return response


def _api(error: exceptions.APIException) -> Response:
    detail = error.detail
    if isinstance(detail, dict):  # simplejwt's
        detail, code = detail.get("detail", error.default_detail), str(detail.get("code", error.default_code))
    else:
        code = str(error.get_codes())
    response = _answer(error.status_code, force_str(detail), code)
    if error.status_code == status.HTTP_401_UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    if getattr(error, "wait", None):
        response["Retry-After"] = str(round(error.wait))
    return response


def _answer(code: int, detail: Any, word: str, *, state: dict[str, Any] | None = None) -> Response:
    body = {"detail": detail, "code": word}
    if state:
        body["state"] = state
    return Response(body, status=code)


def faults(details: Any, *location: str) -> list[dict[str, Any]]:
    """One entry a fault: `loc` from the place inwards, the sentence, and its machine word."""
    return list(_faults(details, location))


def _faults(details: Any, location: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    if isinstance(details, dict) and not ({"message", "code"} == set(details) and isinstance(details["code"], str)):
        for key, inner in details.items():
            whole = key == api_settings.NON_FIELD_ERRORS_KEY
            yield from _faults(inner, location if whole else (*location, key))
    elif isinstance(details, dict):
        yield {"loc": list(location), "msg": force_str(details["message"]), "type": details["code"]}
    elif all(isinstance(inner, dict) and set(inner) == {"message", "code"} for inner in details):
        for inner in details:
            yield from _faults(inner, location)
    else:  # a list field: one entry an item
        for position, inner in enumerate(details):
            yield from _faults(inner, (*location, position))


def is_api(request: HttpRequest) -> bool:
    """Whether errors of this request are JSON: everything under `/api/`, health and the document."""
    return request.path == "/api" or request.path.startswith(("/api/", "/health", "/openapi.json"))


def json_error(code: int, detail: str, word: str = "") -> JsonResponse:
    body = {"detail": detail, "code": word} if word else {"detail": detail}
    return JsonResponse(body, status=code)


def unexpected(error: BaseException) -> JsonResponse:
    """The answer to a fault of ours, the real message only under DEBUG; 503 when it is the database that is away."""
    if isinstance(error, DATABASE_AWAY):
        response = json_error(503, "The service cannot answer right now; try again shortly.", "unavailable")
        response["Retry-After"] = "5"
        return response
    detail = f"{type(error).__name__}: {error}" if settings.DEBUG else UNEXPECTED
    return json_error(500, detail)
