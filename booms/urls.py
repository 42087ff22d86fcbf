"""Every address of the product."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.api.account_views import AiModelsView
from booms.health import HealthView, ReadyView
from booms.pages import DocsView, OpenApiView, RootView, unrouted

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("health", HealthView.as_view(), name="health"),
    path("health/ready", ReadyView.as_view(), name="ready"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}img/logo.svg")),
    path("docs", DocsView.as_view(), name="docs"),
    path("openapi.json", OpenApiView.as_view(), name="openapi"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/auth/", include("accounts.api.auth_urls")),
    path("api/", include("accounts.api.account_urls")),
    path("api/", include("stages.api.account_urls")),
    path("api/ai-models", AiModelsView.as_view()),
    path("api/stages/", include("stages.api.urls")),
    path("api/exports/", include("exports.api.urls")),
    path("api/agents/", include("stages.api.agent_urls")),
    path("api/v1/auth/", include("accounts.api.supervisor_urls")),
    path("api/v1/webhook/", include("crm.api.webhook_urls")),
    path("api/v1/supervisor/", include("crm.api.supervisor_urls")),
    re_path(r"^api(?:/.*)?$", unrouted),
    path("admin/exports/", include("exports.console.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "booms.pages.bad_request"
handler403 = "booms.pages.forbidden"
handler404 = "booms.pages.not_found"
