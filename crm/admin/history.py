"""What was said and what became of it, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from crm.admin.read_only import EXCERPT_CHARACTERS, HistoryAdmin, badge
from crm.console import wording
from crm.models import Conversation, InboundMessage, Run


class SentimentFilter(admin.SimpleListFilter):
    """By sentiment, in words."""

    title = _("sentiment")
    parameter_name = "sentiment"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(wording.SENTIMENTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
        return queryset.filter(sentiment=self.value()) if self.value() else queryset


@admin.register(Run)
class RunAdmin(HistoryAdmin):
    """All cases; a row opens the case's own page."""

    list_display = ("case", "state", "where", "received")
    list_display_links = None
    list_filter = (
        "status",
        SentimentFilter,
        "sla_breached",
        ("conversation__channel", admin.RelatedOnlyFieldListFilter),
        ("conversation__channel__account", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("conversation__channel__account",)
    list_per_page = 50
    search_fields = ("conversation__client_id", "messages__text")
    search_help_text = _("Searches client and message.")
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Run]:
        first = InboundMessage.objects.filter(run=OuterRef("pk")).order_by("sent_at", "created_at")
        return super().get_queryset(request).annotate(message_text=Subquery(first.values("text")[:1]))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A case has a page of its own; Django's form of its columns would say less."""
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        return redirect("admin:crm_case", run.pk)

    @admin.display(description=_("case"), ordering="conversation__client_id")
    def case(self, run: Run) -> str:
        return format_html(
            '<a href="{}">{}</a><span class="cell-more">{}</span>',
            reverse("admin:crm_case", args=[run.pk]),
            run.conversation.client_id,
            Truncator(run.message_text or "").chars(EXCERPT_CHARACTERS),
        )

    @admin.display(description=_("state"), ordering="status")
    def state(self, run: Run) -> str:
        badges = [badge(run.status, run.get_status_display())]
        if run.sentiment:
            badges.append(badge(run.sentiment, wording.word(wording.SENTIMENTS, run.sentiment)))
        if run.sla_breached:
            badges.append(badge("negative", _("SLA breached")))
        return format_html_join(" ", "{}", ((one,) for one in badges))

    @admin.display(description=_("account and channel"), ordering="conversation__channel__account__client_name")
    def where(self, run: Run) -> str:
        channel = run.conversation.channel
        return format_html('{}<span class="cell-more">{}</span>', channel.account or "–", channel)

    @admin.display(description=_("received"), ordering="created_at")
    def received(self, run: Run) -> str:
        return date_format(timezone.localtime(run.created_at), "j M Y, H:i")


@admin.register(Conversation)
class ConversationAdmin(HistoryAdmin):
    """Who has written to us where."""

    list_display = ("client_id", "channel", "account", "language", "message_count", "created_at")
    list_filter = (("channel", admin.RelatedOnlyFieldListFilter), "language")
    list_select_related = ("channel__account",)
    list_per_page = 50
    search_fields = ("client_id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        # A subquery a row shown: joined and grouped, the whole table would be counted for each page.
        of_row = InboundMessage.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation")
        return super().get_queryset(request).annotate(message_count=Subquery(of_row.values(number=Count("pk"))))

    @admin.display(description=_("account"))
    def account(self, conversation: Conversation) -> str:
        return str(conversation.channel.account or "–")

    @admin.display(description=_("messages"), ordering="message_count")
    def message_count(self, conversation: Conversation) -> int:
        return conversation.message_count or 0


@admin.register(InboundMessage)
class InboundMessageAdmin(HistoryAdmin):
    """What customers wrote."""

    list_display = ("message", "channel", "case", "sent_at")
    list_filter = (("conversation__channel", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("conversation__channel", "run")
    ordering = ("-sent_at",)
    list_per_page = 50
    search_fields = ("text", "conversation__client_id", "message_id")
    fields = ("conversation", "kind", "text", "sent_at", "message_id", "metadata", "case", "created_at")
    readonly_fields = ("case", "created_at")

    @admin.display(description=_("message"), ordering="conversation__client_id")
    def message(self, message: InboundMessage) -> str:
        excerpt = Truncator(message.text).chars(EXCERPT_CHARACTERS)
        return format_html('{}<span class="cell-more">{}</span>', message.conversation.client_id, excerpt)

    @admin.display(description=_("channel"))
    def channel(self, message: InboundMessage) -> str:
        return str(message.conversation.channel)

    @admin.display(description=_("case"))
    def case(self, message: InboundMessage) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:crm_case", args=[message.run_id]), message.run.get_status_display()
        )
