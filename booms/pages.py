"""What answers outside the apps: the root, faults, the OpenAPI document and Swagger UI."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View, defaults
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from booms import __version__
from booms.api.exceptions import is_api, json_error


class RootView(View):
    """Who we are: JSON to API clients, a small landing page to browsers."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.accepts("text/html") and "text/html" in request.headers.get("Accept", ""):
            return render(request, "landing.html", {"version": __version__})
        response = JsonResponse({"app": settings.APP_NAME, "version": __version__, "docs": "/docs"})
        response["Vary"] = "Accept"
        return response


class OpenApiView(SpectacularAPIView):
    """The OpenAPI document, as JSON only."""

    renderer_classes = [OpenApiJsonRenderer]


@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI with assets of our own. Its script writes style attributes: the one exception to the policy."""

    url_name = "openapi"
    url_self = "/docs?script="


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return json_error(400, "The request cannot be read.", "bad_request")
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return json_error(403, "You may not do this.", "permission_denied")
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return unrouted(request)
    return defaults.page_not_found(request, exception)


@csrf_exempt
def unrouted(request: HttpRequest) -> HttpResponse:
    """JSON for every address under `/api/` that nothing else answers, also under DEBUG."""
    return json_error(404, "There is nothing at this address.", "not_found")


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
