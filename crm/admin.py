"""The CRM in the admin: history to read, channels to edit, keys to make and to revoke."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.console import wording
from crm.models import Channel, Conversation, InboundMessage, Run, WebhookKey
from crm.services.channels import webhook_key_create, webhook_key_revoke

EXCERPT_CHARACTERS = 110


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the product writes and people read; supervisors need no permission besides their own."""

    actions = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("crm.decide_run") or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("crm.decide_run") or super().has_module_permission(request)


class SentimentFilter(admin.SimpleListFilter):
    """By sentiment, in words."""

    title = _("sentiment")
    parameter_name = "sentiment"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(wording.SENTIMENTS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
        return queryset.filter(sentiment=self.value()) if self.value() else queryset


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
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
        badges = [_badge(run.status, run.get_status_display())]
        if run.sentiment:
            badges.append(_badge(run.sentiment, wording.word(wording.SENTIMENTS, run.sentiment)))
        if run.sla_breached:
            badges.append(_badge("negative", _("SLA breached")))
        return format_html_join(" ", "{}", ((badge,) for badge in badges))

    @admin.display(description=_("account and channel"), ordering="conversation__channel__account__client_name")
    def where(self, run: Run) -> str:
        channel = run.conversation.channel
        return format_html('{}<span class="cell-more">{}</span>', channel.account or "–", channel)

    @admin.display(description=_("received"), ordering="created_at")
    def received(self, run: Run) -> str:
        return date_format(timezone.localtime(run.created_at), "j M Y, H:i")


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
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
class InboundMessageAdmin(ReadOnlyAdmin):
    """What customers wrote."""

    list_display = ("message", "channel", "case", "sent_at")
    list_filter = (("conversation__channel", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("conversation__channel", "run")
    ordering = ("-sent_at",)
    list_per_page = 50
    search_fields = ("text", "conversation__client_id", "message_id")
    fields = ("conversation", "text", "sent_at", "message_id", "metadata", "case", "created_at")
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


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin):
    """Where messages come in; a channel with conversations cannot be deleted."""

    list_display = ("__str__", "kind", "address", "account", "key_count")
    list_filter = ("kind",)
    # Stated again: a model's own order does not survive counting.
    ordering = ("kind", "address")
    list_select_related = ("account",)
    search_fields = ("name", "address", "account__client_name")
    autocomplete_fields = ("account",)
    fields = ("kind", "address", "name", "account")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Channel]:
        valid = Count("keys", filter=Q(keys__revoked_at__isnull=True))
        return super().get_queryset(request).annotate(key_count=valid)

    @admin.display(description=_("valid keys"), ordering="key_count")
    def key_count(self, channel: Channel) -> int:
        return channel.key_count


@admin.register(WebhookKey)
class WebhookKeyAdmin(admin.ModelAdmin):
    """Keys are made here, shown once, and revoked instead of deleted."""

    list_display = ("label_or_prefix", "channel", "prefix", "state", "last_used_at", "created_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), ("channel", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("channel",)
    search_fields = ("label", "prefix", "channel__name", "channel__address")
    fields = ("channel", "label")
    readonly_fields = ("prefix", "created_by", "created_at", "last_used_at", "revoked_at")
    autocomplete_fields = ("channel",)
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: WebhookKey | None = None) -> tuple[str, ...]:
        return self.fields if obj is None else (*self.fields, *self.readonly_fields)

    def get_readonly_fields(self, request: HttpRequest, obj: WebhookKey | None = None) -> tuple[str, ...]:
        return () if obj is None else ("channel", *self.readonly_fields)

    def has_delete_permission(self, request: HttpRequest, obj: WebhookKey | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: WebhookKey, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        key, text = webhook_key_create(channel=obj.channel, label=obj.label, created_by=request.user)
        # Django goes on with the object of the form: it must be the key that was made.
        obj.__dict__.update(key.__dict__)
        obj.text = text

    def response_add(self, request: HttpRequest, obj: WebhookKey, post_url_continue: str | None = None) -> HttpResponse:
        """The key itself, once, on the answer to the form: nothing keeps it, not even the session."""
        context = {**self.admin_site.each_context(request), "title": _("The key is made"), "key": obj}
        return TemplateResponse(request, "admin/crm/webhookkey/made.html", context)

    @admin.display(description=_("label"), ordering="label")
    def label_or_prefix(self, key: WebhookKey) -> str:
        return key.label or f"{key.prefix}…"

    @admin.display(description=_("state"), ordering="revoked_at")
    def state(self, key: WebhookKey) -> str:
        return _badge("rejected", _("revoked")) if key.revoked_at else _badge("processed", _("valid"))

    @admin.action(description=_("Revoke the selected keys"), permissions=["change"])
    def revoke(self, request: HttpRequest, keys: QuerySet[WebhookKey]) -> None:
        chosen = list(keys)
        for key in chosen:
            webhook_key_revoke(key=key)
            self.log_change(request, key, "Revoked")
        count = len(chosen)
        messages.success(
            request,
            ngettext("%(count)d key is revoked.", "%(count)d keys are revoked.", count) % {"count": count},
        )


def _badge(kind: str, text: object) -> str:
    return format_html('<span class="badge badge-{}">{}</span>', kind, text)
