"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path, re_path

from booms.health import HealthView, ReadyView
from booms.pages import DocsView, OpenApiView, RootView, unrouted

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("health", HealthView.as_view(), name="health"),
    path("health/ready", ReadyView.as_view(), name="ready"),
    path("docs", DocsView.as_view(), name="docs"),
    path("openapi.json", OpenApiView.as_view(), name="openapi"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/auth/", include("accounts.api.supervisor_urls")),
    path("api/v1/webhook/", include("crm.api.webhook_urls")),
    path("api/v1/supervisor/", include("crm.api.supervisor_urls")),
    re_path(r"^api(?:/.*)?$", unrouted),
    path("admin/", admin.site.urls),
]

handler400 = "booms.pages.bad_request"
handler403 = "booms.pages.forbidden"
handler404 = "booms.pages.not_found"
