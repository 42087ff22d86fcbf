"""The admin, in our theme: sections by what people do, and the pending queue before all."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

SECTIONS = {
    "supervision": _("Supervision"),
    "onboarding": _("Onboarding"),
    "system": _("System"),
}
# Where a model stands in the navigation, in this order; what is not named stands last, in the system's section.
PLACES = {
    "Queue": "supervision",
    "Run": "supervision",
    "Conversation": "supervision",
    "InboundMessage": "supervision",
    "Reply": "supervision",
    "Delivery": "supervision",
    "Account": "onboarding",
    "Stage": "onboarding",
    "Document": "onboarding",
    "DocumentUpload": "onboarding",
    "User": "system",
    "Group": "system",
    "Channel": "system",
    "WebhookKey": "system",
    "WebhookEvent": "system",
    "ModelCall": "system",
    "FailedJob": "system",
}
NAMES = {"Run": _("All cases"), "ProcrastinateJob": _("Background jobs")}


class BoomsAdminSite(AdminSite):
    """Django's admin site under our name; its pages are the templates in `templates/admin`."""

    site_title = "BOOMS"
    site_header = "BOOMS"
    index_title = _("Administration")
    # The sidebar is `admin/_sidebar.html`, beside the page and without a script.
    enable_nav_sidebar = False

    @property
    def login_form(self) -> type[Form]:
        """Ours counts failures; asked for late, because models are not there yet when the site is made."""
        from accounts.forms import SignInForm

        return SignInForm

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [path("queue/", include("crm.console.urls")), *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The sections as cards, under the queue's figures for those who work on it."""
        from crm.selectors import queue_figures

        figures = queue_figures(timezone.now()) if request.user.has_perm("crm.decide_run") else None
        return super().index(request, {**(extra_context or {}), "figures": figures})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Models by section instead of by app; the page of one app stays as Django makes it."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        entries = [{**entry, "count": None} for app in apps for entry in app["models"]]
        if request.user.has_perm("crm.decide_run"):
            entries.append(_queue_entry())
        order = {name: number for number, name in enumerate(PLACES)}
        entries.sort(key=lambda entry: order.get(entry["object_name"], len(order)))
        return [section for slug in SECTIONS if (section := _section(slug, entries))["models"]]


def _section(slug: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    models = [
        {**entry, "name": NAMES.get(entry["object_name"], entry["name"])}
        for entry in entries
        if PLACES.get(entry["object_name"], "system") == slug
    ]
    return {"name": SECTIONS[slug], "app_label": slug, "models": models}


def _queue_entry() -> dict[str, Any]:
    """The pending queue, as Django describes a model; its count is asked for only where it is shown."""
    from crm.selectors import pending_runs

    return {
        "name": _("Pending queue"),
        "object_name": "Queue",
        "admin_url": reverse("admin:crm_queue"),
        "count": SimpleLazyObject(lambda: pending_runs().count()),
        "perms": {},
        "add_url": None,
        "view_only": True,
    }
