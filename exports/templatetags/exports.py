"""Buttons that download files, on the pages of accounts and stages; nothing for those who may not view stages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import template
from django.template import Context
from django.urls import reverse

from exports.exporters import ACCOUNT_EXPORTERS, STAGE_EXPORTERS, Exporter
from stages.console.views import may_view
from stages.definitions.base import StageDefinition

register = template.Library()
BUTTONS = "exports/console/_downloads.html"


@register.inclusion_tag(BUTTONS, takes_context=True)
def stage_downloads(context: Context, stage_id: UUID, definition: StageDefinition) -> dict[str, Any]:
    """The files of a completed stage."""
    fitting = [exporter for exporter in STAGE_EXPORTERS if exporter.applies_to(definition)]
    return _buttons(context, "stage", stage_id, fitting, subject=str(definition.number))


@register.inclusion_tag(BUTTONS, takes_context=True)
def account_downloads(context: Context, account_id: UUID) -> dict[str, Any]:
    """The files of an account of which a stage is completed."""
    return _buttons(context, "account", account_id, ACCOUNT_EXPORTERS)


def _buttons(
    context: Context, kind: str, subject_id: UUID, exporters: Iterable[Exporter], subject: str = ""
) -> dict[str, Any]:
    if not may_view(context["request"]):
        return {"buttons": [], "subject": subject}
    buttons = [
        {"label": exporter.label, "address": reverse(f"exports:{kind}_{exporter.key}", args=[subject_id])}
        for exporter in exporters
    ]
    return {"buttons": buttons, "subject": subject}
