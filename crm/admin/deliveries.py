"""Replies and the attempts to send them, to read, and to send again what failed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booms.core.errors import Conflict
from crm.admin.read_only import EXCERPT_CHARACTERS, HistoryAdmin, badge
from crm.console import wording
from crm.console.delivery import TONES
from crm.models import Delivery, Reply
from crm.reply_selectors import unreached_replies
from crm.services.sending import reply_send_again


class ReachedFilter(admin.SimpleListFilter):
    """Replies after whose failure the customer has been told nothing."""

    title = _("follow-up")
    parameter_name = "reached"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("no", _("Customer not reached since"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reply]) -> QuerySet[Reply]:
        return queryset.filter(pk__in=unreached_replies().order_by().values("pk")) if self.value() == "no" else queryset


class StatusFilter(admin.SimpleListFilter):
    """By status, in words that agree with a reply."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(wording.REPLY_WORDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reply]) -> QuerySet[Reply]:
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Reply)
class ReplyAdmin(HistoryAdmin):
    """What customers were answered, and how far it got; a row opens its case."""

    list_display = ("message", "state", "where", "since")
    list_display_links = None
    list_filter = (ReachedFilter, StatusFilter, ("conversation__channel", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("conversation__channel__account",)
    list_per_page = 50
    ordering = ("-status_at",)
    search_fields = ("conversation__client_id", "text", "vendor_id")
    search_help_text = _("Searches client, text and the vendor's id.")
    actions = ("send_again",)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        reply = self.get_object(request, object_id)
        if reply is None:
            raise Http404
        return redirect("admin:crm_case", reply.run_id)

    @admin.display(description=_("reply"), ordering="conversation__client_id")
    def message(self, reply: Reply) -> str:
        return format_html(
            '<a href="{}">{}</a><span class="cell-more">{}</span><strong>{}</strong>',
            reverse("admin:crm_case", args=[reply.run_id]),
            reply.conversation.client_id,
            Truncator(reply.text).chars(EXCERPT_CHARACTERS),
            wording.word(wording.FAILURES, reply.failure),
        )

    @admin.display(description=_("state"), ordering="status")
    def state(self, reply: Reply) -> str:
        return badge(TONES.get(reply.status, "positive"), wording.word(wording.REPLY_WORDS, reply.status))

    @admin.display(description=_("account and channel"), ordering="conversation__channel__account__client_name")
    def where(self, reply: Reply) -> str:
        channel = reply.conversation.channel
        return format_html('{}<span class="cell-more">{}</span>', channel.account or "–", channel)

    @admin.display(description=_("since"), ordering="status_at")
    def since(self, reply: Reply) -> str:
        return date_format(timezone.localtime(reply.status_at or reply.created_at), "j M Y, H:i")

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("crm.decide_run")

    @admin.action(description=_("Send the selected replies again"), permissions=["send_again"])
    def send_again(self, request: HttpRequest, replies: QuerySet[Reply]) -> None:
        done = refused = 0
        for run_id in replies.values_list("run_id", flat=True):
            try:
                reply_send_again(run_id=run_id, supervisor=request.user)
                done += 1
            except Conflict:
                refused += 1
        if done:
            sentence = ngettext(
                "%(count)d reply is on its way again.", "%(count)d replies are on their way again.", done
            )
            messages.success(request, sentence % {"count": done})
        if refused:
            sentence = ngettext(
                "%(count)d reply has not failed, or its window is closed.",
                "%(count)d replies have not failed, or their windows are closed.",
                refused,
            )
            messages.warning(request, sentence % {"count": refused})


@admin.register(Delivery)
class DeliveryAdmin(HistoryAdmin):
    """Attempts to send replies, one by one."""

    list_display = ("message", "number", "outcome", "status_code", "created_at", "finished_at")
    list_display_links = None
    list_filter = ("outcome", ("reply__conversation__channel", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("reply__conversation",)
    list_per_page = 50
    ordering = ("-created_at",)
    search_fields = ("reply__conversation__client_id", "reason")

    @admin.display(description=_("reply"), ordering="reply__conversation__client_id")
    def message(self, delivery: Delivery) -> str:
        return format_html(
            '<a href="{}">{}</a><span class="cell-more">{}</span>',
            reverse("admin:crm_case", args=[delivery.reply.run_id]),
            delivery.reply.conversation.client_id,
            delivery.reason,
        )
