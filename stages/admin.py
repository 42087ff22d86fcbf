"""Stages in the admin, to read; and the accounts' pages with their onboarding."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.db.models import F, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin import AccountAdmin
from accounts.models import Account
from booms.core.read_only_admin import ReadOnlyAdmin
from stages.console.presentation import Bar, stage_title
from stages.console.reading import brief_stages
from stages.console.views import OnboardingPage, StagePage, VersionPage, may_view
from stages.console.wording import reader_language
from stages.definitions.catalogue import CATALOGUE
from stages.definitions.catalogue import definition as definition_of
from stages.models import Stage

admin.site.unregister(Account)


@admin.register(Account)
class OnboardedAccountAdmin(AccountAdmin):
    """Accounts with the progress of their onboarding, and a page that shows it whole."""

    list_display = ("client_name", "onboarding", "user", "company_website", "updated_at")

    class Media:
        css: ClassVar = {"all": ["css/stages.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        return super().get_queryset(request).prefetch_related(Prefetch("stages", brief_stages()))

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<uuid:account_id>/onboarding/",
            self.admin_site.admin_view(OnboardingPage.as_view()),
            name="accounts_account_onboarding",
        )
        return [page, *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_view(request) or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_view(request) or super().has_module_permission(request)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Stages go with their account; on their own nobody may delete them."""
        objects, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return objects, counts, forbidden - {str(Stage._meta.verbose_name)}, protected

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        account = self.get_object(request, object_id)
        bar = Bar.of(account.stages.all()) if account else None
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "bar": bar})

    @admin.display(description=_("onboarding"))
    def onboarding(self, account: Account) -> str:
        context = {"account": account, "bar": Bar.of(account.stages.all())}
        return render_to_string("stages/console/_bar_link.html", context)


class StageNumberFilter(admin.SimpleListFilter):
    """By stage, with its title."""

    title = _("stage")
    parameter_name = "number"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        language = reader_language()
        return [(str(stage.number), f"{stage.number} · {stage.title.of(language)}") for stage in CATALOGUE]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Stage]) -> QuerySet[Stage]:
        chosen = self.value() or ""
        return queryset.filter(number=int(chosen)) if chosen.isdecimal() else queryset


@admin.register(Stage)
class StageAdmin(ReadOnlyAdmin):
    """Stages of all accounts; a row opens the stage's own page. Nothing here can be changed."""

    list_display = ("stage", "client", "standing", "share", "activity")
    list_display_links = None
    list_filter = ("status", StageNumberFilter)
    list_select_related = ("account",)
    list_per_page = 50
    search_fields = ("account__client_name", "account__user__full_name", "account__user__email")
    search_help_text = _("Searches client and consultant.")
    ordering = (F("last_activity_at").desc(nulls_last=True), "account__client_name", "number")
    show_full_result_count = False

    class Media:
        css: ClassVar = {"all": ["css/stages.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stage]:
        return super().get_queryset(request).defer("state")

    def get_urls(self) -> list[URLPattern]:
        version = path(
            "<uuid:stage_id>/versions/<int:number>/",
            self.admin_site.admin_view(VersionPage.as_view()),
            name="stages_stage_version",
        )
        return [version, *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A stage has a page of its own; Django's form of its columns would say less."""
        try:
            stage_id = UUID(object_id)
        except ValueError as error:
            raise Http404(f"There is no stage {object_id}.") from error
        return StagePage.as_view()(request, stage_id=stage_id)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_view(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_view(request)

    @admin.display(description=_("stage"), ordering="number")
    def stage(self, stage: Stage) -> str:
        return format_html(
            '<a href="{}">{} · {}</a><span class="cell-more">{}</span>',
            reverse("admin:stages_stage_change", args=[stage.pk]),
            stage.number,
            stage_title(stage),
            definition_of(stage.number).agent_name,
        )

    @admin.display(description=_("account"), ordering="account__client_name")
    def client(self, stage: Stage) -> str:
        address = reverse("admin:accounts_account_onboarding", args=[stage.account_id])
        return format_html('<a href="{}">{}</a>', address, stage.account)

    @admin.display(description=_("status"), ordering="status")
    def standing(self, stage: Stage) -> str:
        return format_html('<span class="badge badge-{}">{}</span>', stage.status, stage.get_status_display())

    @admin.display(description=_("progress"), ordering="progress")
    def share(self, stage: Stage) -> str:
        return f"{stage.progress} %"

    @admin.display(description=_("last activity"), ordering="last_activity_at")
    def activity(self, stage: Stage) -> str:
        moment = stage.last_activity_at
        return date_format(timezone.localtime(moment), "j M Y, H:i") if moment else "–"
