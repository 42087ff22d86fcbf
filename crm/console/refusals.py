"""What services refuse, in the reader's language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booms.core.errors import Conflict, DomainError
from crm.models import Reply, RunStatus


def refusal(error: DomainError) -> str:
    """A service's refusal in the reader's language."""
    state = error.state if isinstance(error, Conflict) else {}
    if "decided_by" in state:
        return _("%(name)s decided this case on %(when)s.") % {
            "name": state["decided_by"],
            "when": _moment(state["decided_at"]),
        }
    if "claimed_by" in state:
        return _("%(name)s has this case open, until %(when)s.") % {
            "name": state["claimed_by"],
            "when": _moment(state["claimed_until"]),
        }
    if "draft_digest" in state:
        return _("The draft or the conversation has changed since you read it. Check both, then decide again.")
    if "window_closed_at" in state:
        return _(
            "WhatsApp's window for replies closed on %(when)s, a day after the customer's last message. It opens again"
            " when they write; until then reach them another way."
        ) % {"when": _moment(state["window_closed_at"])}
    if "delivery" in state:
        return _("The reply has not failed: %(status)s.") % {"status": Reply.Status(state["delivery"]).label}
    if "status" in state:
        return _("This case waits for no decision: %(status)s.") % {"status": RunStatus(state["status"]).label}
    return str(error)


def _moment(at: datetime) -> str:
    return f"{date_format(timezone.localtime(at), 'j M, H:i')} UTC"
