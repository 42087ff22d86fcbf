"""Webhook events: what came in as it came, what became of it, and a button to take it in again."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.admin.read_only import HistoryAdmin, badge
from crm.admin.verbs import VerbsMixin
from crm.models import WebhookEvent
from crm.services.events import event_replay, events_replay
from crm.services.intake import Outcome

V = WebhookEvent.Verdict
BADGES = {V.ACCEPTED: "processed", V.REPEATED: "received", V.PARTLY: "pending_approval"}
# More than a request should do at once; the command takes any number.
MOST_AT_ONCE = 200
MOST_PARTS_SHOWN = 200
SHOWN_CHARACTERS = 50_000


@admin.register(WebhookEvent)
class WebhookEventAdmin(VerbsMixin, HistoryAdmin):
    """For administrators: raw requests hold more than supervisors need."""

    verbs = ("replay",)
    actions = ("replay",)
    list_display = ("received", "source", "channel", "state", "outcomes", "replay_count")
    list_display_links = ("received",)
    list_filter = ("verdict", "source", "channel")
    list_select_related = ("channel",)
    list_per_page = 50
    date_hierarchy = "created_at"
    search_fields = ("pk",)
    search_help_text = _("Searches the exact id of an event, a case, a message or a reply.")
    fields = ("received", "source", "channel", "state", "replays", "content_type")
    readonly_fields = fields
    change_form_template = "admin/crm/webhookevent/change_form.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perms(["crm.view_webhookevent"]) or self.has_replay_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("crm.change_webhookevent")

    def has_verb_permission(self, request: HttpRequest, obj: WebhookEvent | None = None) -> bool:
        return self.has_replay_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookEvent]:
        """Lists are made without the bodies; an event's own page reads its body when it shows it."""
        return super().get_queryset(request).defer("body")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[WebhookEvent], search_term: str
    ) -> tuple[QuerySet[WebhookEvent], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        found = Q(parts__contains=[{"id": term}]) | Q(parts__contains=[{"run_id": term}])
        return queryset.filter(found | Q(pk=_uuid(term))), False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        event = context["original"]
        text = _readable(event)
        context |= {
            "parts": [part | {"word": _word(part["outcome"])} for part in event.parts[:MOST_PARTS_SHOWN]],
            "parts_left": max(0, len(event.parts) - MOST_PARTS_SHOWN),
            "headers": sorted(event.headers.items()),
            "body": text[:SHOWN_CHARACTERS],
            "body_left": max(0, len(text) - SHOWN_CHARACTERS),
            "may_replay": self.has_replay_permission(request),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def do_replay(self, request: HttpRequest, obj: WebhookEvent) -> HttpResponse:
        event = event_replay(event_id=obj.pk)
        self.log_change(request, event, f"Taken in again: {event.verdict}")
        messages.success(request, _("Taken in again: %(verdict)s.") % {"verdict": event.get_verdict_display()})
        return redirect(request.path)

    @admin.action(description=_("Take the selected events in again"), permissions=["replay"])
    def replay(self, request: HttpRequest, events: QuerySet[WebhookEvent]) -> None:
        chosen = list(events.order_by("created_at").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            messages.error(
                request,
                _("At most %(most)d at once; for more there is the command replay_events.") % {"most": MOST_AT_ONCE},
            )
            return
        count = events_replay(event_ids=chosen)
        messages.success(
            request,
            ngettext("%(count)d event was taken in again.", "%(count)d events were taken in again.", count)
            % {"count": count},
        )

    @admin.display(description=_("received"), ordering="created_at")
    def received(self, event: WebhookEvent) -> str:
        return date_format(timezone.localtime(event.created_at), "j M Y, H:i:s")

    @admin.display(description=_("verdict"), ordering="verdict")
    def state(self, event: WebhookEvent) -> str:
        return badge(BADGES.get(event.verdict, "negative"), event.get_verdict_display())

    @admin.display(description=_("parts"))
    def outcomes(self, event: WebhookEvent) -> str:
        words = [part["outcome"] for part in event.parts]
        return ", ".join(f"{words.count(word)} {_word(word)}" for word in dict.fromkeys(words)) or "–"

    @admin.display(description=_("replays"))
    def replays(self, event: WebhookEvent) -> str:
        if not event.replayed_at:
            return str(event.replay_count)
        return f"{event.replay_count} ({date_format(timezone.localtime(event.replayed_at), 'j M Y, H:i:s')})"


def _word(outcome: str) -> str:
    return str(Outcome(outcome).label)


def _uuid(term: str) -> UUID | None:
    try:
        return UUID(term)
    except ValueError:
        return None


def _readable(event: WebhookEvent) -> str:
    """The body as people read it: JSON with one field a line, a form with one field a line, else as it is."""
    text = bytes(event.body).decode("utf-8", "replace")
    if event.source == WebhookEvent.Source.TWILIO:
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace")
        return "\n".join(f"{name}: {value}" for name, value in pairs) or text
    try:
        written = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
    # Half of a character pair stands in JSON as its number, and can be written in no other way.
    return written.encode("utf-8", "backslashreplace").decode()
