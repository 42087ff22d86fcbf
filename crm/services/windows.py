"""WhatsApp's window: how long after a customer's message they may be written to."""

from __future__ import annotations

from booms.core.errors import Conflict
from crm.models import Conversation
from crm.reply_selectors import reply_window


def window_check(conversation: Conversation) -> None:
    """Raise `Conflict`, saying when the window closed and what can be done, unless a reply may go out now."""
    window = reply_window(conversation)
    if window is not None and not window.is_open:
        raise Conflict(window.sentence, state={"window_closed_at": window.closes_at})
